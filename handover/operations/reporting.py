"""The report of a handover as a numbered, sealed paper; a later one takes the place of the one before."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, documents, record
from ehr.errors import WrongState
from handover import events, report
from handover.models import Handover
from handover.models.choices import State
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.documents.models import Document
    from ehr.identity.models import User


@transaction.atomic
def issue_report(*, handover: Handover, by: "User", at: datetime) -> "Document":
    """HR's archive paper: not shown to the person, whose own paper is the letter."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().select_related("letter").get(pk=handover.pk)
    access.check(by, Permission.ISSUE_REPORT, handover)
    access.refuse_self(by, handover.leaver)
    if handover.state in (State.HELD, State.CANCELLED):
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    before = last_report(handover)
    paper = documents.issue(
        kind=report.REPORT.code,
        entity=handover.employment.employer,
        unit=handover.employment.unit,
        subject=handover.origin,
        holder=handover.employment.person,
        context=report.report_context(handover, by=by, at=at),
        occasion="handover",
        show_holder=False,
        supersedes=before if before and before.state == "issued" else None,
        by=by,
        at=at,
    )
    record.emit(events.ReportAsked(**handover.facts(), document_id=str(paper.pk)), subject=handover, by=by, at=at)
    return paper


def last_report(handover: Handover) -> "Document | None":
    from ehr.documents.models import Document

    papers = Document.objects.for_subject(handover.origin).filter(kind=report.REPORT.code)
    return papers.defer("context").last()
