"""How somebody stands with signing in: no account, a letter on its way, in use, locked, or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ehr import access, clock
from ehr.access.models import RoleGrant
from ehr.identity.models import User

from ..models import Employment, EmploymentStatus
from ..permissions import EmployeePermission as P

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ..models import EmploymentQuerySet


class Standing(TextChoices):
    NONE = "none", _("No account")
    INVITED = "invited", _("No password yet")
    OPEN = "open", _("May sign in")
    LOCKED = "locked", _("Locked")
    LEFT = "left", _("Left: own papers only")


TONES = {
    Standing.NONE: "idle",
    Standing.INVITED: "warn",
    Standing.OPEN: "ok",
    Standing.LOCKED: "bad",
    Standing.LEFT: "idle",
}
UNUSABLE = "!"
"""How Django begins what is kept in the place of a password that nobody has set."""

_HERE = Q(person__user__is_active=True, person__user__access_closed_at=None)
CONDITIONS = {
    Standing.NONE: Q(person__user=None),
    Standing.INVITED: _HERE & Q(person__user__password__startswith=UNUSABLE),
    Standing.OPEN: _HERE & ~Q(person__user__password__startswith=UNUSABLE),
    Standing.LOCKED: Q(person__user__is_active=False),
    Standing.LEFT: Q(person__user__is_active=True, person__user__access_closed_at__isnull=False),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    employment: Employment
    user: User | None
    standing: Standing
    roles: list[str]
    is_self: bool

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def may_get_letter(self) -> bool:
        return self.standing in (Standing.INVITED, Standing.OPEN)


def standing_of(user: User | None) -> Standing:
    if user is None:
        return Standing.NONE
    if not user.is_active:
        return Standing.LOCKED
    if user.access_closed_at is not None:
        return Standing.LEFT
    return Standing.OPEN if user.has_usable_password() else Standing.INVITED


def lines_of(rows: Sequence[Employment], *, reader: Any) -> list[Line]:
    roles = _roles_of([row.person.user_id for row in rows if row.person.user_id])
    return [
        Line(
            employment=row,
            user=row.person.user,
            standing=standing_of(row.person.user),
            roles=roles[row.person.user_id],
            is_self=row.person.user_id == reader.pk,
        )
        for row in rows
    ]


def _roles_of(users: Sequence[Any]) -> dict[Any, list[str]]:
    """In words, with their unit; one statement for the whole page."""
    words: dict[Any, list[str]] = defaultdict(list)
    grants = RoleGrant.objects.filter(user__in=users).valid(clock.today()).select_related("unit").order_by("role")
    for grant in grants:
        words[grant.user_id].append(f"{grant.label} · {grant.unit.name}" if grant.unit else str(grant.label))
    return words


def filtered(rows: EmploymentQuerySet, wanted: str) -> EmploymentQuerySet:
    """Of people who left only those whose account is still there are of interest."""
    rows = rows.exclude(status=EmploymentStatus.LEFT, person__user=None)
    return rows.filter(CONDITIONS[Standing(wanted)]) if wanted else rows


def how_many_wanting(user: Any) -> int:
    return wanting(user).count()


def wanting(user: Any) -> EmploymentQuerySet:
    rows = Employment.objects.current().filter(person__user=None)
    return rows.visible_to(user, P.MANAGE_ACCOUNTS) if user else rows


def accounts_visible_to(user: Any) -> QuerySet[User]:
    """Of the people whose accounts this reader looks after."""
    users = User.objects.select_related("person__data_key")
    if access.scope(user, P.MANAGE_ACCOUNTS) is access.EVERYTHING:
        return users
    people = Employment.objects.visible_to(user, P.MANAGE_ACCOUNTS).exclude(person__user=None)
    return users.filter(pk__in=people.values("person__user_id"))


def without_file(user: Any) -> list[User]:
    """Of integrations, consultants, the first administrator: seen by who looks after the whole group."""
    if access.scope(user, P.MANAGE_ACCOUNTS) is not access.EVERYTHING:
        return []
    return list(User.objects.filter(person=None).order_by("username")[:50])
