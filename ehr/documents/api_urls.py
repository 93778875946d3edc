from django.urls import URLPattern, URLResolver, path

from ehr.documents import api, text_api

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/", api.Documents.as_view(), name="api_documents"),
    path("paper-texts/", text_api.PaperTexts.as_view(), name="api_paper_texts"),
    path("paper-texts/<uuid:pk>/", text_api.PaperTextDetail.as_view(), name="api_paper_text"),
    path("paper-texts/<uuid:pk>/review/", text_api.PaperTextReview.as_view(), name="api_paper_text_review"),
    path(
        "paper-texts/<uuid:pk>/publication/", text_api.PaperTextPublication.as_view(), name="api_paper_text_publication"
    ),
    path("documents/<uuid:pk>/", api.DocumentDetail.as_view(), name="api_document"),
    path("documents/<uuid:pk>/file/", api.DocumentFile.as_view(), name="api_document_file"),
    path("documents/<uuid:pk>/release/", api.DocumentRelease.as_view(), name="api_document_release"),
    path("documents/<uuid:pk>/revocation/", api.DocumentRevocation.as_view(), name="api_document_revocation"),
]
