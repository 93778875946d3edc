"""Who scores what, for pages and API alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from employees.models import Employment

from . import operations
from .models import Indicator, Owner, Scorecard
from .permissions import PerformancePermission as P
from .rules.periods import Period

SIDES = {Owner.STORE: P.SCORE_AS_STORE, Owner.HEADQUARTERS: P.SCORE_AS_HEADQUARTERS}


def asked_of(user: Any, cards: Sequence[Scorecard]) -> list[tuple[Scorecard, Indicator]]:
    """Nobody their own; what a system measures is nobody's to score. Two statements, however many cards."""
    pks = [card.pk for card in cards if card.is_open and card.employment.person.user_id != user.pk]
    rows = Scorecard.objects.filter(pk__in=pks)
    mine = {side: set(rows.visible_to(user, may).values_list("pk", flat=True)) for side, may in SIDES.items()}
    return [
        (card, row)
        for card in cards
        for row in card.version.indicators.all()
        if card.pk in mine.get(Owner(row.owner), ())
    ]


def open_for(user: Any, period: Period, *, at: datetime) -> int:
    """For the people whose plans this person manages."""
    people = Employment.objects.visible_to(user, P.MANAGE_PLAN).current()
    return operations.open_period(period=period, people=people, by=user, at=at)
