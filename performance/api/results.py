from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView, checked
from ehr.errors import Refused

from .. import operations, scoring, serializers
from ..models import Adjustment, Scorecard, Shortfall
from ..operations import Entry
from ..permissions import PerformancePermission as P
from .base import AboutPeople, InStateFilter, OfPersonFilter


def scorecards(user: Any) -> Any:
    return Scorecard.objects.visible_to(user).for_page()


class Scorecards(ListView):
    permission = P.VIEW_RESULT
    serializer_class = serializers.ScorecardSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return scorecards(user)


class ScorecardDetail(DetailView):
    permission = P.VIEW_RESULT
    serializer_class = serializers.ScorecardSerializer

    def rows(self, user: Any) -> Any:
        return scorecards(user)


class OfScorecard(ApiView):
    permission = P.VIEW_RESULT
    serializer_class = serializers.ScorecardSerializer

    def card(self, request: Request, pk: UUID) -> Scorecard:
        return self.load(scorecards(request.user), pk=pk)  # type: ignore[no-any-return]

    def answer(self, request: Request, pk: UUID) -> Response:
        return Response(serializers.ScorecardSerializer(self.card(request, pk)).data)


class Scores(OfScorecard):
    """Points for indicators that are yours to score: the store's by those who lead, headquarters' by HR."""

    @extend_schema(request=serializers.ScoresSerializer, responses=serializers.ScorecardSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        card = self.card(request, pk)
        asked = scoring.asked_of(request.user, [card])
        if not asked:
            card.refuse_closed()
            raise access.Forbidden("nothing_to_score")
        mine = {row.key: row for _card, row in asked}
        rows = checked(serializers.ScoresSerializer, request)["scores"]
        if wrong := {row["indicator"] for row in rows} - mine.keys():
            raise Refused("not_yours_to_score", ", ".join(sorted(wrong)), field="indicator")
        entries = [
            Entry(scorecard_id=card.pk, indicator_id=mine[row["indicator"]].pk, points=row["points"], note=row["note"])
            for row in rows
        ]
        operations.record_scores(entries, by=request.user, at=clock.now())
        return self.answer(request, pk)


class Closure(OfScorecard):
    permission = P.SCORE_AS_HEADQUARTERS

    @extend_schema(request=None, responses=serializers.ScorecardSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        card = self.card(request, pk)
        access.check(request.user, P.SCORE_AS_HEADQUARTERS, card)
        card.close(by=request.user, at=clock.now())
        return self.answer(request, pk)


class Periods(ApiView):
    """Opens a month or a quarter for everybody whom a plan reaches; may be repeated."""

    permission = P.MANAGE_PLAN

    @extend_schema(request=serializers.PeriodSerializer, responses={201: serializers.OpenedSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(serializers.PeriodSerializer, request)["period"]
        opened = scoring.open_for(request.user, asked, at=clock.now())
        return Response({"period": asked.code, "opened": opened}, status=status.HTTP_201_CREATED)


# --- Adjustments ------------------------------------------------------------------------------------------


def adjustments(user: Any) -> Any:
    rows = Adjustment.objects.visible_to(user).for_page()
    return rows.select_related("employment__person__user", "employment__unit", "by", "decided_by", "data_key")


class Adjustments(AboutPeople):
    permissions = {"GET": P.VIEW_RESULT, "POST": P.ADJUST_RESULT}
    serializer_class = serializers.AdjustmentSerializer
    asks = serializers.NewAdjustmentSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return adjustments(user)

    def make(self, **facts: Any) -> Adjustment:
        made = operations.record_adjustment(**facts)
        if made.employment_id != facts["employment"].pk:
            raise Refused("origin_reused", _("This origin belongs to another person's line."), field="origin")
        row: Adjustment = adjustments(facts["by"]).get(pk=made.pk)
        return row


class OfAdjustment(ApiView):
    serializer_class = serializers.AdjustmentSerializer

    def adjustment(self, request: Request, pk: UUID, permission: str) -> Adjustment:
        row: Adjustment = self.load(adjustments(request.user), pk=pk)
        access.check(request.user, permission, row)
        return row

    def answer(self, request: Request, pk: UUID) -> Response:
        return Response(serializers.AdjustmentSerializer(adjustments(request.user).get(pk=pk)).data)


class AdjustmentDetail(DetailView):
    permission = P.VIEW_RESULT
    serializer_class = serializers.AdjustmentSerializer

    def rows(self, user: Any) -> Any:
        return adjustments(user)


class Appeal(OfAdjustment):
    permission = P.APPEAL_ADJUSTMENT

    @extend_schema(request=serializers.AppealSerializer, responses=serializers.AdjustmentSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.adjustment(request, pk, P.APPEAL_ADJUSTMENT)
        said = checked(serializers.AppealSerializer, request)
        operations.appeal_adjustment(row, **said, by=request.user, at=clock.now())
        return self.answer(request, pk)


class AppealDecision(OfAdjustment):
    permission = P.DECIDE_APPEAL

    @extend_schema(request=serializers.AppealDecisionSerializer, responses=serializers.AdjustmentSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.adjustment(request, pk, P.DECIDE_APPEAL)
        said = checked(serializers.AppealDecisionSerializer, request)
        operations.decide_appeal(row, **said, by=request.user, at=clock.now())
        return self.answer(request, pk)


class Shortfalls(ListView):
    permission = P.VIEW_SHORTFALL
    serializer_class = serializers.ShortfallSerializer
    filterset_class = OfPersonFilter

    def rows(self, user: Any) -> Any:
        return Shortfall.objects.visible_to(user).with_person()
