"""Time travel of the demo: only forward, only with EHR_DEMO=1, and every jump stands in the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import Http404

from ehr import clock, record
from ehr.clock import LEGAL_ZONE
from ehr.deadlines import past
from ehr.deadlines.models import ClockOffset
from ehr.lib.facts import Fact
from ehr.lib.workdays import ONE_DAY, on_or_after
from ehr.units.calendars import workday_rule

if TYPE_CHECKING:
    from ehr.identity.models import User

MORNING = time(9)
FARTHEST = 366  # days in one jump


@dataclass(frozen=True, kw_only=True)
class ClockPutForward(Fact):
    kind: ClassVar[str] = "deadlines.clock.put_forward"

    seconds: int
    shows: datetime


@transaction.atomic
def put_forward(*, days: int | None, by: "User", at: datetime) -> datetime:
    """By whole days at the same hour; without a number to 09:00 of the next working day. Returns the new time."""
    if not settings.EHR_DEMO:
        raise Http404
    then = at + timedelta(days=min(days, FARTHEST)) if days else next_morning(at)
    ClockOffset.objects.get_or_create(id=1, defaults={"offset": timedelta()})
    ClockOffset.objects.filter(id=1).update(offset=F("offset") + (then - at))
    fact = ClockPutForward(seconds=int((then - at).total_seconds()), shows=then)
    record.emit(fact, subject="ehr.clock", by=by, at=at)
    transaction.on_commit(_after_jump)
    return then


# --- What the machine wrote down, in the product's time ------------------------------------------------------
def as_shown(instant: datetime) -> datetime:
    """What the product's clock showed when the machine's clock stood there. Leases and waits are written by the
    machine's clock; people see the product's. Outside a demo both are the same."""
    ahead = timedelta()
    for jumped_at, offset in _jumps():
        if jumped_at > instant:
            break
        ahead = offset
    return instant + ahead


def as_measured(shown: datetime) -> datetime:
    """The other way round; a time that a jump passed over is the moment of that jump."""
    ahead = timedelta()
    for jumped_at, offset in _jumps():
        if shown < jumped_at + ahead:
            break
        if shown < jumped_at + offset:
            return jumped_at
        ahead = offset
    return shown - ahead


def _jumps() -> list[tuple[datetime, timedelta]]:
    """When, by the machine's clock, and how far ahead it was from then on. The record knows every jump."""
    global _known
    if not clock.offset():
        return []
    if _known is None or _known[0] != clock.offset():
        _known = (clock.offset(), list(_recorded()))
    return _known[1]


def _recorded() -> Iterator[tuple[datetime, timedelta]]:
    ahead = timedelta()
    facts = record.timeline(["ehr.clock"]).filter(kind=ClockPutForward.kind).order_by("at", "id")
    for at, payload in facts.values_list("at", "payload"):
        before, ahead = ahead, ahead + timedelta(seconds=payload["seconds"])
        yield at - before, ahead


_known: tuple[timedelta, list[tuple[datetime, timedelta]]] | None = None


def next_morning(at: datetime) -> datetime:
    today = at.astimezone(LEGAL_ZONE).date()
    return datetime.combine(on_or_after(today + ONE_DAY, workday_rule()), MORNING, LEGAL_ZONE).astimezone(UTC)


def _after_jump() -> None:
    """What a night would have done: every scheduled task runs now."""
    from ehr.celery import app

    clock.forget()
    for entry in app.conf.beat_schedule.values():
        record.nudge(entry["task"])


def shown() -> dict[str, Any]:
    """For the strip at the top of the pages; empty outside a demo."""
    if not settings.EHR_DEMO:
        return {}
    now = clock.now()
    return {
        "demo_now": now,
        "demo_next_morning": next_morning(now),
        "demo_is_ahead": bool(clock.offset()),
        "demo_is_filling": past.is_played(),
    }
