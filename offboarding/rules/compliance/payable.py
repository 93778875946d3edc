"""When each part of an exit's pay is due, and what that makes together: WPR 9, LCL 50(2). Nobody configures this."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from offboarding.rules.compliance.lines import Line
from offboarding.rules.compliance.severance import NOTHING
from offboarding.rules.tracks import WAITS


class When(StrEnum):
    LAST_DAY = "last_day"
    HANDOVER = "handover"
    WITHHELD = "withheld"
    """Tax: kept back from what is paid."""


PAID_AS = {"severance": "severance_payment"}
"""Only what `tracks.WAITS` lists may wait, and by law that is severance alone."""
DUE = (
    *("final_wage", "leave_payout", "pay_in_lieu", "damages", "medical_subsidy", "ex_gratia", "severance"),
    *("injury_payments", "leave_carried", "other_pay", "court_order"),
    *("deduction", "asset_recovery"),
)
WITHHELD = ("severance_tax",)


@dataclass(frozen=True, kw_only=True)
class PayLine:
    """A line of the calculation. `amount` is signed; without `when` the line only explains another."""

    code: str
    formula: str
    article: str
    row: str = ""
    amount: Decimal | None = None
    when: When | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One payment: everything due at the same moment, less the tax that is kept back from it."""

    when: When
    amount: Decimal


def when_due(code: str) -> When | None:
    if code in WITHHELD:
        return When.WITHHELD
    if code not in DUE:
        return None
    waits = any(wait.allows == PAID_AS.get(code) for wait in WAITS)
    return When.HANDOVER if waits else When.LAST_DAY


def pay_line(line: Line) -> PayLine:
    when = when_due(line.code)
    amount = line.amount if when else None
    if when is When.WITHHELD and amount:
        amount = -amount
    return PayLine(code=line.code, formula=line.formula, article=line.article, row=line.row, amount=amount, when=when)


def items_of(lines: Iterable[PayLine]) -> tuple[Item, ...]:
    """Tax is kept back from what waits for the handover, and only what is left of it from the last day's payment."""
    lines = list(lines)
    last_day, handover = (_sum(lines, when) for when in (When.LAST_DAY, When.HANDOVER))
    tax = -_sum(lines, When.WITHHELD)
    from_handover = min(tax, handover)
    items = (
        Item(when=When.LAST_DAY, amount=last_day - (tax - from_handover)),
        Item(when=When.HANDOVER, amount=handover - from_handover),
    )
    return tuple(item for item in items if item.amount)


def still_owed(lines: Iterable[PayLine], *, paid: Iterable[Item], paid_lines: Iterable[PayLine]) -> tuple[Item, ...]:
    """What was paid before is not paid twice, nor taken back. 2N and N stand in each other's place (REG 25), so what
    was paid of the one counts towards the other. `paid_lines` are those the last payment of a last day stood on."""
    lines = list(lines)
    rest = dict.fromkeys((When.LAST_DAY, When.HANDOVER), NOTHING)
    for item in items_of(lines):
        rest[item.when] += item.amount
    for item in paid:
        rest[item.when] -= item.amount
    now, before = _damages(lines), _damages(paid_lines)
    from_severance = max(NOTHING, min(-rest[When.HANDOVER], now))
    from_damages = max(NOTHING, min(-rest[When.LAST_DAY], before - now))
    rest[When.LAST_DAY] -= from_severance
    rest[When.HANDOVER] -= from_damages
    return tuple(Item(when=when, amount=amount) for when, amount in rest.items() if amount > 0)


def _damages(lines: Iterable[PayLine]) -> Decimal:
    return total_of(line for line in lines if line.code == "damages")


def total_of(lines: Iterable[PayLine]) -> Decimal:
    return sum((line.amount for line in lines if line.amount is not None), NOTHING)


def _sum(lines: list[PayLine], when: When) -> Decimal:
    return total_of(line for line in lines if line.when is when)
