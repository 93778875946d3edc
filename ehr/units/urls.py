from django.urls import path

from ehr.units import views
from ehr.units.employers import views as employers

app_name = "units"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<uuid:pk>/", views.unit, name="unit"),
    path("units/<uuid:pk>/editing/", views.editing, name="editing"),
    path("legal-entities/", employers.entities, name="entities"),
    path("legal-entities/<uuid:pk>/", employers.entity, name="entity"),
    path("legal-entities/<uuid:pk>/seal/", employers.seal, name="seal"),
    path("legal-entities/<uuid:pk>/seal/removal/", employers.seal_removal, name="seal_removal"),
]
