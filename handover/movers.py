"""Who can give what is in flight to somebody else. Each room registers its own kinds of things in ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ehr.lib.registry import Registry

if TYPE_CHECKING:
    from ehr.identity.models import User
    from handover.models import Handover


class Settled(Exception):
    """There is nothing left to move: somebody decided, closed or moved it meanwhile."""

    def __init__(self, detail: Any) -> None:
        super().__init__(str(detail))
        self.detail = str(detail)


@dataclass(frozen=True, kw_only=True)
class InFlight:
    """One thing in somebody's hands. `title` says no more than everybody may know who reads the plan. `barred`: users
    who can't take it, whoever proposes them."""

    ref: str
    title: str
    url: str = ""
    barred: frozenset[Any] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Passing:
    """`before` lets go of it, `to` takes it, `by` reviewed the plan."""

    ref: str
    before: "User"
    to: "User"
    by: "User"
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mover:
    """`find` looks at what the leaver of a handover holds now. `move` changes the open step alone: it raises Settled
    when there is none any more, and Refused when `to` can't take it. `duties`: kinds of deadlines that move with it."""

    code: str
    label: Any
    icon: str
    find: Callable[["Handover"], Iterable[InFlight]]
    move: Callable[[Passing], None]
    duties: tuple[str, ...] = ()


_movers: Registry[str, Mover] = Registry()


def register(mover: Mover) -> Mover:
    return _movers.register(mover.code, mover)


def mover_of(code: str) -> Mover | None:
    return _movers.get(code)


def in_flight(handover: "Handover") -> list[tuple[Mover, InFlight]]:
    return [(mover, one) for mover in _movers.values() for one in mover.find(handover)]


def moved_elsewhere(kind: str) -> bool:
    """A duty that goes along with the thing it is about, and not by itself."""
    prefixes = tuple(prefix for mover in _movers.values() for prefix in mover.duties)
    return kind.startswith(prefixes) if prefixes else False
