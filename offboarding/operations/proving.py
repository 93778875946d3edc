"""The papers of the checklist: what is added counts at its gate from then on."""

from dataclasses import asdict
from datetime import date, datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.documents import uploads
from ehr.errors import Refused

from .. import events
from ..law_words import PAPERS
from ..models import Case, Evidence
from ..rules.lifecycle import Action
from ..words import finding_words
from . import people
from .union_answers import mind_objection

if TYPE_CHECKING:
    from ehr.identity.models import User


def add_evidence(
    *, case: Case, paper: str, dated: date, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> Evidence:
    """`dated` is the day of the paper, not of the upload: the law looks at the order of the papers."""
    said = {"paper": paper, "dated": dated, "name": name, "size": size, "content": content}
    [row] = add_evidence_to_all(cases=[case], by=by, at=at, **said)
    return row


@transaction.atomic
def add_evidence_to_all(
    *, cases: list[Case], paper: str, dated: date, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> list[Evidence]:
    """The bytes are kept once, after none of the cases refused; each case has a row and an event with their digest."""
    for case in cases:
        refuse_self(by, people.leaver_of(case))
        case.confirm(Action.ADD_EVIDENCE, at=at)
    _refuse_impossible(paper, dated, at=at)
    kept = uploads.keep(content, name=name, size=size, already=_most(cases, paper), folder="evidence")
    return [_add(case, kept, paper=paper, dated=dated, by=by, at=at) for case in cases]


def _most(cases: list[Case], paper: str) -> int:
    """How many files the fullest of the cases has for this paper already."""
    rows = Evidence.objects.filter(case__in=cases, paper=paper).order_by().values("case")
    return max(rows.annotate(files=Count("pk")).values_list("files", flat=True), default=0)


def _add(case: Case, kept: uploads.Kept, *, paper: str, dated: date, by: "User", at: datetime) -> Evidence:
    row = Evidence.objects.create(case=case, paper=paper, dated=dated, **asdict(kept), uploaded_by=by, uploaded_at=at)
    case.note(
        events.EvidenceAdded, by=by, at=at, evidence_id=str(row.pk), paper=paper, sha256=row.sha256, size=row.size
    )
    mind_objection(case, row, by=by, at=at)
    return row


def _refuse_impossible(paper: str, dated: date, *, at: datetime) -> None:
    if paper not in PAPERS:
        raise Refused("B_PAPER_UNKNOWN", finding_words("B_PAPER_UNKNOWN"), field="paper")
    if dated > legal_day(at):
        raise Refused("B_FUTURE_DATE", finding_words("B_FUTURE_DATE"), field="dated")
