"""What an employee names who ends the contract for the employer's fault (LCL 38)."""

from collections.abc import Iterable
from enum import StrEnum

from offboarding.rules.kinds import Kind


class ForcedItem(StrEnum):
    CONDITIONS = "LCL38_1"
    PAY = "LCL38_2"
    INSURANCE = "LCL38_3"
    RULES = "LCL38_4"
    VOID = "LCL38_5"
    OTHER = "LCL38_6"
    DANGER = "LCL38_P2"
    """Paragraph 2: force, threats, unlawful confinement, orders that endanger; not even a notice is asked for."""


def problem(kind: str, items: Iterable[str]) -> str:
    """The code of what is wrong with the items, or nothing: which of them hold is decided by no rule."""
    if kind != Kind.FORCED_RESIGNATION:
        return "B_ITEM_OUT_OF_PLACE" if list(items) else ""
    return "" if list(items) else "B_ITEM_MISSING"


def in_order(items: Iterable[str]) -> list[str]:
    """As the law numbers them, each once."""
    named = set(items)
    return [item.value for item in ForcedItem if item in named]
