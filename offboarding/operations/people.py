"""Whom to tell. The one place that keeps quiet towards the leaver."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ehr import access, notices
from ehr.access import Role
from ehr.units.models import OrgUnit

from ..models import Case, Step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ehr.identity.models import User
    from ehr.units.models import LegalEntity


def leaver_of(case: Case) -> "User | None":
    return case.employment.person.user


def tell_leaver(case: Case, kind: str, *, at: datetime, **params: Any) -> None:
    """Nothing before the person was told in person (decisions 6), and nothing to somebody who has died."""
    if not case.is_secret and not case.is_of_death:
        notices.tell([leaver_of(case)], kind=kind, params=_params(case, params), url="/me/", subject=case, at=at)


def tell(users: "Iterable[User | None]", case: Case, kind: str, *, at: datetime, url: str = "", **params: Any) -> None:
    others = [user for user in users if user and user != leaver_of(case)]
    notices.tell(others, kind=kind, params=_params(case, params), url=url or case.url, subject=case, at=at)


def tell_asked(users: "list[User]", case: Case, step: Step, *, at: datetime) -> None:
    tell(users, case, "offboarding.asked", at=at, step=step.chain_step.title)


def tell_union(employer: "LegalEntity", *, has_union: bool, reason: str, at: datetime) -> None:
    """The lawyers of each unit that stands for this employer; where there is no such unit or lawyer, of those it employs
    people in."""
    kind = "offboarding.union_there" if has_union else "offboarding.union_gone"
    employing = OrgUnit.objects.filter(employments__employer=employer).distinct()
    for user, unit in (_lawyers(OrgUnit.objects.filter(legal_entity=employer)) or _lawyers(employing)).items():
        words = {"name": employer.name, "reason": reason}
        notices.tell([user], kind=kind, params=words, url=f"/units/{unit.pk}/", subject=employer, at=at)


def _lawyers(units: "QuerySet[OrgUnit]") -> "dict[User, OrgUnit]":
    return {user: unit for unit in units.order_by("path") for user in access.users_with(Role.HR_LEGAL, unit)}


def hr_of(case: Case) -> "list[User]":
    return hr_in(case.unit, apart_from=leaver_of(case))


def hr_in(unit: OrgUnit, *, apart_from: "User | None" = None) -> "list[User]":
    """The nearest that there are."""
    for role in (Role.HRBP, Role.HR_MANAGER, Role.GROUP_HR):
        people = [user for user in access.users_with(role, unit) if user != apart_from]
        if people:
            return people
    return []


def lawyers_of(case: Case) -> "list[User]":
    return list(access.users_with(Role.HR_LEGAL, case.unit))


def _params(case: Case, more: dict[str, Any]) -> dict[str, Any]:
    return {"name": case.employment.person.name, "number": case.number, **more}
