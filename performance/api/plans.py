from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView, checked, understood
from ehr.units.models import OrgUnit

from .. import operations, serializers
from ..models import Plan
from ..permissions import PerformancePermission as P
from .base import person


def plans(user: Any, permission: str = P.VIEW_PLAN) -> Any:
    rows = Plan.objects.visible_to(user, permission).select_related("unit", "employment")
    return rows.prefetch_related("versions__indicators")


class Plans(ListView):
    permissions = {"GET": P.VIEW_PLAN, "POST": P.MANAGE_PLAN}
    serializer_class = serializers.PlanSerializer

    def rows(self, user: Any) -> Any:
        return plans(user)

    @extend_schema(request=serializers.NewPlanSerializer, responses={201: serializers.PlanSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewPlanSerializer, request)
        unit, number = asked.pop("unit"), asked.pop("employee_number")
        made = operations.create_plan(
            **asked,
            unit=unit_for(request.user, unit) if unit or not number else None,
            employment=person(request.user, number, P.MANAGE_PLAN) if number else None,
            by=request.user,
            at=clock.now(),
        )
        return Response(self.get_serializer(plans(request.user).get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


def unit_for(user: Any, code: str) -> OrgUnit | None:
    """A unit below one's own; the whole group only for who reaches all of it."""
    reached = OrgUnit.objects.visible_to(user, P.MANAGE_PLAN)
    if code:
        return get_object_or_404(reached, code=code)
    if OrgUnit.objects.exclude(pk__in=reached.values("pk")).exists():
        raise access.Forbidden("whole_group")
    return None


class PlanDetail(DetailView):
    permission = P.VIEW_PLAN
    serializer_class = serializers.PlanSerializer

    def rows(self, user: Any) -> Any:
        return plans(user)


class OfPlan(ApiView):
    permission = P.MANAGE_PLAN
    serializer_class = serializers.PlanSerializer

    def plan(self, request: Request, pk: UUID) -> Plan:
        plan: Plan = self.load(plans(request.user), pk=pk)
        access.check(request.user, P.MANAGE_PLAN, plan)
        return plan

    def answer(self, request: Request, pk: UUID) -> Response:
        return Response(serializers.PlanSerializer(plans(request.user).get(pk=pk)).data)


class Draft(OfPlan):
    """PUT of the whole next version; the one in force stays until the draft is published."""

    @extend_schema(request=serializers.VersionDraftSerializer, responses=serializers.PlanSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        plan = self.plan(request, pk)
        asked = understood(serializers.VersionDraftSerializer, request)
        draft = plan.open_draft(by=request.user, at=clock.now())
        note = asked.validated_data["note"]
        draft.write(indicators=asked.rows(), note=note, by=request.user, at=clock.now())
        return self.answer(request, pk)


class Publication(OfPlan):
    @extend_schema(request=None, responses=serializers.PlanSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        plan = self.plan(request, pk)
        draft = self.load(plan.versions.filter(state="draft"))
        draft.publish(by=request.user, at=clock.now())
        return self.answer(request, pk)
