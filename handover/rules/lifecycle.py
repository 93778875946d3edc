"""Two small tables: what may happen to a handover and to one of its items, and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    HELD = "held"
    OPEN = "open"
    COMPLETE = "complete"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    PENDING = "pending"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class Move:
    sources: frozenset[str]
    target: str


def _move(target: str, *sources: str) -> Move:
    return Move(sources=frozenset(sources), target=target)


HANDOVER: Mapping[str, Move] = {
    "release": _move(State.OPEN, State.HELD),
    "complete": _move(State.COMPLETE, State.OPEN),
    "sign": _move(State.SIGNED, State.COMPLETE),
    "return": _move(State.OPEN, State.COMPLETE),
    "cancel": _move(State.CANCELLED, State.HELD, State.OPEN, State.COMPLETE),
}

ITEM: Mapping[str, Move] = {
    "submit": _move(ItemState.SUBMITTED, ItemState.PENDING, ItemState.RETURNED),
    "explain": _move(ItemState.SUBMITTED, ItemState.SUBMITTED),
    "witness": _move(ItemState.SUBMITTED, ItemState.SUBMITTED),
    "confirm": _move(ItemState.CONFIRMED, ItemState.SUBMITTED),
    "return": _move(ItemState.RETURNED, ItemState.SUBMITTED),
}

RUNNING = (State.OPEN, State.COMPLETE)


def allowed(table: Mapping[str, Move], state: str) -> tuple[str, ...]:
    return tuple(action for action, move in table.items() if state in move.sources)
