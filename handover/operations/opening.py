"""The list at approval: generated, given to its people, later moved or called off."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ehr import record
from ehr.clock import LEGAL_ZONE
from ehr.inserting import insert, insert_new
from ehr.units.calendars import workday_rule
from handover import events, generation
from handover.models import Handover, HandoverItem
from handover.models.choices import State
from handover.operations import duties
from handover.operations.people import name_grants
from handover.operations.shadowing import fit_into
from handover.operations.transferring import follow_dates
from handover.rules.checklist import ItemPlan, due_date

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is known of an exit when its list is generated. `held`: planned but invisible to the leaver until
    `release_handover` (quiet cases)."""

    employment: "Employment"
    origin: str
    successor: "User | None"
    head: "User | None"
    due_at: datetime
    last_working_date: date
    held: bool = False

    def handover(self, at: datetime) -> Handover:
        return Handover(
            origin=self.origin,
            employment=self.employment,
            leaver=self.employment.person.user,
            successor=self.successor,
            head=self.head,
            state=State.HELD if self.held else State.OPEN,
            last_working_date=self.last_working_date,
            due_at=self.due_at,
            opened_at=at,
        )


def open_handover(*, by: "User | None", at: datetime, **exit_: Any) -> Handover:
    """Generate the list of one exit. Called twice for the same origin it returns the one there is."""
    return open_handovers([Opening(**exit_)], by=by, at=at)[0]


@transaction.atomic(savepoint=False)
def open_handovers(openings: "Sequence[Opening]", *, by: "User | None", at: datetime) -> list[Handover]:
    """Many exits in as many statements as one. Of two at once for the same origin, one generates and both get it."""
    wanted = [opening.handover(at) for opening in openings]
    new = insert_new(wanted)
    _fill(new, by=by, at=at)
    opened = {handover.origin: handover for handover in new}
    if others := {opening.origin for opening in openings} - opened.keys():
        opened |= {h.origin: h for h in Handover.objects.filter(origin__in=others).for_page()}
    return [opened[opening.origin] for opening in openings]


@transaction.atomic
def release_handover(*, origin: str, by: "User | None", at: datetime) -> None:
    """Told in person: the leaver may see the list, and everybody's time starts."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(origin=origin)
    if handover.state != State.HELD:
        return
    handover.release(by=by, at=at)
    duties.ask_to_start([handover], by=by, at=at)


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
    fit_into(handover, by=by, at=at)
    follow_dates(handover)


def _fill(handovers: list[Handover], *, by: "User | None", at: datetime) -> None:
    generated = generation.plans_for(handovers, today=at.astimezone(LEGAL_ZONE).date())
    rows = [row for handover in handovers for row in item_rows(handover, generated[handover.pk][0])]
    insert(rows)
    through = Handover.templates.through
    insert([through(handover_id=h.pk, template_id=template.pk) for h in handovers for template in generated[h.pk][1]])
    name_grants(*handovers)
    record.emit_many(
        record.Emission(
            fact=events.Opened(**h.facts(), items=len(generated[h.pk][0]), state=str(h.state)), subject=h, by=by, at=at
        )
        for h in handovers
    )
    duties.ask_to_start([h for h in handovers if h.state == State.OPEN], by=by, at=at)


def item_rows(handover: Handover, plans: list[ItemPlan], *, first: int = 0) -> Iterator[HandoverItem]:
    due = _due_dates(handover)
    for position, plan in enumerate(plans, start=first):
        yield HandoverItem(
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
            witness_required=plan.witness_required,
            extra=list(plan.extra),
            due_date=due(plan.days_before_end),
        )


def _due_dates(handover: Handover) -> Callable[[int], date]:
    is_workday = workday_rule()
    opened = handover.opened_at.astimezone(LEGAL_ZONE).date()

    @cache
    def due(days_before_end: int) -> date:
        return due_date(
            last_working_date=handover.last_working_date,
            opened_date=opened,
            days_before_end=days_before_end,
            is_workday=is_workday,
        )

    return due
