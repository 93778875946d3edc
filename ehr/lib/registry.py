"""What the apps say of themselves at start, by key: navigation, kinds, subscribers."""

from collections.abc import Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Registry(dict[Key, Thing]):
    """Two apps that choose one key would silently lose the first one's thing."""

    def register(self, key: Key, thing: Thing) -> Thing:
        """The same thing may come again, as when a module is read twice."""
        if self.setdefault(key, thing) != thing:
            raise ValueError(f"something else is registered as {key!r}")
        return thing
