from django.urls import URLPattern, URLResolver, path

from handover import views

app_name = "handover"
urlpatterns: list[URLPattern | URLResolver] = [
    path("handovers/", views.handovers, name="list"),
    path("handovers/confirmations/", views.confirmations, name="confirmations"),
    path("handovers/<uuid:pk>/", views.detail, name="detail"),
    path("handovers/<uuid:pk>/items/", views.items, name="items"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/", views.item, name="item"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/submission/", views.submission, name="submission"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/confirmation/", views.confirmation, name="confirmation"),
    path("handovers/<uuid:pk>/items/<uuid:item_pk>/files/<uuid:file_pk>/", views.file, name="file"),
    path(
        "handovers/<uuid:pk>/items/<uuid:item_pk>/files/<uuid:file_pk>/removal/",
        views.file_removal,
        name="file_removal",
    ),
    path("handovers/<uuid:pk>/confirmations/", views.bulk_confirmation, name="bulk_confirmation"),
    path("handovers/<uuid:pk>/completeness/", views.completeness, name="completeness"),
    path("handovers/<uuid:pk>/sign-off/", views.sign_off, name="sign_off"),
]
