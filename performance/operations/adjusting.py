"""A line that changes a result from outside its indicators, and the appeal against it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ehr import access, deadlines, notices, record
from ehr.access.roles import Role
from ehr.documents.digests import sha256_of_text
from ehr.errors import Refused

from .. import events
from ..models import Adjustment, Because, Scorecard
from .scoring import lock_cards, recount

if TYPE_CHECKING:
    from ehr.identity.models import User

APPEAL = "performance.appeal"
ANSWER_DAYS = 5


@transaction.atomic
def record_adjustment(
    *,
    employment: Any,
    on_date: date,
    kind: str,
    percent: Decimal,
    reason: str,
    basis: str,
    origin: str | None = None,
    by: User | None,
    at: datetime,
) -> Adjustment:
    """A deduction is below zero: −10 takes a tenth of the score. The same origin twice changes nothing."""
    if origin and (known := Adjustment.objects.filter(origin=origin).first()):
        return known
    access.refuse_self(by, employment.person.user)
    _refuse_empty(percent, reason, basis)
    card = _card_of(employment, on_date)
    adjustment = Adjustment.objects.create(
        employment=employment,
        scorecard=card,
        data_key=employment.data_key,
        on_date=on_date,
        kind=kind,
        percent=percent,
        reason=reason.strip(),
        basis=basis.strip(),
        origin=origin,
        by=by,
        at=at,
    )
    digest = sha256_of_text(adjustment.reason)
    fact = events.AdjustmentRecorded(**adjustment.facts(), adjustment_kind=kind, reason_sha256=digest)
    record.emit(fact, subject=adjustment, by=by, at=at)
    _recount(adjustment, Because.ADJUSTED, by=by, at=at)
    _tell_person(adjustment, "performance.adjusted", by=by, at=at)
    return adjustment


@transaction.atomic
def appeal_adjustment(adjustment: Adjustment, *, text: str, by: User, at: datetime) -> None:
    """HR answers within five working days; that duty stands in its inbox and climbs by itself."""
    adjustment.appeal_against(text=text, by=by, at=at)
    unit = adjustment.employment.unit
    deadlines.open_deadline(
        kind=APPEAL,
        subject=adjustment,
        role=Role.HR_MANAGER,
        unit=unit,
        due_at=deadlines.due_in(working_days=ANSWER_DAYS, at=at),
        url=url_of(adjustment),
        params={"name": adjustment.employment.person.name},
        by=by,
        at=at,
    )


@transaction.atomic
def decide_appeal(
    adjustment: Adjustment, *, outcome: str, percent: Decimal | None = None, answer: str, by: User, at: datetime
) -> None:
    access.refuse_self(by, adjustment.employment.person.user)
    if not answer.strip():
        raise Refused("answer_empty", _("Give the person your reasons."), field="answer")
    if adjustment.scorecard_id:
        lock_cards([adjustment.scorecard_id])
    adjustment.decide(outcome=outcome, percent=percent, answer=answer, by=by, at=at)
    _recount(adjustment, Because.APPEAL_DECIDED, by=by, at=at)
    deadlines.close(subject=adjustment, kind=APPEAL, by=by, at=at)
    _tell_person(adjustment, "performance.appeal_decided", by=by, at=at)


def _refuse_empty(percent: Decimal, reason: str, basis: str) -> None:
    if not reason.strip():
        raise Refused("reason_empty", _("Give a reason; the person reads it."), field="reason")
    if not basis.strip():
        raise Refused("basis_empty", _("Name the rule it rests on."), field="basis")
    if percent == 0 or abs(percent) > 100:
        raise Refused("percent_out_of_range", _("Between −100 and 100 percent, but not 0."), field="percent")


def _card_of(employment: Any, on_date: date) -> Scorecard | None:
    """Of the month before that of the quarter; locked until the result is counted again."""
    cards = Scorecard.objects.filter(employment=employment, start_date__lte=on_date, end_date__gte=on_date)
    return cards.select_for_update().order_by("rhythm").first()


def _recount(adjustment: Adjustment, because: Because, *, by: User | None, at: datetime) -> None:
    if adjustment.scorecard_id:
        recount([adjustment.scorecard_id], because=because, by=by, at=at)


def url_of(adjustment: Adjustment) -> str:
    if adjustment.scorecard_id:
        return reverse("performance:scorecard", args=[adjustment.scorecard_id])
    return reverse("performance:results", args=[adjustment.employment_id])


def _tell_person(adjustment: Adjustment, kind: str, *, by: User | None, at: datetime) -> None:
    person = adjustment.employment.person.user
    if person is not None:
        notices.tell([person], kind=kind, url=url_of(adjustment), subject=adjustment, at=at, by=by)
