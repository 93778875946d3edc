"""From a permission to rows: the condition every list, detail, export and search starts with."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from ehr.access.held import held, reach
from ehr.access.roles import Scope

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING

NamedPath = str | tuple[str, str]


def scope(
    user: Any,
    permission: str,
    *,
    own: str | Q | None = None,
    reports: str | Q | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
    named: NamedPath | None = None,
) -> Q:
    """Rows this permission reaches.

    own, reports: paths to a user, or the condition itself; unit: path to the *path* column of a unit
    (`unit__path`); unit_id: instead of it, the key of a unit: one statement more, for tables so large that the
    planner has to know which units are meant; named: the direct-FK grant model `"offboarding.CaseGrant"`, or
    `("case_id", "offboarding.CaseGrant")` when it hangs on a relation. A scope without its path reaches nothing.
    """
    scopes, paths = reach(user, permission)
    if Scope.ALL in scopes:
        return EVERYTHING
    condition = NOTHING
    if own and Scope.OWN in scopes:
        condition |= _of_user(own, user)
    if reports and Scope.REPORTS in scopes:
        condition |= _of_user(reports, user)
    if unit and paths:
        condition |= under_paths(unit, paths)
    if unit_id and paths:
        units = apps.get_model("units.OrgUnit")._default_manager.filter(under_paths("path", paths))
        condition |= Q(**{f"{unit_id}__in": list(units.values_list("pk", flat=True))})
    if named and Scope.NAMED in scopes:
        condition |= _named(user, permission, named)
    return condition


def asked_of(user: Any, *, unit: str) -> Q:
    """Rows whose `role` the user holds for that very unit. Roles don't add up: finance of one company and HR of
    another is finance of neither where the other role is held."""
    asked = NOTHING
    for one in held(user):
        asked |= Q(role=one.role.value) & (Q(**{f"{unit}__startswith": one.path}) if one.path else EVERYTHING)
    return asked


def _of_user(path: str | Q, user: Any) -> Q:
    return Q(**{path: user.pk}) if isinstance(path, str) else path


def under_paths(field: str, paths: set[str]) -> Q:
    condition = NOTHING
    for path in _outermost(paths):
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def _outermost(paths: set[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _named(user: Any, permission: str, named: NamedPath) -> Q:
    column, label = named if isinstance(named, tuple) else ("pk", named)
    granted = apps.get_model(label)._default_manager.filter(
        user_id=user.pk, permission__codename=str(permission).partition(".")[2]
    )
    return Q(**{f"{column}__in": granted.values("content_object_id")})
