from django.urls import path

from ehr.notices import api

urlpatterns = [
    path("notices/", api.NoticeList.as_view(), name="api_notices"),
    path("notices/<uuid:pk>/reading/", api.NoticeReading.as_view(), name="api_notice_reading"),
]
