from django.urls import path

from ehr.units import api

urlpatterns = [
    path("org-units/", api.OrgUnitList.as_view(), name="api_org_units"),
    path("legal-entities/", api.LegalEntityList.as_view(), name="api_legal_entities"),
    path("legal-entities/<uuid:pk>/", api.LegalEntityDetail.as_view(), name="api_legal_entity"),
    path("org-units/<uuid:pk>/", api.OrgUnitDetail.as_view(), name="api_org_unit"),
]
