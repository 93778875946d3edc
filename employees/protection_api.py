"""Protections of one employment, by the API: for HR-legal alone, like the page."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, ListView, checked

from . import protecting
from .models import Employment, ProtectedKind, ProtectedStatus, ProtectionState
from .models.protection import LIGHTEST_GRADE, WORST_GRADE
from .permissions import EmployeePermission as P
from .protection_forms import MOST_LETTERS


class ProtectionSerializer(serializers.ModelSerializer[ProtectedStatus]):
    kind = serializers.ChoiceField(choices=ProtectedKind.choices)
    injury_grade = serializers.IntegerField(
        min_value=WORST_GRADE, max_value=LIGHTEST_GRADE, allow_null=True, required=False
    )
    state = serializers.SerializerMethodField()

    class Meta:
        model = ProtectedStatus
        fields = ("id", "kind", "injury_grade", "start_date", "end_date", "state", "taken_back_at")
        read_only_fields = ("taken_back_at",)

    def get_state(self, row: ProtectedStatus) -> ProtectionState:
        return row.state_on(clock.today())


class ProtectionEndingSerializer(serializers.Serializer[Any]):
    end_date = serializers.DateField()


class CorrectionSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=MOST_LETTERS)


class ProtectionList(ListView):
    """Which kind it is stands here and nowhere else. POST enters one; the same kind twice over the same days is refused."""

    permissions = {"GET": P.VIEW_PROTECTED_STATUS, "POST": P.RECORD_PROTECTED_STATUS}
    serializer_class = ProtectionSerializer

    def rows(self, user: Any) -> QuerySet[ProtectedStatus]:
        employment = protecting.file_of(self.kwargs["pk"], reader=user, permission=P.VIEW_PROTECTED_STATUS)
        return protecting.rows_of(employment)

    @extend_schema(request=ProtectionSerializer, responses={201: ProtectionSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        employment = _file(request, pk)
        said = checked(ProtectionSerializer, request)
        row = ProtectedStatus.enter(employment, by=request.user, at=clock.now(), **said)
        return Response(ProtectionSerializer(row).data, status.HTTP_201_CREATED)


class ProtectionEnding(ApiView):
    """POST the last day; of exposure to hazards the day of the leaving check-up. 409 when it has ended already."""

    permission = P.RECORD_PROTECTED_STATUS

    @extend_schema(request=ProtectionEndingSerializer, responses=ProtectionSerializer)
    def post(self, request: Request, pk: UUID, row_pk: UUID) -> Response:
        row = protecting.row_of(_file(request, pk), row_pk)
        row.end(by=request.user, at=clock.now(), **checked(ProtectionEndingSerializer, request))
        return Response(ProtectionSerializer(row).data)


class ProtectionCorrection(ApiView):
    """POST the reason: it was entered in error and counts no more. The row stays."""

    permission = P.RECORD_PROTECTED_STATUS

    @extend_schema(request=CorrectionSerializer, responses=ProtectionSerializer)
    def post(self, request: Request, pk: UUID, row_pk: UUID) -> Response:
        row = protecting.row_of(_file(request, pk), row_pk)
        row.take_back(by=request.user, at=clock.now(), **checked(CorrectionSerializer, request))
        return Response(ProtectionSerializer(row).data)


def _file(request: Request, pk: UUID) -> Employment:
    return protecting.file_of(pk, reader=request.user, permission=P.RECORD_PROTECTED_STATUS)
