from django.urls import path

from ehr.health import views

urlpatterns = [
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("settings/schedule/", views.jobs, name="schedule"),
]
