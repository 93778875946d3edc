"""The agreement that both signed: a dated paper, without which a mutual ending takes no effect (LCL 36, JI1 35)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.errors import Refused

from ..models import Case, Decision, Evidence
from ..models.evidence import AGREEMENT
from ..rules.lifecycle import Action
from ..words import finding_words
from . import people
from .proving import add_evidence
from .telling import tell_in_person

if TYPE_CHECKING:
    from ehr.identity.models import User


@dataclass(frozen=True, kw_only=True)
class Scan:
    name: str
    size: int
    content: IO[bytes]


@transaction.atomic
def sign_agreement(
    *,
    case: Case,
    signed_on: date,
    scan: Scan | None = None,
    paper: UUID | None = None,
    by: "User",
    at: datetime,
) -> Evidence:
    """With its scan, or by pointing at the one that is on file (`paper`)."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.SIGN_AGREEMENT, at=at)
    _refuse_day(case, signed_on, at=at)
    row = _kept(case, scan, signed_on, by=by, at=at) if scan else _on_file(case, paper, signed_on)
    case.sign_agreement(on=signed_on, by=by, at=at)
    if case.is_secret:
        tell_in_person(case=case, by=by, at=at)
    return row


@transaction.atomic
def take_back_agreement(*, case: Case, reason: str, by: "User", at: datetime) -> None:
    """It was noted by mistake, or the paper is not what it seemed: as long as the ending has not taken effect. What is on
    file stays there and counts no longer, so the next one is noted with a scan of its own. The person who signed hears of it,
    and legal: nobody takes a binding paper back quietly."""
    refuse_self(by, people.leaver_of(case))
    if not reason.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="reason")
    said = Decision.write(case=case, kind="agreement_taken_back", comment=reason, by=by, at=at)
    case.take_back_agreement(reason_sha256=said.comment_sha256, by=by, at=at)
    Evidence.objects.agreements_of(case).update(set_aside_at=at)
    people.tell_leaver(case, "offboarding.agreement_set_aside", at=at)
    people.tell(people.lawyers_of(case), case, "offboarding.agreement_taken_back", at=at)


def _kept(case: Case, scan: Scan, signed_on: date, *, by: "User", at: datetime) -> Evidence:
    said = {"name": scan.name, "size": scan.size, "content": scan.content}
    return add_evidence(case=case, paper=AGREEMENT, dated=signed_on, by=by, at=at, **said)


def _on_file(case: Case, paper: UUID | None, signed_on: date) -> Evidence:
    row = Evidence.objects.agreements_of(case).filter(pk=paper).first() if paper else None
    if row is None:
        raise _refused("B_AGREEMENT_PAPER", field="file")
    if row.dated != signed_on:
        raise _refused("B_AGREEMENT_OTHER_DAY", field="signed_on")
    return row


def _refuse_day(case: Case, signed_on: date, *, at: datetime) -> None:
    if signed_on > legal_day(at):
        raise _refused("B_FUTURE_DATE", field="signed_on")
    if case.filed_date is not None and signed_on < case.filed_date:
        raise _refused("B_AGREEMENT_BEFORE_REQUEST", field="signed_on")


def _refused(code: str, *, field: str) -> Refused:
    return Refused(code, finding_words(code), article="LCL 36", field=field)
