from django.urls import path

from analytics import views

app_name = "analytics"
urlpatterns = [
    path("risks/", views.risks, name="risks"),
    path("risks/of/<uuid:pk>/", views.risk_panel, name="risk_panel"),
    path("risks/alerts/<uuid:pk>/outcome/", views.alert_outcome, name="alert_outcome"),
    path("settings/scoring/", views.scoring, name="scoring"),
]
