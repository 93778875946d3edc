"""The list at approval: generated, given to its people, later moved or called off."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import record
from ehr.clock import LEGAL_ZONE
from ehr.units.calendars import workday_rule
from handover import events, generation
from handover.models import Handover, HandoverItem
from handover.models.choices import State
from handover.operations import duties
from handover.operations.people import name_grants
from handover.rules.checklist import ItemPlan, due_date

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment


@transaction.atomic
def open_handover(
    *,
    employment: "Employment",
    origin: str,
    successor: "User | None",
    head: "User | None",
    due_at: datetime,
    last_working_date: date,
    by: "User | None",
    at: datetime,
    held: bool = False,
) -> Handover:
    """Generate the list of one exit. Called twice for the same origin it returns the one there is.
    `held`: planned but invisible to the leaver until `release_handover` (quiet cases)."""
    handover, is_new = Handover.objects.get_or_create(
        origin=origin,
        defaults={
            "employment": employment,
            "leaver": employment.person.user,
            "successor": successor,
            "head": head,
            "state": State.HELD if held else State.OPEN,
            "last_working_date": last_working_date,
            "due_at": due_at,
            "opened_at": at,
        },
    )
    if is_new:
        _fill(handover, by=by, at=at)
    return handover


@transaction.atomic
def release_handover(*, origin: str, by: "User | None", at: datetime) -> None:
    """Told in person: the leaver may see the list, and everybody's time starts."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(origin=origin)
    if handover.state != State.HELD:
        return
    handover.release(by=by, at=at)
    duties.ask_to_start(handover, by=by, at=at)


@transaction.atomic
def cancel_handover(*, origin: str, by: "User | None", at: datetime) -> None:
    """The exit was withdrawn. What was written stays; nobody is asked for anything any more."""
    handover = Handover.objects.select_for_update(of=("self",)).filter(origin=origin).first()
    if handover is None or handover.state in (State.SIGNED, State.CANCELLED):
        return
    handover.cancel(by=by, at=at)
    duties.call_off(handover, by=by, at=at)


@transaction.atomic
def move_handover(*, origin: str, last_working_date: date, due_at: datetime, by: "User | None", at: datetime) -> None:
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(origin=origin)
    if handover.state in (State.SIGNED, State.CANCELLED):
        return
    shift = last_working_date - handover.last_working_date
    handover.move_dates(last_working_date=last_working_date, due_at=due_at, by=by, at=at)
    rows = list(handover.items.exclude(state="confirmed"))
    for row in rows:
        row.due_date = max(row.due_date + shift, at.astimezone(LEGAL_ZONE).date())
    HandoverItem.objects.bulk_update(rows, ["due_date"])
    duties.move(handover, by=by, at=at)


def _fill(handover: Handover, *, by: "User | None", at: datetime) -> None:
    plans, layers = generation.plans_for(handover.employment)
    handover.templates.set(layers)
    HandoverItem.objects.bulk_create(_rows(handover, plans))
    name_grants(handover)
    fact = events.Opened(**handover.facts(), items=len(plans), state=str(handover.state))
    record.emit(fact, subject=handover, by=by, at=at)
    if handover.state == State.OPEN:
        duties.ask_to_start(handover, by=by, at=at)


def _rows(handover: Handover, plans: list[ItemPlan]) -> list[HandoverItem]:
    is_workday = workday_rule(handover.employment.unit)
    opened = handover.opened_at.astimezone(LEGAL_ZONE).date()
    return [
        HandoverItem(
            handover=handover,
            key=plan.key,
            position=position,
            group=plan.group.value,
            kind=plan.kind.value,
            title=plan.title,
            hint=plan.hint,
            source=plan.source.value,
            why=dict(plan.why),
            confirmer=plan.confirmer.value,
            evidence_required=plan.evidence_required,
            extra=list(plan.extra),
            due_date=due_date(
                last_working_date=handover.last_working_date,
                opened_date=opened,
                days_before_end=plan.days_before_end,
                is_workday=is_workday,
            ),
        )
        for position, plan in enumerate(plans)
    ]
