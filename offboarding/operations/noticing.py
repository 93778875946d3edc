"""The notice of termination: the paper whose service ends the employment."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import documents
from ehr.access import refuse_self
from ehr.errors import Refused, WrongState

from .. import events
from ..models import Case
from ..notice_paper import notice_values
from ..paper_values import said_of
from ..rules.lifecycle import Action
from . import people

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ehr.documents import Document
    from ehr.identity.models import User

NOTICE = "termination_notice"
NOTHING_SAID: Mapping[str, Any] = MappingProxyType({})


@transaction.atomic
def issue_notice(
    *, case: Case, by: "User", at: datetime, given: Mapping[str, Any] = NOTHING_SAID, bilingual: bool = False
) -> "Document":
    """Numbered now, sealed by a document clerk; its person sees it from the moment they are told (decisions 6)."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.ISSUE_NOTICE, at=at)
    _refuse_second(case)
    context = notice_values(case)
    notice = documents.issue(
        kind=NOTICE,
        variant=case.ground,
        entity=case.employment.employer,
        unit=case.unit,
        subject=case.ref,
        holder=case.employment.person,
        context=context | said_of(documents.kind_of(NOTICE), given) | {"bilingual": bilingual},
        occasion=case.kind,
        show_holder=not case.is_secret,
        by=by,
        at=at,
    )
    note_notice(case, notice, by=by, at=at)
    return notice


def note_notice(case: Case, notice: "Document", *, by: "User", at: datetime) -> None:
    case.note(events.NoticePrepared, by=by, at=at, document_id=str(notice.pk), document_number=notice.number)


def notice_again(case: Case, *, given: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """For a corrected edition: the law is asked as for the first one, and what it says is as of today."""
    case.confirm(Action.ISSUE_NOTICE, at=at)
    if case.employment_ended_at:
        raise WrongState(_("The employment has ended; its notice stays as it was served."), allowed=case.actions())
    return notice_values(case) | said_of(documents.kind_of(NOTICE), given)


def current_notice(case: Case) -> "Document | None":
    return _notices(case).filter(state__in=["waiting", "issued"]).last()


def _notices(case: Case) -> "QuerySet[Document]":
    return documents.Document.objects.for_subject(case.ref).filter(kind=NOTICE).order_by("id")


def notice_to_serve(case: Case) -> "Document | None":
    """What a proof of service is about. One made outside is named in the proof's reference instead."""
    notice = current_notice(case)
    if notice is not None and not notice.is_issued:
        raise Refused("B_NOTICE_NOT_SEALED", _("The notice %(number)s waits for its seal.") % {"number": notice.number})
    if notice is None and (gone := _notices(case).filter(state="revoked").last()):
        words = _("The notice %(number)s was taken back: issue a new one first.")
        raise Refused("B_NOTICE_TAKEN_BACK", words % {"number": gone.number})
    return notice


def take_back(case: Case, *, by: "User | None", at: datetime) -> None:
    """The ending was given up: its notice no longer counts, and whoever checks it reads that."""
    if notice := current_notice(case):
        documents.revoke(notice, reason=_("The ending was given up."), by=by, at=at)


def show_papers(case: Case, *, by: "User | None", at: datetime) -> None:
    """The person was told: what was kept from them so far is theirs to read."""
    for paper in documents.Document.objects.for_subject(case.ref).filter(shown_at=None):
        paper.show(by=by, at=at)


def _refuse_second(case: Case) -> None:
    if notice := current_notice(case):
        raise WrongState(
            _("There is a notice already: %(number)s.") % {"number": notice.number}, allowed=case.actions()
        )
