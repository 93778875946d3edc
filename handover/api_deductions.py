"""Deductions from the results of heads, and the rule they rest on, for other systems."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, checked
from handover import operations, queries, serializers
from handover.permissions import Permission
from performance.models import Scorecard
from performance.permissions import PerformancePermission


class Deductions(ApiView):
    """GET ?period=2026-05: what heads would lose or lost. POST {scorecard}: take it."""

    permission = PerformancePermission.ADJUST_RESULT

    @extend_schema(responses=serializers.HeadDeductionSerializer(many=True), parameters=[OpenApiParameter("period")])
    def get(self, request: Request) -> Response:
        period = request.query_params.get("period", "") or queries.last_month(clock.today())
        rows = queries.deductions(request.user, period=period)
        return Response({"period": period, "results": serializers.HeadDeductionSerializer(rows, many=True).data})

    @extend_schema(request=serializers.NewDeductionSerializer, responses={201: serializers.HeadDeductionSerializer})
    def post(self, request: Request) -> Response:
        cards = Scorecard.objects.visible_to(request.user, PerformancePermission.ADJUST_RESULT).with_person()  # type: ignore[arg-type]
        pk = checked(serializers.NewDeductionSerializer, request)["scorecard"]
        card: Any = self.load(cards.select_related("employment__person__user", "employment__data_key"), pk=pk)
        operations.deduct(card=card, by=request.user, at=clock.now())  # type: ignore[arg-type]
        (row,) = queries.of_cards([card])
        return Response(serializers.HeadDeductionSerializer(row).data, status=status.HTTP_201_CREATED)


class DeductionRule(ApiView):
    """The one in force; 204 while nothing is deducted."""

    permission = Permission.SET_DEDUCTION

    @extend_schema(responses={200: serializers.DeductionRuleSerializer, 204: None})
    def get(self, request: Request) -> Response:
        rule = queries.rule_in_force()
        return Response(serializers.DeductionRuleSerializer(rule).data) if rule else Response(status=204)

    @extend_schema(request=serializers.DeductionRuleSerializer, responses={201: serializers.DeductionRuleSerializer})
    def post(self, request: Request) -> Response:
        said = checked(serializers.DeductionRuleSerializer, request)
        rule = operations.set_deduction_rule(**said, by=request.user, at=clock.now())  # type: ignore[arg-type]
        return Response(serializers.DeductionRuleSerializer(rule).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        rule = queries.rule_in_force()
        if rule:
            rule.end(by=request.user, at=clock.now())  # type: ignore[arg-type]
        return Response(status=status.HTTP_204_NO_CONTENT)
