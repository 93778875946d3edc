"""Slots of a lower app's page that an upper app fills without the lower one knowing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Panel:
    page: str
    slot: str
    title: Any
    url: Callable[[Any], str]
    permission: str | None = None
    order: int = 50


_panels: dict[tuple[str, str], Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.page, panel.slot] = panel


def of_page(page: str) -> list[Panel]:
    return sorted((p for p in _panels.values() if p.page == page), key=lambda p: p.order)
