from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView, checked
from ehr.documents import issuing, queries, rendering
from ehr.documents.attachments import attachment
from ehr.documents.models import Document
from ehr.documents.permissions import Permission
from ehr.documents.serializers import DocumentSerializer, RevocationSerializer
from ehr.errors import WrongState


def visible(user: Any) -> Any:
    return Document.objects.visible_to(user).select_related("entity").defer("context")


class Documents(ListView):
    permission = Permission.VIEW_DOCUMENTS
    serializer_class = DocumentSerializer
    filters = ("subject", "state", "kind")

    def rows(self, user: Any) -> Any:
        return visible(user).filter(**self.wanted())


class DocumentDetail(DetailView):
    permission = Permission.VIEW_DOCUMENTS
    serializer_class = DocumentSerializer

    def rows(self, user: Any) -> Any:
        return visible(user)


class DocumentFile(ApiView):
    permission = Permission.VIEW_DOCUMENTS

    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        document = self.load(Document.objects.visible_to(request.user), pk=pk)
        if document.is_issued and not document.is_rendered:
            document = rendering.render(pk, at=clock.now())
        if not document.is_rendered:
            raise WrongState(queries.not_issued_words(), allowed=document.actions)
        return attachment(key=document.file_key, name=document.file_name, media_type="application/pdf")


class DocumentRelease(ApiView):
    permission = Permission.RELEASE_DOCUMENTS

    @extend_schema(request=None, responses=DocumentSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        document = self.load(visible(request.user), pk=pk)
        access.check(request.user, Permission.RELEASE_DOCUMENTS, document)
        issuing.release(document, by=request.user, at=clock.now())
        return Response(DocumentSerializer(document).data)


class DocumentRevocation(ApiView):
    permission = Permission.REVOKE_DOCUMENTS

    @extend_schema(request=RevocationSerializer, responses=DocumentSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        document = self.load(visible(request.user), pk=pk)
        access.check(request.user, Permission.REVOKE_DOCUMENTS, document)
        asked = checked(RevocationSerializer, request)
        issuing.revoke(document, reason=asked["reason"], by=request.user, at=clock.now())
        return Response(DocumentSerializer(document).data)
