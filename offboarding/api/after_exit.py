"""What is still owed after exits, over the API: listed, done, proven."""

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
from ehr.api import ListView, checked
from ehr.api.uploads import SentFileSerializer, sent_file
from ehr.documents.attachments import attachment
from ehr.errors import Forbidden

from .. import operations as ops
from ..after_serializers import FinishSerializer, ObligationFileSerializer, ObligationSerializer
from ..models import Case, Obligation, ObligationFile
from ..permissions import Permission
from .base import CaseView


class ObligationFilter(django_filters.FilterSet):
    due_before = django_filters.DateFilter(field_name="due_date", lookup_expr="lt")
    employer = django_filters.CharFilter(field_name="case__employment__employer__code")
    is_open = django_filters.BooleanFilter(field_name="done_at", lookup_expr="isnull")

    class Meta:
        model = Obligation
        fields = ["kind"]


class Obligations(ListView):
    """Of all exits in reach, the soonest first."""

    permission = Permission.VIEW_OBLIGATIONS
    serializer_class = ObligationSerializer
    filterset_class = ObligationFilter
    ordering = ("due_date", "id")

    def rows(self, user: Any) -> Any:
        return Obligation.objects.visible_to(user).for_rows().select_related("done_by")


class _CaseObligations(CaseView):
    permission = Permission.VIEW_OBLIGATIONS

    def duties(self, request: Request, case: Case) -> Any:
        rows = Obligation.objects.visible_to(request.user).filter(case=case)
        return rows.for_work().select_related("case__employment__employer")

    def duty(self, request: Request, pk: UUID, obligation_pk: UUID) -> Obligation:
        duty: Obligation = self.load(self.duties(request, self.others_case(request, pk)), pk=obligation_pk)
        return duty

    def worked(self, request: Request, pk: UUID, obligation_pk: UUID) -> Obligation:
        duty = self.duty(request, pk, obligation_pk)
        if not duty.is_workable_by(request.user):
            raise Forbidden("not_your_obligation")
        return duty


class CaseObligations(_CaseObligations):
    @extend_schema(responses=ObligationSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.duties(request, self.others_case(request, pk)).order_by("due_date", "id")
        return Response({"results": ObligationSerializer(rows, many=True).data})


class ObligationDetail(_CaseObligations):
    """POST says that it is done; what it rests on was uploaded before or stands in the note."""

    @extend_schema(responses=ObligationSerializer)
    def get(self, request: Request, pk: UUID, obligation_pk: UUID) -> Response:
        return Response(ObligationSerializer(self.duty(request, pk, obligation_pk)).data)

    @extend_schema(request=FinishSerializer, responses=ObligationSerializer)
    def post(self, request: Request, pk: UUID, obligation_pk: UUID) -> Response:
        duty = self.worked(request, pk, obligation_pk)
        ops.finish_obligation(obligation=duty, by=request.user, at=clock.now(), **checked(FinishSerializer, request))
        return Response(ObligationSerializer(duty).data)


class ObligationFiles(_CaseObligations):
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=ObligationFileSerializer(many=True))
    def get(self, request: Request, pk: UUID, obligation_pk: UUID) -> Response:
        rows = self.duty(request, pk, obligation_pk).files.select_related("uploaded_by")
        return Response({"results": ObligationFileSerializer(rows, many=True).data})

    @extend_schema(request={"multipart/form-data": SentFileSerializer}, responses={201: ObligationFileSerializer})
    def post(self, request: Request, pk: UUID, obligation_pk: UUID) -> Response:
        duty = self.worked(request, pk, obligation_pk)
        upload = sent_file(request)
        row = ops.add_obligation_proof(
            obligation=duty, name=upload.name, size=upload.size, content=upload, by=request.user, at=clock.now()
        )
        return Response(ObligationFileSerializer(row).data, status.HTTP_201_CREATED)


class ObligationProof(_CaseObligations):
    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, obligation_pk: UUID, file_pk: UUID) -> HttpResponse:
        duty = self.duty(request, pk, obligation_pk)
        row: ObligationFile = self.load(ObligationFile.objects.filter(obligation=duty), pk=file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)
