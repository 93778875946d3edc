from django.urls import path

from ehr.units import api
from ehr.units.employers import api as employers

urlpatterns = [
    path("org-units/", api.OrgUnitList.as_view(), name="api_org_units"),
    path("org-units/<uuid:pk>/", api.OrgUnitDetail.as_view(), name="api_org_unit"),
    path("legal-entities/", employers.LegalEntityList.as_view(), name="api_legal_entities"),
    path("legal-entities/<uuid:pk>/", employers.LegalEntityDetail.as_view(), name="api_legal_entity"),
    path("legal-entities/<uuid:pk>/seal/", employers.LegalEntitySeal.as_view(), name="api_legal_entity_seal"),
    path(
        "legal-entities/<uuid:pk>/seal/removal/",
        employers.LegalEntitySealRemoval.as_view(),
        name="api_legal_entity_seal_removal",
    ),
]
