from django.urls import path

from analytics import api

urlpatterns = [path("alerts/", api.Alerts.as_view(), name="api-alerts")]
