"""Pages about one employment, side by side; upper apps add theirs in ready()."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import access
from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Tab:
    label: Any
    url: str
    permission: str
    order: int = 50
    own: bool = True
    """Also for a reader whose own file it is."""


OVERVIEW = Tab(label=_("Overview"), url="employees:profile", permission="employees.view_employment", order=0)
FACTS = Tab(label=_("Employment facts"), url="employees:facts", permission="employees.view_employment_facts", order=10)
PROTECTIONS = Tab(
    label=_("Protections"),
    url="employees:protections",
    permission="employees.view_protected_status",
    order=20,
    own=False,
)
_tabs: Registry[str, Tab] = Registry({tab.url: tab for tab in (OVERVIEW, FACTS, PROTECTIONS)})


def register(tab: Tab) -> None:
    _tabs.register(tab.url, tab)


def tabs_of(employment: Any, *, reader: Any, current: str) -> list[dict[str, Any]]:
    offered = [tab for tab in sorted(_tabs.values(), key=lambda tab: tab.order) if access.has(reader, tab.permission)]
    reached = _reached({tab.permission for tab in offered}, employment, reader)
    return [
        {"label": tab.label, "href": reverse(tab.url, args=[employment.pk]), "current": tab.url == current}
        for tab in offered
        if (tab is OVERVIEW or tab.permission in reached) and (tab.own or employment.person.user_id != reader.pk)
    ]


def _reached(permissions: set[str], employment: Any, reader: Any) -> set[str]:
    """Held for this person, not only for others: one statement for all. (The overview is the page the reader came by.)"""
    people, names = type(employment)._default_manager, dict(enumerate(sorted(permissions - {OVERVIEW.permission})))
    asked = {f"may_{n}": Exists(people.visible_to(reader, name).filter(pk=employment.pk)) for n, name in names.items()}
    answers = people.filter(pk=employment.pk).values(**asked).first() if asked else {}
    return {name for n, name in names.items() if answers[f"may_{n}"]}
