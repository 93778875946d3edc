from django.urls import path

from . import api

urlpatterns = [
    path("employees/", api.PersonList.as_view(), name="api-employees"),
    path("employees/<uuid:pk>/", api.PersonDetail.as_view(), name="api-employee"),
    path("employments/", api.EmploymentList.as_view(), name="api-employments"),
    path("employments/<uuid:pk>/", api.EmploymentDetail.as_view(), name="api-employment"),
    path("imports/", api.ImportList.as_view(), name="api-imports"),
    path("imports/<uuid:pk>/", api.ImportDetail.as_view(), name="api-import"),
    path("imports/<uuid:pk>/writing/", api.ImportWriting.as_view(), name="api-import-writing"),
]
