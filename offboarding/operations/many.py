"""The same deed for a list of exits, each for itself: what the law stops is told with its code, the others go on.
That a protection stops it is told to those alone who may know of protections: lists are checked by legal (decisions 12)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from ehr.errors import Forbidden, Refused, WrongState
from ehr.lib.ids import uuid7
from employees.permissions import EmployeePermission

from .. import may
from ..models import Case
from ..rules.gates import SECRET
from ..words import finding_words
from .asking_law import count_sending
from .closing import end_now
from .filing import submit_case
from .non_compete import note_no_clause
from .noticing import issue_notice

if TYPE_CHECKING:
    from ehr.identity.models import User

DEEDS: dict[str, Callable[..., object]] = {
    "submit": submit_case,
    "issue_notice": issue_notice,
    "end_employment": end_now,
    "no_clause": note_no_clause,
}
TO_LEGAL = "to_legal"


@dataclass(frozen=True, kw_only=True)
class Told:
    """Empty: done."""

    code: str = ""
    detail: str = ""
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome(Told):
    case: Case


def do_many(*, action: str, cases: Iterable[Case], by: "User", at: datetime) -> list[Outcome]:
    together = uuid7()
    return [_outcome(action, case, within=together, by=by, at=at) for case in cases]


def _outcome(action: str, case: Case, *, within: UUID, by: "User", at: datetime) -> Outcome:
    if action == "submit":
        told = ask_to_submit(case, within=within, by=by, at=at)
    else:
        told = attempt(lambda: DEEDS[action](case=case, by=by, at=at))
    if told.code in SECRET and not may.may(by, EmployeePermission.VIEW_PROTECTED_STATUS, case):
        return Outcome(case=case, code=TO_LEGAL, detail=finding_words(TO_LEGAL))
    return Outcome(case=case, code=told.code, detail=told.detail, article=told.article)


def ask_to_submit(case: Case, *, within: UUID, by: "User", at: datetime) -> Told:
    counted = attempt(lambda: count_sending(case, within=within, by=by, at=at))
    return counted if counted.code else attempt(lambda: submit_case(case=case, by=by, at=at))


def attempt(deed: Callable[[], object]) -> Told:
    """Whole or not at all, and what stood in its way."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refusal:
        return Told(code=refusal.code, detail=refusal.detail, article=refusal.article)
    except WrongState as conflict:
        return Told(code="wrong_state", detail=conflict.detail)
    except Forbidden as no:
        return Told(code="forbidden", detail=str(no))
    return Told()
