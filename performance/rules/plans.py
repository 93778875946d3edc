"""What makes a plan fit to be published, and which plan a person is measured by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

WHOLE = Decimal(100)


class Owner(StrEnum):
    """Who scores an indicator."""

    HEADQUARTERS = "headquarters"
    STORE = "store"
    FEED = "feed"


class Problem(StrEnum):
    NO_INDICATORS = "no_indicators"
    WEIGHT_NOT_POSITIVE = "weight_not_positive"
    WEIGHTS_NOT_100 = "weights_not_100"
    KEY_TWICE = "key_twice"


@dataclass(frozen=True, kw_only=True)
class Share:
    key: str
    weight: Decimal


def weight_of(shares: Iterable[Share]) -> Decimal:
    return sum((share.weight for share in shares), Decimal(0))


def problems(shares: Sequence[Share]) -> list[Problem]:
    found = []
    if not shares:
        found.append(Problem.NO_INDICATORS)
    if any(share.weight <= 0 for share in shares):
        found.append(Problem.WEIGHT_NOT_POSITIVE)
    if shares and weight_of(shares) != WHOLE:
        found.append(Problem.WEIGHTS_NOT_100)
    if len({share.key for share in shares}) < len(shares):
        found.append(Problem.KEY_TWICE)
    return found


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom a plan is for: a person, a unit with everything below it, a job family. Empty means everybody."""

    plan: Any
    person: str = ""
    path: str = ""
    family: str = ""


def nearest(reaches: Iterable[Reach], *, person: str, path: str, family: str) -> Any | None:
    """The person's own plan before the deepest unit's, a family's before the general one; None when none fits."""
    fitting = [
        reach
        for reach in reaches
        if reach.person in ("", person) and path.startswith(reach.path) and reach.family in ("", family)
    ]
    best = max(fitting, key=lambda reach: (reach.person != "", len(reach.path), reach.family != ""), default=None)
    return best.plan if best else None
