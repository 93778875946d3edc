"""What systems recorded about the things on a list, asked at the moment an item is handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handover.models import HandoverItem


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """`percent` done, as `system` says."""

    system: str
    percent: int


Lookup = Callable[["HandoverItem"], Recorded | None]

_lookups: list[Lookup] = []


def register(lookup: Lookup) -> Lookup:
    _lookups.append(lookup)
    return lookup


def recorded_of(item: "HandoverItem") -> Recorded | None:
    return next((found for lookup in _lookups if (found := lookup(item)) is not None), None)
