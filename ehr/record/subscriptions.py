"""Who wants to hear of what. Filled by the apps' subscribers.py at start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ehr.lib.registry import Registry

if TYPE_CHECKING:
    from ehr.record.models import Event

Handler = Callable[["Event"], Any]


@dataclass(frozen=True)
class Subscription:
    name: str
    kind: str
    handler: Handler

    def wants(self, kind: str) -> bool:
        if self.kind.endswith(".*"):
            return kind.startswith(self.kind[:-1])
        return kind == self.kind


_subscriptions: Registry[str, Subscription] = Registry()


def subscribe(kind: str, name: str) -> Callable[[Handler], Handler]:
    """kind may end in '.*'. The name is stored with each delivery: it must be unique and never change."""

    def register(handler: Handler) -> Handler:
        _subscriptions.register(name, Subscription(name, kind, handler))
        names_for.cache_clear()
        return handler

    return register


def forget(name: str) -> None:
    _subscriptions.pop(name, None)
    names_for.cache_clear()


def get(name: str) -> Subscription | None:
    return _subscriptions.get(name)


def everyone() -> tuple[Subscription, ...]:
    return tuple(_subscriptions.values())


@lru_cache(maxsize=1024)
def names_for(kind: str) -> tuple[str, ...]:
    return tuple(s.name for s in _subscriptions.values() if s.wants(kind))
