"""Going through the work together before the last day: planned by the head or by who leaves, a to-do for both sides."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ehr import access, deadlines, record
from ehr.clock import LEGAL_ZONE
from ehr.errors import Forbidden, Refused, WrongState
from handover import events, words
from handover.models import Handover, Shadowing
from handover.operations import duties
from handover.permissions import Permission
from handover.rules.takeover import problem_of_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehr.identity.models import User

EVENING = time(18)


@transaction.atomic
def plan_shadowing(
    *, handover: Handover, topic: str, on_date: date, guide: "User | None" = None, by: "User", at: datetime
) -> Shadowing:
    """Nobody named as guide: the one who leaves shows it."""
    handover = _held(handover)
    access.check(by, Permission.PLAN_SHADOWING, handover)
    shown_by = guide or handover.leaver
    _refuse(handover, topic=topic, on_date=on_date, guide=shown_by, at=at)
    row = Shadowing.objects.create(
        handover=handover, topic=topic.strip(), on_date=on_date, guide=shown_by, planned_by=by, planned_at=at
    )
    fact = events.ShadowingPlanned(**row.facts(), guide_id=str(row.guide_id))
    record.emit(fact, subject=handover, by=by, at=at)
    deadlines.open_many(list(_duties(handover, row, at=at)), by=by)
    return row


@transaction.atomic
def finish_shadowing(*, shadowing: Shadowing, by: "User", at: datetime) -> None:
    """Either of the two who were there says so, or the head."""
    handover = _held(shadowing.handover)
    shadowing.handover = handover
    if by not in (handover.successor, handover.head, handover.leaver, shadowing.guide):
        raise Forbidden(_("Those who were there say so, or the head."))
    shadowing.finish(by=by, at=at)
    _close(shadowing, by=by, at=at)


@transaction.atomic
def call_off_shadowing(*, shadowing: Shadowing, by: "User", at: datetime) -> None:
    shadowing.handover = _held(shadowing.handover)
    access.check(by, Permission.PLAN_SHADOWING, shadowing.handover)
    shadowing.call_off(by=by, at=at)
    _close(shadowing, by=by, at=at, outcome=deadlines.Deadline.Outcome.CANCELLED)


def fit_into(handover: Handover, *, by: "User | None", at: datetime) -> None:
    """An earlier last day: what was planned behind it is done on that day."""
    late = handover.shadowings.planned().filter(on_date__gt=handover.last_working_date)
    for row in late:
        row.handover = handover
        row.move(on_date=handover.last_working_date, by=by, at=at)
        due_at = _evening(row)
        deadlines.move(subject=record.ref(handover), kind=duties.SHADOW, key=str(row.pk), due_at=due_at, by=by, at=at)


def ask_again(handover: Handover, *, by: "User | None", at: datetime) -> None:
    """Somebody else takes over: what is planned is a to-do of theirs now."""
    duties.close(handover, duties.SHADOW, by=by, at=at)
    planned = handover.shadowings.planned().select_related("guide")
    deadlines.open_many([duty for row in planned for duty in _duties(handover, row, at=at)], by=by)


def _duties(handover: Handover, row: Shadowing, *, at: datetime) -> "Iterator[deadlines.Deadline]":
    for owner in {person.pk: person for person in (row.guide, handover.successor) if person}.values():
        yield deadlines.Deadline(
            kind=duties.SHADOW,
            subject=record.ref(handover),
            owner=owner,
            due_at=_evening(row),
            ladder=deadlines.Deadline.Ladder.OWNER,
            url=reverse("handover:shadowing", args=[handover.pk]),
            params={"name": handover.employment.person.name, "topic": row.topic},
            key=str(row.pk),
            opened_at=at,
        )


def _evening(row: Shadowing) -> datetime:
    return datetime.combine(row.on_date, EVENING, LEGAL_ZONE)


def _close(row: Shadowing, *, by: "User", at: datetime, outcome: str = "done") -> None:
    subject = record.ref(row.handover)
    deadlines.close(subject=subject, kind=duties.SHADOW, key=str(row.pk), by=by, at=at, outcome=outcome)


def _held(handover: Handover) -> Handover:
    return Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)


def _refuse(handover: Handover, *, topic: str, on_date: date, guide: "User | None", at: datetime) -> None:
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    if not topic.strip():
        raise Refused("topic_missing", _("Say what you go through together."), field="topic")
    if guide is None:
        raise Refused("guide_missing", _("Say who shows it."), field="guide")
    if guide == handover.successor:
        raise Refused("guide_learns", _("Whoever takes over can't be the one who shows it."), field="guide")
    today = at.astimezone(LEGAL_ZONE).date()
    code = problem_of_session(on_date=on_date, today=today, last_working_date=handover.last_working_date)
    if code:
        raise Refused(code, words.of_session_problem(code), field="on_date")
