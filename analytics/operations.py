"""The nightly scoring: facts in, one row per person and day out, an alert to HR over the threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics import events, facts
from analytics.models import Alert, RiskScore, Scoring
from analytics.rules.scorecard import Reason, score
from ehr import notices, record
from ehr.access import Role, users_with
from ehr.errors import Refused

BATCH = 2000


@dataclass(frozen=True)
class Run:
    scored: int
    alerts: int


@transaction.atomic
def score_everybody(*, on: date, at: datetime) -> Run:
    """Safe to run again for the same day: the rows are written over, an open alert stays one alert."""
    scoring = Scoring.current()
    if not scoring.enabled:
        raise Refused("scoring_off", _("Risk scoring is off. Switch it on with its impact note first."))
    rows = [_row(pk, known, on) for pk, known in facts.of_everybody(on)]
    RiskScore.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["employment", "date"],
        update_fields=["index", "tier", "reasons"],
    )
    return Run(len(rows), _raise_alerts([row for row in rows if row.index >= scoring.threshold], on=on, at=at))


def _row(employment_id: object, known: facts.Facts, on: date) -> RiskScore:
    result = score(known)
    return RiskScore(
        employment_id=employment_id,
        date=on,
        index=result.index,
        tier=result.tier,
        reasons=[_plain(reason) for reason in result.reasons],
    )


def _plain(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "weight": reason.weight, "values": reason.values}


def _raise_alerts(rows: list[RiskScore], *, on: date, at: datetime) -> int:
    known = set(Alert.objects.still_open().values_list("employment_id", flat=True))
    raised = [Alert(employment_id=row.employment_id, raised_date=on, index=row.index) for row in rows]
    fresh = [alert for alert in raised if alert.employment_id not in known]
    Alert.objects.bulk_create(fresh, ignore_conflicts=True)
    kept = Alert.objects.filter(pk__in=[alert.pk for alert in fresh]).select_related("employment__unit")
    record.emit_many(record.Emission(fact=_raised(alert), subject=alert, at=at) for alert in kept)
    _tell_hr(kept, at=at)
    return len(fresh)


def _raised(alert: Alert) -> events.AlertRaised:
    return events.AlertRaised(employment_id=str(alert.employment_id))


def _tell_hr(alerts: Iterable[Alert], *, at: datetime) -> None:
    partners: dict[Any, list[Any]] = {}
    for alert in alerts:
        unit = alert.employment.unit
        if unit.pk not in partners:
            partners[unit.pk] = list(users_with(Role.HRBP, unit))
        said = {"kind": "analytics.alert_raised", "url": "/risks/", "subject": record.ref(alert), "at": at}
        notices.tell(partners[unit.pk], **said)
