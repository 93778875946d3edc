"""The composite score with every step of its arithmetic. docs/algorithms/composite-score.md

Rounded twice, half away from zero, to 0.01 points: the sum of the lines, and each change of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

POINT = Decimal("0.01")
FULL = Decimal(100)
MOST_POINTS = Decimal(150)
"""The best a single indicator can earn: half as much again as the target."""


@dataclass(frozen=True, kw_only=True)
class Weighted:
    key: str
    weight: Decimal
    score: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    key: str
    weight: Decimal
    score: Decimal | None
    points: Decimal | None
    """weight × score ÷ 100, exact; None while there is no score."""


@dataclass(frozen=True, kw_only=True)
class Percentage:
    """What an adjustment takes from the base (below zero) or adds to it."""

    key: str
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class Change:
    key: str
    percent: Decimal
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class Composite:
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]
    scored_weight: Decimal
    so_far: Decimal
    base: Decimal | None
    result: Decimal | None

    @property
    def is_complete(self) -> bool:
        return self.result is not None

    @property
    def is_floored(self) -> bool:
        """The changes would have gone below zero."""
        return self.base is not None and self.base + sum((c.points for c in self.changes), Decimal(0)) < 0


def compose(*, indicators: Sequence[Weighted], adjustments: Sequence[Percentage] = ()) -> Composite:
    """Without a score for every indicator there is no base and no result, only what is earned so far.

    40 % × 92.50 + 30 % × 88.00 + 30 % × 76.25 = 37 + 26.4 + 22.875 = 86.28; −10 % = −8.63; result 77.65.
    """
    lines = tuple(_line(one) for one in indicators)
    scored = [line for line in lines if line.points is not None]
    so_far = _rounded(sum((line.points for line in scored if line.points is not None), Decimal(0)))
    is_complete = bool(lines) and len(scored) == len(lines)
    changes = tuple(_change(one, so_far) for one in adjustments) if is_complete else ()
    result = max(so_far + sum((change.points for change in changes), Decimal(0)), Decimal(0))
    return Composite(
        lines=lines,
        changes=changes,
        scored_weight=sum((line.weight for line in scored), Decimal(0)),
        so_far=so_far,
        base=so_far if is_complete else None,
        result=result if is_complete else None,
    )


def _line(one: Weighted) -> Line:
    points = None if one.score is None else one.weight * one.score / FULL
    return Line(key=one.key, weight=one.weight, score=one.score, points=points)


def _change(one: Percentage, base: Decimal) -> Change:
    return Change(key=one.key, percent=one.percent, points=_rounded(base * one.percent / FULL))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(POINT, ROUND_HALF_UP)
