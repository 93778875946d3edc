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


def move(target: str, *sources: str) -> Move:
    return Move(sources=frozenset(sources), target=target)


HANDOVER: Mapping[str, Move] = {
    "release": move(State.OPEN, State.HELD),
    "complete": move(State.COMPLETE, State.OPEN),
    "sign": move(State.SIGNED, State.COMPLETE),
    "return": move(State.OPEN, State.COMPLETE),
    "cancel": move(State.CANCELLED, State.HELD, State.OPEN, State.COMPLETE),
}

ITEM: Mapping[str, Move] = {
    "submit": move(ItemState.SUBMITTED, ItemState.PENDING, ItemState.RETURNED),
    "explain": move(ItemState.SUBMITTED, ItemState.SUBMITTED),
    "witness": move(ItemState.SUBMITTED, ItemState.SUBMITTED),
    "confirm": move(ItemState.CONFIRMED, ItemState.SUBMITTED),
    "return": move(ItemState.RETURNED, ItemState.SUBMITTED),
}

RUNNING = (State.OPEN, State.COMPLETE)


def allowed(table: Mapping[str, Move], state: str) -> tuple[str, ...]:
    return tuple(action for action, move in table.items() if state in move.sources)
