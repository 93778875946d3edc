"""An exit comes to nothing: the person stays, unless another one goes on."""

from datetime import datetime
from typing import TYPE_CHECKING

from ..models import Case
from ..rules import lifecycle
from . import deaths

if TYPE_CHECKING:
    from ehr.identity.models import User


def keep_person(case: Case, *, by: "User | None", at: datetime) -> None:
    """In the caller's transaction, after the case has ended."""
    if case.is_of_death:
        deaths.reopen_account(case, by=by, at=at)
    case.employment.refresh_from_db(fields=["status"])
    if case.employment.status == "leaving" and not _leaves_otherwise(case):
        case.employment.keep(by=by, at=at)


def _leaves_otherwise(case: Case) -> bool:
    others = Case.objects.filter(employment=case.employment, state__in=lifecycle.LIVE).exclude(pk=case.pk)
    return others.exclude(quiet=True, told_at=None).exists()
