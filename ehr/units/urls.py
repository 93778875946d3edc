from django.urls import path

from ehr.units import views

app_name = "units"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<uuid:pk>/", views.unit, name="unit"),
    path("units/<uuid:pk>/editing/", views.editing, name="editing"),
    path("legal-entities/<uuid:pk>/", views.entity, name="entity"),
]
