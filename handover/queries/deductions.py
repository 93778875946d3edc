"""How the handovers of a period count in the results of their heads. The figures of a period that is over stay as they
are: what is confirmed later is late, and what is found missing later counts in the period in which it is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from ehr.clock import LEGAL_ZONE
from handover.models import Deduction, DeductionRule, Handover, HandoverItem, Omission
from handover.models.choices import State
from handover.rules import deduction
from handover.rules.responsibility import Finding
from performance.models import Scorecard
from performance.permissions import PerformancePermission
from performance.queries import cards_that_take

COUNTED = (State.OPEN, State.COMPLETE, State.SIGNED)


def rule_in_force() -> DeductionRule | None:
    return DeductionRule.objects.in_force().select_related("set_by").first()


def rules_before() -> list[DeductionRule]:
    ended = DeductionRule.objects.exclude(ended_at=None).select_related("set_by", "ended_by")
    return list(ended.order_by("-ended_at"))


def last_month(today: date) -> str:
    """'2026-05', all of June."""
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


@dataclass(frozen=True, kw_only=True)
class HeadDeduction:
    """What a head's scorecard would lose, or lost: then the figures are those of that moment."""

    card: Scorecard
    figures: deduction.Figures
    counted: deduction.Deduction | None
    recorded: Deduction | None

    @property
    def may_be_deducted(self) -> bool:
        return self.recorded is None and self.counted is not None and self.counted.percent > 0


def deductions(user: Any, *, period: str) -> list[HeadDeduction]:
    """Heads whose results this reader adjusts, with handovers in this period; most to deduct first."""
    cards = cards_that_take(period)
    if cards is None:
        return []
    reached = cards.visible_to(user, PerformancePermission.ADJUST_RESULT).with_person()
    shown = [row for row in of_cards(list(reached)) if not row.figures.is_empty]
    return sorted(shown, key=lambda row: (-(row.counted.points if row.counted else 0), str(row.card.pk)))


def of_cards(cards: Sequence[Scorecard]) -> list[HeadDeduction]:
    """Of cards of one period."""
    rule, figures = rule_in_force(), figures_of(cards)
    rows = Deduction.objects.filter(scorecard__in=cards).select_related("rule", "adjustment", "by")
    recorded = {row.scorecard_id: row for row in rows}
    return [_of_card(card, figures[card.pk], recorded.get(card.pk), rule) for card in cards]


def figures_of(cards: Sequence[Scorecard]) -> dict[UUID, deduction.Figures]:
    """Three statements, however many heads; all cards are of the same period."""
    if not cards:
        return {}
    heads = {card.employment.person.user_id for card in cards} - {None}
    begin, end = _instants(cards[0])
    missed = _against_heads().filter(handover__head__in=heads, filed_at__gte=begin, filed_at__lt=end)
    ended = Q(handover__last_working_date__range=(cards[0].start_date, cards[0].end_date), handover__state__in=COUNTED)
    found = Exists(missed.filter(handover=OuterRef("handover")))
    items = HandoverItem.objects.filter(handover__head__in=heads).values("handover__head")
    in_time = ended & Q(confirmed_at__lt=end)
    due = items.filter(ended).annotate(due=Count("pk"), confirmed=Count("pk", filter=in_time))
    checked = items.filter(ended | found).annotate(checked=Count("pk"))
    counts: dict[Any, dict[str, int]] = {
        head: dict.fromkeys(("due", "confirmed", "checked", "missed"), 0) for head in heads
    }
    for row in (*due, *checked, *missed.values("handover__head").annotate(missed=Count("pk"))):
        counts[row.pop("handover__head")].update(row)
    none = deduction.Figures(due=0, confirmed=0, checked=0, missed=0)
    by_head = {head: deduction.Figures(**numbers) for head, numbers in counts.items()}
    return {card.pk: by_head.get(card.employment.person.user_id, none) for card in cards}


def handovers_behind(card: Scorecard) -> Any:
    """What the figures were counted from, for whoever decides about an appeal."""
    begin, end = _instants(card)
    ended = Q(last_working_date__range=(card.start_date, card.end_date), state__in=COUNTED)
    found = _against_heads().filter(handover=OuterRef("pk"), filed_at__gte=begin, filed_at__lt=end)
    rows = Handover.objects.filter(ended | Exists(found), head=card.employment.person.user_id)
    return rows.for_page().counted().order_by("last_working_date", "pk")


def _of_card(
    card: Scorecard, figures: deduction.Figures, recorded: Deduction | None, rule: DeductionRule | None
) -> HeadDeduction:
    if recorded:
        return HeadDeduction(card=card, figures=recorded.figures, counted=recorded.counted, recorded=recorded)
    counted = deduction.deduction(figures, rule.terms) if rule else None
    return HeadDeduction(card=card, figures=figures, counted=counted, recorded=None)


def _against_heads() -> Any:
    return Omission.objects.filter(findings__contains=[Finding.HEAD_CONFIRMED_WITHOUT.value])


def _instants(card: Scorecard) -> tuple[datetime, datetime]:
    """From midnight to midnight in Shanghai."""
    first, after = card.start_date, card.end_date + timedelta(days=1)
    return datetime.combine(first, time(), LEGAL_ZONE), datetime.combine(after, time(), LEGAL_ZONE)
