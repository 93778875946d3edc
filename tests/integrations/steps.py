"""What happens between an approval and the answer of a system, step by step."""

from datetime import datetime, timedelta
from typing import Any

from ehr import record
from integrations.engine.loop import run_due
from integrations.models import Effect
from tests.factories.offboarding import a_resignation, approved, on


def relayed() -> None:
    record.deliver_all()


def an_approved_exit(cast: Any, at: datetime, **fields: Any) -> Any:
    case = approved(a_resignation(cast, at, **fields), at)
    relayed()
    return case


def effects(case: Any, **filters: Any) -> list[Effect]:
    return list(Effect.objects.filter(case=case, **filters).select_related("connection").order_by("id"))


def the_effect(case: Any, **filters: Any) -> Effect:
    return Effect.objects.select_related("connection__unit", "case__unit").get(case=case, **filters)


def run(at: datetime) -> int:
    return run_due(clock=lambda: at)


def evening(case: Any) -> datetime:
    """A minute after the set hour of the last working day."""
    return on(case.last_working_date, 18) + timedelta(minutes=1)


def make_due(effect: Effect) -> None:
    """The wait is over."""
    Effect.objects.filter(pk=effect.pk).update(
        next_at=datetime(2020, 1, 1, tzinfo=on(datetime(2020, 1, 1).date()).tzinfo)
    )


def let_lease_run_out(effect: Effect) -> None:
    old = on(datetime(2020, 1, 1).date())
    Effect.objects.filter(pk=effect.pk).update(lease_until=old)
