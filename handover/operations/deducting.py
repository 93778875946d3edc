"""From the figures of a head to a line in their result. A person decides that it is taken, never the clock."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ehr import access, record
from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused
from handover import events, queries, words
from handover.models import Deduction, DeductionRule
from handover.rules import deduction
from performance.models import AdjustmentKind, Scorecard
from performance.operations import record_adjustment
from performance.permissions import PerformancePermission

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def set_deduction_rule(
    *, basis: str, announced_date: date, per_point: Decimal, most: Decimal, by: "User", at: datetime
) -> DeductionRule:
    """The one in force ends; what was deducted under it stays."""
    terms = deduction.Terms(per_point=per_point, most=most)
    if not basis.strip():
        raise Refused("basis_empty", _("Name the rule it rests on."), field="basis")
    if not terms.is_sound:
        raise Refused("out_of_bounds", _("More than 0 for a point, and at most 10 percent."), field="most")
    if announced_date > at.astimezone(LEGAL_ZONE).date():
        raise Refused("not_announced", _("A rule counts once the staff know of it."), field="announced_date")
    for earlier in DeductionRule.objects.select_for_update().in_force():
        earlier.end(by=by, at=at)
    rule = DeductionRule.objects.create(
        basis=basis.strip(), announced_date=announced_date, per_point=per_point, most=most, set_by=by, set_at=at
    )
    record.emit(rule.facts(), subject=rule, by=by, at=at)
    return rule


@transaction.atomic
def deduct(*, card: Scorecard, by: "User", at: datetime) -> Deduction:
    """Once for a scorecard; the head reads the arithmetic as the reason, and may appeal."""
    access.check(by, PerformancePermission.ADJUST_RESULT, card)
    rule = DeductionRule.objects.select_for_update().in_force().first()
    _refuse(card, rule, at=at)
    assert rule is not None
    counted = deduction.deduction(queries.figures_of([card])[card.pk], rule.terms)
    if not counted.percent:
        raise Refused("nothing_to_deduct", _("Both goals are met; there is nothing to deduct."))
    with override(settings.LANGUAGE_CODE):
        reason = "\n".join(words.of_deduction(counted))
    line = record_adjustment(
        employment=card.employment,
        on_date=card.end_date,
        kind=AdjustmentKind.HANDOVER_OMISSION,
        percent=-counted.percent,
        reason=reason,
        basis=rule.basis,
        origin=f"handover.deduction:{card.pk}",
        by=by,
        at=at,
    )
    figures = counted.figures
    row = Deduction.objects.create(
        scorecard=card,
        adjustment=line,
        rule=rule,
        due=figures.due,
        confirmed=figures.confirmed,
        checked=figures.checked,
        missed=figures.missed,
        by=by,
        at=at,
    )
    record.emit(_fact(row), subject=row, by=by, at=at)
    return row


def _refuse(card: Scorecard, rule: DeductionRule | None, *, at: datetime) -> None:
    if rule is None:
        raise Refused("no_basis", _("Nothing is deducted until the rule it rests on is recorded."))
    if card.start_date < rule.announced_date:
        raise Refused("rule_is_younger", _("The rule was announced after this period began; it does not reach back."))
    if card.end_date >= at.astimezone(LEGAL_ZONE).date():
        raise Refused("period_runs", _("The period is not over yet."))
    if Deduction.objects.filter(scorecard=card).exists():
        raise Refused("deducted_already", _("The line stands in this result already."))


def _fact(row: Deduction) -> events.Deducted:
    return events.Deducted(
        deduction_id=str(row.pk),
        rule_id=str(row.rule_id),
        employment_id=str(row.scorecard.employment_id),
        scorecard_id=str(row.scorecard_id),
        adjustment_id=str(row.adjustment_id),
    )
