"""What stands around every page: who you are, where you may go, what waits. The role grants and one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ehr import access, counters, navigation
from ehr.access.held import held
from ehr.access.labels import ROLE_LABELS

SECTIONS = {
    "work": "",
    "people": _("People"),
    "insight": _("Insight"),
    "settings": _("Settings"),
    "system": _("System"),
    "me": _("Mine"),
}
PHONE_PLACES = 5


@dataclass(kw_only=True)
class Link:
    key: str
    label: Any
    short: Any
    icon: str
    href: str
    section: str
    phone: bool
    count: int = 0
    current: bool = False

    @property
    def tone(self) -> str:
        """Only what waits for me is red."""
        return "bad" if self.key == "inbox" else ""


@dataclass(frozen=True, kw_only=True)
class Shell:
    brand: str
    company: str
    title: str
    unread: int
    path: str
    links: list[Link]

    @property
    def sections(self) -> list[tuple[Any, list[Link]]]:
        return [(SECTIONS[name], list(group)) for name, group in groupby(self.links, key=lambda link: link.section)]

    @property
    def phone(self) -> list[Link]:
        return [link for link in self.links if link.phone][:PHONE_PLACES]

    @property
    def here(self) -> Any:
        return next((link.short for link in self.links if link.current), self.brand)

    @property
    def is_place(self) -> bool:
        """This is the page an entry of the sidebar leads to, and not one below it."""
        return any(link.current and link.href == self.path for link in self.links)

    @property
    def mine(self) -> list[Link]:
        return [link for link in self.links if link.section == "me"]


def build_shell(request: HttpRequest) -> Shell:
    user = request.user
    entries = _entries_of(user)
    counted = counters.count(user, entries)
    links = [link for entry in entries if (link := _link(entry, counted))]
    _mark_current(links, request.path)
    return Shell(
        brand=brand(),
        company=counted.get("company") or "",
        title=_title(user, counted.get("place") or ""),
        unread=counted.get("unread") or 0,
        path=request.path,
        links=links,
    )


def destinations(user: Any) -> list[str]:
    """Addresses this person may go to, in the order of the sidebar."""
    return [link.href for entry in _entries_of(user) if (link := _link(entry, {}))]


def _entries_of(user: Any) -> list[navigation.Entry]:
    """By section; who has no role beyond that of every employee begins with their own things."""
    order = list(SECTIONS) if _office(user) else ["me", *SECTIONS]
    entries = [entry for entry in navigation.entries() if _may(user, entry)]
    return sorted(entries, key=lambda entry: (order.index(entry.section), entry.order))


def brand() -> str:
    names: dict[str, str] = settings.PRODUCT_NAME
    return names.get(get_language() or settings.LANGUAGE_CODE) or names["zh-hans"]


def _may(user: Any, entry: navigation.Entry) -> bool:
    return entry.permission is None or access.has(user, entry.permission)


def _link(entry: navigation.Entry, counted: dict[str, Any]) -> Link | None:
    try:
        href = reverse(entry.url)
    except NoReverseMatch:
        return None
    return Link(
        key=entry.key,
        label=entry.label,
        short=entry.short or entry.label,
        icon=entry.icon,
        href=href,
        section=entry.section,
        phone=entry.phone,
        count=counted.get(f"n_{entry.key}") or 0,
    )


def _mark_current(links: Iterable[Link], path: str) -> None:
    """The longest address that the page lies under."""
    above = [link for link in links if path == link.href or (link.href != "/" and path.startswith(link.href))]
    if above:
        max(above, key=lambda link: len(link.href)).current = True


_BY_WHAT_THEY_ARE = (access.Role.HEAD, access.Role.STORE_MANAGER)
_WIDEST_FIRST = (access.Role.GROUP_HR, access.Role.HR_MANAGER)


def _office(user: Any) -> access.Role | None:
    """The role to be called by, beyond that of every employee: one that was given before one that comes with a unit."""
    offices = {one.role for one in held(user)} - {access.Role.EMPLOYEE, access.Role.LEAVER}
    return min(offices, key=_weight, default=None)


def _weight(role: access.Role) -> tuple[bool, bool, int]:
    return role in _BY_WHAT_THEY_ARE, role not in _WIDEST_FIRST, -list(access.Role).index(role)


def _title(user: Any, place: str) -> str:
    """华东区 HRBP"""
    role = _office(user)
    return f"{place} {ROLE_LABELS[role]}".strip() if role else str(ROLE_LABELS[access.Role.EMPLOYEE])
