"""The same deed for a list of exits, each for itself: what the law stops is told with its code, the others go on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr.errors import Forbidden, Refused, WrongState

from ..models import Case
from .closing import end_now
from .filing import submit_case
from .noticing import issue_notice

if TYPE_CHECKING:
    from ehr.identity.models import User

DEEDS: dict[str, Callable[..., object]] = {
    "submit": submit_case,
    "issue_notice": issue_notice,
    "end_employment": end_now,
}


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
    return [_outcome(DEEDS[action], case, by=by, at=at) for case in cases]


def _outcome(deed: Callable[..., object], case: Case, *, by: "User", at: datetime) -> Outcome:
    told = attempt(lambda: deed(case=case, by=by, at=at))
    return Outcome(case=case, code=told.code, detail=told.detail, article=told.article)


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
