from dataclasses import asdict
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, checked

from .. import operations
from ..feed_serializers import (
    AttendanceBatchSerializer,
    ProjectBatchSerializer,
    ResultBatchSerializer,
    ScoreBatchSerializer,
    TakenSerializer,
)
from ..permissions import PerformancePermission as P


class SignalView(ApiView):
    """A feed: {"source": "erp", "rows": […]}. The source id of each row makes a repeated call harmless."""

    permission = P.REPORT_SIGNALS
    token_scopes: ClassVar[tuple[str, ...]] = ("full", "signals")
    needs_key = False
    asks: ClassVar[Any]
    serializer_class = TakenSerializer
    take: ClassVar[Any]

    def post(self, request: Request) -> Response:
        sent = checked(self.asks, request)
        taken = type(self).take(sent["rows"], source=sent["source"], at=clock.now())
        return Response(asdict(taken))


class PerformanceSignals(SignalView):
    asks = ResultBatchSerializer
    take = staticmethod(operations.take_results)


class AttendanceSignals(SignalView):
    asks = AttendanceBatchSerializer
    take = staticmethod(operations.take_attendance)


class ProjectSignals(SignalView):
    asks = ProjectBatchSerializer
    take = staticmethod(operations.take_projects)


class ScoreSignals(SignalView):
    asks = ScoreBatchSerializer
    take = staticmethod(operations.take_scores)
