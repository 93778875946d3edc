"""What people change of a unit: each through its verb, and only as far as they may."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ehr import access
from ehr.as_read import differing, refuse_older, version_of
from ehr.identity.models import User
from ehr.units.models import OrgUnit
from ehr.units.permissions import Permission

OF_THE_TREE = ("name", "place", "head", "parent")


def unit_on_file(unit: OrgUnit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in OF_THE_TREE} | {"employer": unit.legal_entity}


def unit_version(unit: OrgUnit) -> str:
    return version_of(unit_on_file(unit))


@transaction.atomic
def change_unit(*, unit: OrgUnit, version: str, by: User, at: datetime, **said: Any) -> list[str]:
    """Answers the names of what changed. `version` is that of the unit the editor read."""
    _check(unit, said, by)
    kept = _held(unit, said.get("parent"))
    changed = differing(unit_on_file(kept), said)
    if not changed:
        return []
    refuse_older(version, unit_version(kept))
    if "name" in changed or "place" in changed:
        kept.rename(said.get("name", kept.name), place=said.get("place", kept.place), by=by, at=at)
    if "head" in changed:
        kept.appoint(said["head"], by=by, at=at)
    if "parent" in changed:
        kept.move(to=said["parent"], by=by, at=at)
    if "employer" in changed:
        kept.employ(said["employer"], by=by, at=at)
    return sorted(changed)


def _held(unit: OrgUnit, parent: OrgUnit | None) -> OrgUnit:
    """As it stands now, until the end of the transaction; with where it moves, in the order in which a move locks."""
    keys = [unit.pk, parent.pk] if parent else [unit.pk]
    return OrgUnit.objects.select_for_update().order_by("pk").in_bulk(keys)[unit.pk]


def _check(unit: OrgUnit, said: dict[str, Any], by: User) -> None:
    if any(name in said for name in OF_THE_TREE):
        access.check(by, Permission.MANAGE_UNITS, unit)
    if "employer" in said:
        access.check(by, Permission.MANAGE_EMPLOYERS, unit)
