"""A fact: what happened, in the past tense, as small values. The apps' events.py files are made of these."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Fields are ids, dates, codes and counts; never wages, ID numbers or prose."""

    kind: ClassVar[str] = ""

    def payload(self) -> dict[str, Any]:
        return {name: value if type(value) is str else plain(value) for name, value in vars(self).items()}


def plain(value: Any) -> Any:
    """The one JSON shape of a value: instants with offset, civil dates, decimals as strings, no floats."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    raise TypeError(f"{type(value).__name__} does not belong in a fact")
