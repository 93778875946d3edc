"""The papers of an exit: which there can be and what each lacks, how one would look, issuing and reissuing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import checked
from ehr.documents.attachments import download
from ehr.documents.models import Document
from ehr.documents.serializers import DocumentSerializer

from .. import operations as ops
from ..models import Case
from ..paper_serializers import PaperRowSerializer, PaperSerializer, ReissueSerializer
from ..permissions import Permission
from ..queries import papers as queries
from .law import LawView


class PapersView(LawView):
    def managed(self, request: Request, pk: UUID) -> Case:
        return self.others_case(request, pk, Permission.MANAGE_CASE)


class Papers(PapersView):
    @extend_schema(responses=PaperRowSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        case = self.managed(request, pk)
        rows = [{"row": row, "variants": _variants(case, row)} for row in queries.papers_of(request.user, case)]
        return Response({"results": PaperRowSerializer(rows, many=True).data})

    @extend_schema(request=PaperSerializer, responses={201: DocumentSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """A missing field stops it: 422 B_MISSING_FIELD names every one and where it is filled in."""
        case, asked = self.managed(request, pk), checked(PaperSerializer, request)
        paper = ops.issue_paper(case=case, given=asked.pop("fields_given"), by=request.user, at=clock.now(), **asked)
        return Response(DocumentSerializer(paper).data, status.HTTP_201_CREATED)


class PaperPreview(PapersView):
    @extend_schema(request=PaperSerializer, responses={200: bytes})
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """As PDF with a watermark; nothing is kept and no number is taken."""
        case, asked = self.managed(request, pk), checked(PaperSerializer, request)
        pdf = ops.preview_paper(case=case, given=asked.pop("fields_given"), by=request.user, at=clock.now(), **asked)
        return download(pdf, name=f"{asked['kind']}-preview.pdf", media_type="application/pdf")


class PaperReissue(PapersView):
    @extend_schema(request=ReissueSerializer, responses={201: DocumentSerializer})
    def post(self, request: Request, pk: UUID, document_pk: UUID) -> Response:
        case, asked = self.managed(request, pk), checked(ReissueSerializer, request)
        document = self.load(Document.objects.visible_to(request.user).for_subject(case.ref), pk=document_pk)
        again = ops.reissue_paper(
            document=document,
            case=case,
            given=asked["fields_given"],
            bilingual=asked["bilingual"],
            by=request.user,
            at=clock.now(),
        )
        return Response(DocumentSerializer(again).data, status.HTTP_201_CREATED)


def _variants(case: Case, row: queries.PaperRow) -> list[dict[str, Any]]:
    choices = row.variants or [(queries.variant_of(case, row.kind), "")]
    return [
        {
            "code": code,
            "label": label,
            "missing": queries.missing_of(case, row.kind.code, given={}, variant=code),
            "asked": queries.asked_in(case, row.kind.code, variant=code),
        }
        for code, label in choices
    ]
