from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from ehr.api import docs

urlpatterns = [
    path("api/v1/schema/", SpectacularAPIView.as_view(permission_classes=docs.OPEN), name="api_schema"),
    path("api/docs/", docs.page, name="api_docs"),
    path("api/docs/start.js", docs.start, name="api_docs_start"),
]
