from django.urls import path

from ehr.deadlines.api import Inbox

urlpatterns = [path("inbox/", Inbox.as_view(), name="api-inbox")]
