"""What the risk page shows: the last run, highest first, with each person's reasons in words."""

from dataclasses import dataclass
from typing import Any

from analytics.models import Alert, RiskScore
from analytics.words import reason_text
from ehr.identity.models import User
from ehr.paging import page_of

REASONS_SHOWN = 3


@dataclass(frozen=True)
class RiskLine:
    score: RiskScore
    reasons: list[Any]
    alert: Alert | None


def risk_page(user: User, *, cursor: str = "") -> tuple[list[RiskLine], str]:
    """The lines and the cursor of the next page; two statements."""
    scores = (
        RiskScore.objects.visible_to(user).of_the_last_run().select_related("employment__person", "employment__unit")
    )
    page = page_of(scores, order=("-index", "id"), cursor=cursor)
    open_alerts = Alert.objects.still_open().filter(employment__in=[score.employment_id for score in page.rows])
    alerts = {alert.employment_id: alert for alert in open_alerts}
    return [_line(score, alerts.get(score.employment_id)) for score in page.rows], page.next


def latest_of(user: User, employment_id: Any) -> RiskLine | None:
    scores = RiskScore.objects.visible_to(user).filter(employment_id=employment_id).order_by("-date")
    score = scores.first()
    return _line(score, None) if score else None


def _line(score: RiskScore, alert: Alert | None) -> RiskLine:
    return RiskLine(score, [reason_text(reason) for reason in score.reasons[:REASONS_SHOWN]], alert)
