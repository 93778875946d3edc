"""The papers of the checklist: what is added counts at its gate from then on."""

from dataclasses import asdict
from datetime import date, datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction

from ehr.access import refuse_self
from ehr.documents import uploads
from ehr.errors import Refused

from .. import events
from ..law_words import PAPERS
from ..models import Case, Evidence
from ..models.law_facts import legal_day
from ..rules.lifecycle import Action
from ..words import finding_words
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def add_evidence(
    *, case: Case, paper: str, dated: date, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> Evidence:
    """`dated` is the day of the paper, not of the upload: the law looks at the order of the papers."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.ADD_EVIDENCE, at=at)
    _refuse_impossible(paper, dated, at=at)
    already = case.evidence.filter(paper=paper).count()
    kept = uploads.keep(content, name=name, size=size, already=already, folder="evidence")
    row = Evidence.objects.create(case=case, paper=paper, dated=dated, **asdict(kept), uploaded_by=by, uploaded_at=at)
    case.note(
        events.EvidenceAdded, by=by, at=at, evidence_id=str(row.pk), paper=paper, sha256=row.sha256, size=row.size
    )
    return row


def _refuse_impossible(paper: str, dated: date, *, at: datetime) -> None:
    if paper not in PAPERS:
        raise Refused("B_PAPER_UNKNOWN", finding_words("B_PAPER_UNKNOWN"), field="paper")
    if dated > legal_day(at):
        raise Refused("B_FUTURE_DATE", finding_words("B_FUTURE_DATE"), field="dated")
