"""The papers of an exit beside certificate, notice and sheet: issued by HR from the case, reissued with their history."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, documents
from ehr.access import refuse_self
from ehr.documents import kind_of, sampling
from ehr.documents.kinds import DocumentKind
from ehr.documents.models import Document, PaperText
from ehr.errors import Forbidden, Refused, WrongState

from .. import events
from ..documents import certificate_values
from ..models import Case
from ..noncompete_paper import KIND as NONCOMPETE
from ..paper_kinds import EMPLOYERS, PAPERS, CasePaper
from ..paper_values import asked_fields, values_for, values_of, variant_of
from ..rules.lifecycle import GIVEN_UP
from . import people
from .noticing import NOTICE, issue_notice, note_notice, notice_again

if TYPE_CHECKING:
    from ehr.identity.models import User

LIVE = ("waiting", "issued")


@transaction.atomic
def issue_paper(
    *,
    case: Case,
    kind: str,
    given: Mapping[str, Any],
    by: "User",
    at: datetime,
    variant: str = "",
    bilingual: bool = False,
) -> Document:
    """With every field filled, or not at all. What declares the ending also passes the law's gate."""
    refuse_self(by, people.leaver_of(case))
    paper = paper_of(case, kind, by)
    if kind == NOTICE:
        return issue_notice(case=case, given=given, bilingual=bilingual, by=by, at=at)
    case.hold()
    _refuse_given_up(case)
    if paper.gate:
        case.refuse_unlawful(paper.gate, at=at)
    _refuse_second(case, paper)
    context = values_of(case, paper.kind, given=given) | {"bilingual": bilingual}
    issued = documents.issue(
        kind=kind,
        variant=variant_of(case, paper.kind, variant),
        entity=case.employment.employer,
        unit=case.unit,
        subject=case.ref,
        holder=case.employment.person,
        context=context,
        occasion=case.kind,
        show_holder=not case.is_secret,
        by=by,
        at=at,
    )
    _note(case, issued, by=by, at=at)
    return issued


@transaction.atomic
def reissue_paper(
    *, document: Document, case: Case, given: Mapping[str, Any], by: "User", at: datetime, bilingual: bool = False
) -> Document:
    """A corrected edition from today's facts: a new number; the old one stays and says that it was replaced."""
    refuse_self(by, people.leaver_of(case))
    case.hold()
    _refuse_given_up(case)
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("entity", "unit", "text").get(pk=document.pk)
    )
    if not document.is_issued or document.later.filter(state__in=LIVE).exists():
        raise WrongState(_("Only the edition in force can be replaced."), allowed=document.actions)
    context = _context_again(document, case, given, by, at) | {"bilingual": bilingual}
    again = documents.reissue(document, holder=case.employment.person, context=context, by=by, at=at)
    note = note_notice if again.kind == NOTICE else _note
    note(case, again, by=by, at=at)
    return again


def preview_paper(
    *,
    case: Case,
    kind: str,
    given: Mapping[str, Any],
    by: "User",
    at: datetime,
    variant: str = "",
    bilingual: bool = False,
) -> bytes:
    """How it would look with today's facts: watermarked, without a number, kept nowhere."""
    refuse_self(by, people.leaver_of(case))
    spec, employer = paper_of(case, kind, by).kind, case.employment.employer
    text = PaperText.objects.for_paper(kind=kind, variant=variant_of(case, spec, variant), entity=employer)
    known = {"entity": employer.name, "number": "", "issued_on": at, "bilingual": bilingual}
    return sampling.draft_pdf(text, values_for(case, spec, given=given) | known, at=at)


def paper_of(case: Case, kind: str, by: "User") -> CasePaper:
    paper = CasePaper(kind=documents.kind_of(kind), exits=EMPLOYERS) if kind == NOTICE else PAPERS.get(kind)
    if paper is None or case.kind not in paper.exits:
        raise Refused("B_NO_SUCH_PAPER", _("This exit has no such paper."), field="kind")
    if paper.kind.permission and not access.has(by, paper.kind.permission):
        raise Forbidden(paper.kind.permission)
    return paper


def _context_again(
    document: Document, case: Case, given: Mapping[str, Any], by: "User", at: datetime
) -> dict[str, Any]:
    if document.kind == "certificate":
        return certificate_values(case)
    if document.kind == NOTICE:
        return notice_again(case, given=_given_again(document, kind_of(NOTICE), given), at=at)
    if document.kind not in PAPERS:
        raise Refused("B_NO_SUCH_PAPER", _("Take it back and issue it anew."), field="kind")
    paper = paper_of(case, document.kind, by)
    if paper.gate:
        case.refuse_unlawful(paper.gate, at=at)
    if document.kind == NONCOMPETE and document.text:
        variant_of(case, paper.kind, document.text.variant)
    return values_of(case, paper.kind, given=_given_again(document, paper.kind, given))


def _given_again(document: Document, kind: DocumentKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for the last time, but for what is said anew."""
    said = {field.name: document.context.get(field.name, "") for field in asked_fields(kind)}
    return said | {name: value for name, value in given.items() if value}


def _refuse_given_up(case: Case) -> None:
    if case.state in GIVEN_UP:
        raise WrongState(_("This exit was given up: no paper is issued for it any more."), allowed=case.actions())


def _refuse_second(case: Case, paper: CasePaper) -> None:
    if paper.many:
        return
    there = Document.objects.for_subject(case.ref).filter(kind=paper.kind.code, state__in=LIVE).last()
    if there:
        words = _("It exists already: %(number)s. Reissue it if something changed.")
        raise WrongState(words % {"number": there.number}, allowed=["reissue"])


def _note(case: Case, paper: Document, *, by: "User", at: datetime) -> None:
    case.note(
        events.PaperPrepared,
        by=by,
        at=at,
        document_id=str(paper.pk),
        document_kind=paper.kind,
        document_number=paper.number,
        edition=paper.edition,
    )
