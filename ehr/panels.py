"""Slots of a lower app's page that an upper app fills without the lower one knowing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Panel:
    """`url` gives the address of the fragment for the page's object. `drawn` puts it into the page at once; else
    `template` draws what stands there until it comes; without one it is a skeleton. `is_for` tells a reader who holds
    the permission, but not for this object, from one who does."""

    page: str
    slot: str
    title: Any
    url: Callable[[Any], str]
    permission: str | None = None
    template: str | None = None
    is_for: Callable[[Any, Any], bool] | None = None
    drawn: Callable[[HttpRequest, Any], str] | None = None
    order: int = 50


_panels: Registry[tuple[str, str], Panel] = Registry()


def register(panel: Panel) -> None:
    _panels.register((panel.page, panel.slot), panel)


def of_page(page: str) -> list[Panel]:
    return sorted((panel for panel in _panels.values() if panel.page == page), key=lambda panel: panel.order)
