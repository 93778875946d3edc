from django.urls import URLPattern, URLResolver, path

from ehr.documents import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/", api.Documents.as_view(), name="api_documents"),
    path("documents/<uuid:pk>/", api.DocumentDetail.as_view(), name="api_document"),
    path("documents/<uuid:pk>/file/", api.DocumentFile.as_view(), name="api_document_file"),
    path("documents/<uuid:pk>/release/", api.DocumentRelease.as_view(), name="api_document_release"),
    path("documents/<uuid:pk>/revocation/", api.DocumentRevocation.as_view(), name="api_document_revocation"),
]
