from django.urls import URLPattern, path

from ehr.documents import views

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("documents/", views.documents, name="list"),
    path("documents/mine/", views.mine, name="mine"),
    path("documents/releases/", views.releases, name="releases"),
    path("documents/standing-releases/", views.standing_releases, name="standing_releases"),
    path("documents/standing-releases/<uuid:pk>/end/", views.standing_release_end, name="standing_release_end"),
    path("documents/certificates/", views.certificates, name="certificates"),
    path("documents/<uuid:pk>/", views.detail, name="detail"),
    path("documents/<uuid:pk>/file/", views.file, name="file"),
    path("documents/<uuid:pk>/preview/", views.preview, name="preview"),
    path("documents/<uuid:pk>/release/", views.release, name="release"),
    path("documents/<uuid:pk>/revocation/", views.revocation, name="revocation"),
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
