"""Pages about one employment, side by side; upper apps add theirs in ready()."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import access


@dataclass(frozen=True, kw_only=True)
class Tab:
    label: Any
    url: str
    permission: str
    order: int = 50


_tabs: list[Tab] = [Tab(label=_("Overview"), url="employees:profile", permission="employees.view_employment", order=0)]


def register(tab: Tab) -> None:
    if tab not in _tabs:
        _tabs.append(tab)


def tabs_of(employment: Any, *, reader: Any, current: str) -> list[dict[str, Any]]:
    return [
        {"label": tab.label, "href": reverse(tab.url, args=[employment.pk]), "current": tab.url == current}
        for tab in sorted(_tabs, key=lambda tab: tab.order)
        if access.has(reader, tab.permission) and _reaches(tab, employment, reader)
    ]


def _reaches(tab: Tab, employment: Any, reader: Any) -> bool:
    """Held for this person, not only for others; the overview is the page the reader came by."""
    rows = type(employment)._default_manager.visible_to(reader, tab.permission)
    return tab is _tabs[0] or bool(rows.filter(pk=employment.pk).exists())
