from django.urls import path

from ehr.access import views

app_name = "access"
urlpatterns = [
    path("settings/roles/", views.roles, name="roles"),
    path("settings/roles/grants/", views.grants, name="give_role"),
    path("settings/roles/grants/<uuid:pk>/withdrawal/", views.withdrawal, name="withdraw_role"),
]
