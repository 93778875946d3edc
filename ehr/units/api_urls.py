from django.urls import path

from ehr.units import api

urlpatterns = [
    path("org-units/", api.OrgUnitList.as_view(), name="api_org_units"),
    path("org-units/<uuid:pk>/", api.OrgUnitDetail.as_view(), name="api_org_unit"),
]
