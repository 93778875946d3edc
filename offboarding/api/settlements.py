"""The settlement of an exit. Amounts come as text, and only for those who may see the person's pay."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import checked
from employees.permissions import EmployeePermission

from .. import may
from .. import operations as ops
from ..models import Case, Settlement
from ..operations.settling import as_read, current
from ..permissions import Permission
from ..queries.second_wage import second_wage, signing_of
from ..rules.pay_inputs import PayInputs
from ..settlement_serializers import (
    ConfirmationSerializer,
    JudgementSerializer,
    PayInputsSerializer,
    PaymentSerializer,
    ReasonsSerializer,
    SettlementSerializer,
)
from .base import CaseView


class _SettlementView(CaseView):
    def drawn(self, case: Case) -> Settlement:
        found = current(case)
        if found is None:
            raise ops.nothing_calculated(case)
        return found

    def answer(self, request: Request, case: Case, code: int = status.HTTP_200_OK) -> Response:
        sees_pay = may.may(request.user, EmployeePermission.VIEW_PAY, case)
        is_own = case.employment.person.user_id == request.user.pk
        risk = second_wage(case, signing_of(case)) if sees_pay and not is_own else None
        context = {"sees_pay": sees_pay, "risks": risk.lines if risk else ()}
        return Response(SettlementSerializer(self.drawn(case), context=context).data, code)


class SettlementDetail(_SettlementView):
    """GET the newest version; POST calculates the next one."""

    @extend_schema(responses=SettlementSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        case = self.case(request, pk, Permission.VIEW_SETTLEMENT)
        is_own = case.employment.person.user_id == request.user.pk
        if is_own and not self.drawn(case).is_settled:
            raise ops.nothing_calculated(case)
        return self.answer(request, case)

    @extend_schema(request=PayInputsSerializer, responses={201: SettlementSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.CALCULATE_SETTLEMENT)
        inputs = PayInputs(**checked(PayInputsSerializer, request))
        ops.calculate_settlement(case=case, inputs=inputs, by=request.user, at=clock.now())
        return self.answer(request, case, status.HTTP_201_CREATED)


class SettlementSubmission(_SettlementView):
    @extend_schema(request=ReasonsSerializer, responses=SettlementSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.CALCULATE_SETTLEMENT)
        asked: dict[str, Any] = checked(ReasonsSerializer, request)
        drawn = as_read(case, version=asked.pop("version"))
        ops.submit_settlement(settlement=drawn, **asked, by=request.user, at=clock.now())
        return self.answer(request, case)


class SettlementConfirmation(_SettlementView):
    """By somebody other than who calculated it."""

    @extend_schema(request=ConfirmationSerializer, responses=SettlementSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.CONFIRM_SETTLEMENT)
        asked, at = checked(ConfirmationSerializer, request), clock.now()
        drawn = as_read(case, version=asked["version"])
        if asked["decision"] == "confirm":
            ops.confirm_settlement(settlement=drawn, by=request.user, at=at)
        else:
            ops.return_settlement(settlement=drawn, reason=asked["comment"], by=request.user, at=at)
        return self.answer(request, case)


class SettlementPayments(_SettlementView):
    @extend_schema(request=PaymentSerializer, responses={201: SettlementSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.CONFIRM_SETTLEMENT)
        asked = checked(PaymentSerializer, request)
        drawn = as_read(case, version=asked.pop("version"))
        ops.record_payment(settlement=drawn, by=request.user, at=clock.now(), **asked)
        return self.answer(request, case, status.HTTP_201_CREATED)


class Judgement(_SettlementView):
    """Legal says whether the ending holds."""

    @extend_schema(request=JudgementSerializer, responses={201: SettlementSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.JUDGE_ENDING)
        ops.judge_ending(case=case, by=request.user, at=clock.now(), **checked(JudgementSerializer, request))
        return self.answer(request, case, status.HTTP_201_CREATED)
