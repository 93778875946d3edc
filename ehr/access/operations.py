"""Giving and withdrawing roles. Every change is told to its user and to everybody who watches over the roles."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import notices, record
from ehr.access.events import RoleGiven, RoleWithdrawn
from ehr.access.models import RoleGrant
from ehr.access.people import users_with
from ehr.access.roles import GRANTABLE, Role
from ehr.errors import Refused


@transaction.atomic
def give_role(
    *,
    user: Any,
    role: Role,
    unit: Any = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: Any,
    at: datetime,
) -> RoleGrant:
    """Nobody gives a role to themselves, so nobody reaches HR's data silently: it takes two, and both are on record."""
    if by is not None and by.pk == user.pk:
        raise Refused("own_role", _("Nobody can give a role to themselves."), field="user")
    if role not in GRANTABLE:
        raise Refused("role_not_given", _("Everybody has this role by what they are."), field="role")
    grant, fresh = RoleGrant.objects.get_or_create(
        user=user, role=role, unit=unit, defaults={"valid_from": valid_from, "valid_to": valid_to}
    )
    if not fresh:
        raise Refused("role_held", _("This role is held there already."), field="role")
    fact = RoleGiven(
        user_id=str(user.pk),
        role=role,
        unit_path=unit.path if unit else "/",
        valid_from=str(valid_from or ""),
        valid_to=str(valid_to or ""),
    )
    record.emit(fact, subject=user, by=by, at=at)
    _tell("access.role_given", grant, by=by, at=at)
    return grant


@transaction.atomic
def withdraw_role(grant: RoleGrant, *, by: Any, at: datetime) -> None:
    if by is not None and by.pk == grant.user_id:
        raise Refused("own_role", _("Nobody can withdraw their own role; a colleague does it."))
    deleted, _rows = RoleGrant.objects.filter(pk=grant.pk).delete()
    if not deleted:
        return
    path = grant.unit.path if grant.unit else "/"
    fact = RoleWithdrawn(user_id=str(grant.user_id), role=grant.role, unit_path=path)
    record.emit(fact, subject=grant.user, by=by, at=at)
    _tell("access.role_withdrawn", grant, by=by, at=at)


def _tell(kind: str, grant: RoleGrant, *, by: Any, at: datetime) -> None:
    watchers = users_with(Role.AUDITOR, None)
    params = {
        "name": str(grant.user),
        "role": grant.role,
        "unit": grant.unit.name if grant.unit else "",
        "by": str(by or ""),
    }
    told = [grant.user, *watchers]
    notices.tell(told, kind=kind, params=params, url="/settings/roles/", subject=grant.user, at=at, by=by)
