"""Entries of the sidebar and the phone's bottom bar; apps register theirs in ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Entry:
    key: str
    label: Any
    icon: str
    url: str
    section: str
    permission: str | None = None
    order: int = 50
    counter: Callable[[Any], Any] | None = None  # user -> QuerySet; counted inside the shell's one statement
    short: Any = ""  # for the phone's bottom bar
    phone: bool = False


_entries: Registry[str, Entry] = Registry()


def register(*entries: Entry) -> None:
    for entry in entries:
        _entries.register(entry.key, entry)


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.section, entry.order))
