"""How far a key result, an objective and a project are, as whole percents from 0 to 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum


def percent_reached(*, start: Decimal, target: Decimal, current: Decimal) -> int:
    """The way from start to target, also downwards; rounded down, so that 100 means reached.

    3 of 5 renewals → 60; complaints from 20 down to 5, now 11 → 60.
    """
    if start == target:
        return 100 if current == target else 0
    share = (current - start) / (target - start)
    return int((min(max(share, Decimal(0)), Decimal(1)) * 100).to_integral_value(ROUND_DOWN))


def percent_of_objective(percents: Sequence[int]) -> int:
    """The mean of its key results, each counting the same, rounded down."""
    return sum(percents) // len(percents) if percents else 0


class Mark(StrEnum):
    DONE = "done"
    NOW = "now"
    LATE = "late"
    PLANNED = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    due_date: date | None
    is_done: bool


def marks(steps: Sequence[Step], *, today: date) -> list[Mark]:
    """The first step that is neither done nor late is the one being worked on."""
    found: list[Mark] = []
    for step in steps:
        if step.is_done:
            found.append(Mark.DONE)
        elif step.due_date is not None and step.due_date < today:
            found.append(Mark.LATE)
        else:
            found.append(Mark.PLANNED if Mark.NOW in found else Mark.NOW)
    return found
