"""Letters of resignation that came on paper: recorded by HR, objected to by their person, struck off by HR."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import EVERYBODY, ApiView, checked
from ehr.api.uploads import sent_file
from employees.models import Employment

from .. import operations as ops
from ..letter_serializers import LetterSerializer, ObjectionSerializer, StrikeSerializer
from ..operations.letters import refuse_others
from ..permissions import Permission
from ..queries.case_page import load_case
from ..serializers import CaseSerializer
from .base import CaseView
from .cases import one_of


class Letters(ApiView):
    """POST, with the scan as the part `file`: the notice runs from the day of receipt, as if filed on that day."""

    permission = Permission.MANAGE_CASE
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": LetterSerializer}, responses={201: CaseSerializer})
    def post(self, request: Request) -> Response:
        upload, asked = sent_file(request), checked(LetterSerializer, request)
        asked.pop("file")
        employment = _reached(request.user, asked.pop("employee_number"))
        scan = ops.Scan(name=upload.name, size=upload.size, content=upload)
        case = ops.record_letter(employment=employment, scan=scan, by=request.user, at=clock.now(), **asked)
        row = load_case(request.user, case.pk).get(pk=case.pk)
        return Response(CaseSerializer(row, context={"request": request}).data, status.HTTP_201_CREATED)


class Letter(CaseView):
    """POST: it was recorded in error. Possible until the employment has ended by it."""

    @extend_schema(request=StrikeSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.MANAGE_CASE)
        ops.strike_letter(case=case, by=request.user, at=clock.now(), **checked(StrikeSerializer, request))
        return self.fresh(request, case)


class LetterTold(CaseView):
    """POST: how somebody without an account was told of the letter, where no message could be sent."""

    @extend_schema(request=ObjectionSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.MANAGE_CASE)
        ops.note_told(case=case, by=request.user, at=clock.now(), **checked(ObjectionSerializer, request))
        return self.fresh(request, case)


class Objection(CaseView):
    """POST by the person themself: this letter is not mine. HR sees it and answers."""

    permission = EVERYBODY

    @extend_schema(request=ObjectionSerializer, responses={201: CaseSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case, at = self.case(request, pk), clock.now()
        refuse_others(case, by=request.user)
        ops.dispute_letter(case=case, by=request.user, at=at, **checked(ObjectionSerializer, request))
        return self.fresh(request, case, status.HTTP_201_CREATED)


def _reached(user: Any, number: str) -> Employment:
    reach = access.scope(user, Permission.MANAGE_CASE, unit="unit__path")
    rows = Employment.objects.filter(reach, employee_number=number)
    return one_of(rows.select_related("person__user", "unit"))
