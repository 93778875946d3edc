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
    path("documents/texts/", views.texts, name="texts"),
    path("documents/texts/<uuid:pk>/", views.text, name="text"),
    path("documents/texts/<uuid:pk>/draft/", views.text_draft, name="text_draft"),
    path("documents/texts/<uuid:pk>/preview/", views.text_preview, name="text_preview"),
    path("documents/texts/<uuid:pk>/sample/", views.text_sample, name="text_sample"),
    path("documents/texts/<uuid:pk>/review/", views.text_review, name="text_review"),
    path("documents/texts/<uuid:pk>/review/return/", views.text_taking_back, name="text_taking_back"),
    path("documents/texts/<uuid:pk>/publication/", views.text_publication, name="text_publication"),
    path("documents/texts/<uuid:pk>/discard/", views.text_discard, name="text_discard"),
    path("documents/<uuid:pk>/", views.detail, name="detail"),
    path("documents/<uuid:pk>/file/", views.file, name="file"),
    path("documents/<uuid:pk>/preview/", views.preview, name="preview"),
    path("documents/<uuid:pk>/release/", views.release, name="release"),
    path("documents/<uuid:pk>/revocation/", views.revocation, name="revocation"),
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
