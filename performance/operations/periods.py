"""A period begins: everybody whom a plan reaches gets a scorecard under the version in force on that day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Prefetch

from ehr import record
from employees.models import Employment

from .. import events
from ..models import Adjustment, Because, Plan, PlanVersion, Scorecard, VersionState
from ..rules import plans
from ..rules.periods import Period
from .scoring import recount

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def open_period(*, period: Period, by: User | None, at: datetime, people: Any = None) -> int:
    """May run every day: who has a scorecard keeps it with its version, who came meanwhile gets one."""
    versions = _versions_in_force(period)
    rows = Employment.objects.current() if people is None else people
    rows = rows.filter(hire_date__lte=period.end).exclude(
        scorecards__rhythm=period.rhythm, scorecards__start_date=period.start
    )
    cards = []
    for pk, path, family in rows.values_list("pk", "unit__path", "job_family"):
        plan = plans.nearest((reach for reach, _version in versions), person=str(pk), path=path, family=family)
        if plan is not None:
            cards.append(_card(pk, plan, period, at))
    Scorecard.objects.bulk_create(cards, batch_size=2000)
    record.emit_many(record.Emission(fact=_opened(card), subject=card, by=by, at=at) for card in cards)
    _adopt(cards, period, by=by, at=at)
    return len(cards)


def _versions_in_force(period: Period) -> list[tuple[plans.Reach, PlanVersion]]:
    """Locked, so that two that open the same period wait for each other."""
    current = Prefetch("versions", PlanVersion.objects.filter(state=VersionState.IN_FORCE), to_attr="current")
    locked = Plan.objects.filter(rhythm=period.rhythm).select_for_update(of=("self",)).order_by("pk")
    found = locked.select_related("unit").prefetch_related(current)
    return [(plan.reach, plan.current[0]) for plan in found if plan.current]  # type: ignore[attr-defined]


def _card(employment_id: Any, plan: Any, period: Period, at: datetime) -> Scorecard:
    return Scorecard(
        employment_id=employment_id,
        version=plan.current[0],
        rhythm=period.rhythm,
        start_date=period.start,
        end_date=period.end,
        opened_at=at,
    )


def _opened(card: Scorecard) -> events.ScorecardOpened:
    return events.ScorecardOpened(
        employment_id=str(card.employment_id),
        scorecard_id=str(card.pk),
        period=card.period.code,
        version_id=str(card.version_id),
    )


def _adopt(cards: list[Scorecard], period: Period, *, by: User | None, at: datetime) -> None:
    """Adjustments that came before the scorecard they belong to."""
    waiting = Adjustment.objects.filter(
        scorecard=None,
        employment__in=[card.employment_id for card in cards],
        on_date__range=(period.start, period.end),
    )
    of = {card.employment_id: card for card in cards}
    found = list(waiting.select_for_update())
    for row in found:
        row.scorecard = of[row.employment_id]
    Adjustment.objects.bulk_update(found, ["scorecard"], batch_size=500)
    if found:
        recount({row.scorecard_id for row in found}, because=Because.ADJUSTED, by=by, at=at)
