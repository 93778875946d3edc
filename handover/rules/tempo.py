"""Who takes longer to hand over than the others, and over what: see docs/algorithms/handover-tempo.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

MIN_HANDOVERS = 12
"""On each side; fewer say nothing."""
LEAST_EXCESS = 0.2
"""A fifth longer than the others, or it is not worth a word."""
LEAST_SIGMA = 3.0
"""Standard errors between the two means: by chance less than once in seven hundred comparisons."""
LEAST_SHARE = 0.5
"""In half of a family's handovers the same thing was confirmed last, or there is no single cause to name."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Handovers of one family: how many, how many days each took on average, and how far these days lie apart."""

    key: str
    n: int
    mean: float
    deviation: float


@dataclass(frozen=True, kw_only=True)
class Last:
    """What was confirmed last in so many handovers of a family: all the others waited for it."""

    key: str
    title: str
    n: int


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`key` takes `excess` longer than the others, and `title` came last in `last` of `n`: begin `lead_days` earlier."""

    key: str
    title: str
    n: int
    mean: float
    others_n: int
    others_mean: float
    sigma: float
    last: int

    @property
    def excess(self) -> float:
        return self.mean / self.others_mean - 1

    @property
    def lead_days(self) -> int:
        return ceil(self.mean - self.others_mean)


def suggestions(cells: Sequence[Cell], last: Sequence[Last]) -> list[Suggestion]:
    """The longest first; empty while the numbers are thin."""
    causes: Mapping[str, Last] = {one.key: one for one in sorted(last, key=lambda one: one.n)}
    found = [_compared(cell, [one for one in cells if one.key != cell.key], causes.get(cell.key)) for cell in cells]
    return sorted((one for one in found if one), key=lambda one: -one.excess)


def pooled(cells: Sequence[Cell]) -> Cell:
    """Several families taken as one: the spread within each and between their means."""
    n = sum(one.n for one in cells)
    if not n:
        return Cell(key="", n=0, mean=0.0, deviation=0.0)
    mean = sum(one.n * one.mean for one in cells) / n
    variance = sum(one.n * (one.deviation**2 + (one.mean - mean) ** 2) for one in cells) / n
    return Cell(key="", n=n, mean=mean, deviation=sqrt(variance))


def _compared(cell: Cell, rest: Sequence[Cell], cause: Last | None) -> Suggestion | None:
    others = pooled(rest)
    if cause is None or min(cell.n, others.n) < MIN_HANDOVERS or not others.mean:
        return None
    error = sqrt(cell.deviation**2 / cell.n + others.deviation**2 / others.n)
    told = Suggestion(
        key=cell.key,
        title=cause.title,
        n=cell.n,
        mean=cell.mean,
        others_n=others.n,
        others_mean=others.mean,
        sigma=(cell.mean - others.mean) / error if error else 0.0,
        last=cause.n,
    )
    return told if _is_worth_saying(told) else None


def _is_worth_saying(told: Suggestion) -> bool:
    return told.excess >= LEAST_EXCESS and told.sigma >= LEAST_SIGMA and told.last / told.n >= LEAST_SHARE
