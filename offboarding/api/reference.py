"""Dated figures over the API: the same verbs as the editor, and the same two people."""

from typing import Any
from uuid import UUID

import django_filters
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, ListView, checked
from ehr.api.uploads import SentFileSerializer
from ehr.documents.attachments import attachment
from ehr.errors import Refused

from .. import operations as ops
from ..models import ReferenceRow, ReferenceRun
from ..permissions import Permission
from ..queries.reference_page import changes_of
from ..reference_files import lines_of
from ..reference_forms import LARGEST
from ..reference_serializers import (
    EnterRowSerializer,
    ReferenceChangeSerializer,
    ReferenceRowSerializer,
    ReferenceRunSerializer,
    RowReportSerializer,
    RowReviewSerializer,
    SourceSerializer,
)
from ..words import finding_words

PEOPLE = ("entered_by", "asked_by", "confirmed_by", "replaces")


class RowsFilter(django_filters.FilterSet):
    class Meta:
        model = ReferenceRow
        fields = ["table", "city", "adcode", "status"]


class ReferenceRows(ListView):
    """GET all rows, replaced ones too; POST enters a draft."""

    permissions = {"GET": Permission.VIEW_REFERENCE, "POST": Permission.EDIT_REFERENCE}
    serializer_class = ReferenceRowSerializer
    filterset_class = RowsFilter

    def rows(self, user: Any) -> Any:
        return ReferenceRow.objects.visible_to(user).select_related(*PEOPLE)

    @extend_schema(request=EnterRowSerializer, responses={201: ReferenceRowSerializer})
    def post(self, request: Request) -> Response:
        row = ops.enter_row(said=checked(EnterRowSerializer, request), by=request.user, at=clock.now())
        return Response(ReferenceRowSerializer(row).data, status.HTTP_201_CREATED)


class _RowView(ApiView):
    def row(self, request: Request, pk: UUID) -> ReferenceRow:
        found: ReferenceRow = self.load(ReferenceRow.objects.visible_to(request.user).select_related(*PEOPLE), pk=pk)
        return found

    def answer(self, request: Request, pk: UUID) -> Response:
        return Response(ReferenceRowSerializer(self.row(request, pk)).data)


class ReferenceRowDetail(_RowView):
    """DELETE discards a draft."""

    permissions = {"GET": Permission.VIEW_REFERENCE, "DELETE": Permission.EDIT_REFERENCE}

    @extend_schema(responses=ReferenceRowSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return self.answer(request, pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        ops.discard_reference(row=self.row(request, pk), by=request.user, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReferenceReview(_RowView):
    """Asks a second person to confirm."""

    permission = Permission.EDIT_REFERENCE

    @extend_schema(request=None, responses=ReferenceRowSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        ops.ask_reference(row=self.row(request, pk), by=request.user, at=clock.now())
        return self.answer(request, pk)


class ReferenceConfirmation(_RowView):
    """By somebody other than who entered it and who asked; every running exit is then gone through."""

    permission = Permission.CONFIRM_REFERENCE

    @extend_schema(request=RowReviewSerializer, responses=ReferenceRowSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        row, asked, at = self.row(request, pk), checked(RowReviewSerializer, request), clock.now()
        if asked["decision"] == "confirm":
            ops.confirm_references(rows=[row], by=request.user, at=at)
        else:
            ops.return_reference(row=row, reason=asked["reason"], by=request.user, at=at)
        return self.answer(request, pk)


class ReferenceSources(_RowView):
    """The papers the figure was taken from."""

    permissions = {"GET": Permission.VIEW_REFERENCE, "POST": Permission.EDIT_REFERENCE}
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=SourceSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.row(request, pk).files.select_related("uploaded_by").order_by("id")
        return Response({"results": SourceSerializer(rows, many=True).data})

    @extend_schema(request={"multipart/form-data": SentFileSerializer}, responses={201: SourceSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        row, upload = self.row(request, pk), checked(SentFileSerializer, request)["file"]
        file = ops.add_source(
            row=row, name=upload.name, size=upload.size, content=upload, by=request.user, at=clock.now()
        )
        return Response(SourceSerializer(file).data, status.HTTP_201_CREATED)


class ReferenceSource(_RowView):
    permission = Permission.VIEW_REFERENCE

    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, file_pk: UUID) -> HttpResponse:
        file = self.load(self.row(request, pk).files.all(), pk=file_pk)
        return attachment(key=file.file_key, name=file.name, media_type=file.media_type)


class ReferenceImports(ApiView):
    """A file with the columns of the export; each good row becomes a draft that waits for a second person."""

    permission = Permission.EDIT_REFERENCE
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": SentFileSerializer}, responses={201: RowReportSerializer(many=True)})
    def post(self, request: Request) -> Response:
        upload = checked(SentFileSerializer, request)["file"]
        if upload.size > LARGEST:
            raise Refused("B_REF_LONG", finding_words("B_REF_LONG"), field="file")
        report = ops.import_rows(lines=lines_of(upload), by=request.user, at=clock.now())
        return Response(RowReportSerializer(report, many=True).data, status.HTTP_201_CREATED)


class ReferenceRuns(ListView):
    """Passes over the exits, the newest first."""

    permission = Permission.VIEW_REFERENCE
    serializer_class = ReferenceRunSerializer

    def rows(self, user: Any) -> Any:
        return ReferenceRun.objects.visible_to(user).select_related("created_by")


class ReferenceRunDetail(ApiView):
    """How far it is, and what changed for the exits the caller may see."""

    permission = Permission.VIEW_REFERENCE

    @extend_schema(responses=ReferenceRunSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        run = self.load(ReferenceRun.objects.visible_to(request.user).select_related("created_by"), pk=pk)
        changes = ReferenceChangeSerializer(changes_of(request.user, run), many=True).data
        return Response({**ReferenceRunSerializer(run).data, "changes": changes})
