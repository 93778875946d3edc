"""What a head's own result loses for the handovers of one period: docs/algorithms/head-deduction.md

Rates and the deduction are rounded half up to 0.01, so that the figures on the page can be checked by hand.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FULL = Decimal(100)
COMPLETION_GOAL = Decimal(100)
OMISSION_GOAL = Decimal(5)
"""Percent: everything confirmed in time; fewer than five of a hundred things missed."""
MOST = Decimal(10)
"""No rule takes more of a result than this many percent."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`per_point`: percent of the result for each percentage point beside a goal; never more than `most` in all."""

    per_point: Decimal
    most: Decimal

    @property
    def is_sound(self) -> bool:
        return self.per_point > 0 and 0 < self.most <= MOST


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`confirmed` of the `due` items of the period's handovers; `missed` of the `checked` ones, which are those and
    the items of earlier handovers in which something was found missing in this period."""

    due: int
    confirmed: int
    checked: int
    missed: int

    @property
    def completion(self) -> Decimal:
        return _percent(self.confirmed, self.due) if self.due else COMPLETION_GOAL

    @property
    def omission(self) -> Decimal:
        return _percent(self.missed, self.checked + self.missed) if self.missed else Decimal(0)

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.missed)


@dataclass(frozen=True, kw_only=True)
class Deduction:
    figures: Figures
    terms: Terms
    lacking: Decimal
    """Percentage points below the goal of completion."""
    excess: Decimal
    """Percentage points above the goal of omissions."""
    points: Decimal
    uncapped: Decimal
    percent: Decimal

    @property
    def is_capped(self) -> bool:
        return self.uncapped > self.percent


def deduction(figures: Figures, terms: Terms) -> Deduction:
    """48 of 50 confirmed, 3 missed, 1 % a point: (100 − 96) + (5.66 − 5) = 4.66 points → 4.66 %."""
    lacking = max(COMPLETION_GOAL - figures.completion, Decimal(0))
    excess = max(figures.omission - OMISSION_GOAL, Decimal(0))
    uncapped = _rounded((lacking + excess) * terms.per_point)
    return Deduction(
        figures=figures,
        terms=terms,
        lacking=lacking,
        excess=excess,
        points=lacking + excess,
        uncapped=uncapped,
        percent=min(uncapped, terms.most),
    )


def _percent(part: int, whole: int) -> Decimal:
    return _rounded(FULL * part / whole)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)
