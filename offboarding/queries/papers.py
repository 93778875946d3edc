"""Which papers an exit can have, what each of them still lacks, and which are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from ehr import access
from ehr.documents import kind_of, sampling
from ehr.documents.fields import COMMON_NAMES, Blank, Field, FieldType
from ehr.documents.kinds import DocumentKind
from ehr.documents.markup import missing, parse
from ehr.documents.models import Document, PaperText

from ..models import Case
from ..noncompete_paper import KIND as NONCOMPETE
from ..noncompete_paper import is_noticed
from ..paper_kinds import PAPERS
from ..paper_values import asked_fields, values_for, variant_of
from ..rules.lifecycle import GIVEN_UP

NOTICE = "termination_notice"
ASKED_AGAIN = ("certificate",)
LIVE = ("waiting", "issued")


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    kind: DocumentKind
    variants: list[tuple[str, str]]
    """To choose from; none when the ground decides, or what is on file."""
    document: Document | None
    is_many: bool

    @property
    def may_issue(self) -> bool:
        return self.is_many or self.document is None


def papers_of(user: Any, case: Case) -> list[PaperRow]:
    if case.state in GIVEN_UP:
        return []
    found = {row.kind: row for row in _documents(user, case) if row.state in LIVE}
    notice = kind_of(NOTICE)
    first = [PaperRow(kind=notice, variants=[], document=found.get(NOTICE), is_many=False)]
    return (first if case.ground in dict(notice.variants) else []) + [
        PaperRow(
            kind=paper.kind,
            variants=_choices(case, paper.kind),
            document=found.get(code),
            is_many=paper.many,
        )
        for code, paper in PAPERS.items()
        if case.kind in paper.exits
        and (code != NONCOMPETE or is_noticed(case))
        and (not paper.kind.permission or access.has(user, paper.kind.permission))
    ]


def history_of(user: Any, case: Case) -> list[Document]:
    """Every edition, the newest first."""
    return list(reversed(_documents(user, case)))


def there_already(user: Any, case: Case, kind: str) -> Document | None:
    """The one in force or waiting for its seal, of a paper of which there is one at a time."""
    if kind in PAPERS and PAPERS[kind].many:
        return None
    return next((row for row in history_of(user, case) if row.kind == kind and row.state in LIVE), None)


def is_served(document: Document) -> bool:
    """Its arrival is what counts, so the next thing to do is to bring it to its person."""
    return document.kind == NOTICE and document.is_issued


def may_reissue(document: Document, case: Case) -> bool:
    """A notice as long as it can still be served anew."""
    if case.state in GIVEN_UP:
        return False
    if document.kind == NOTICE:
        return document.is_issued and case.state == "approved" and case.employment_ended_at is None
    known = document.kind in ASKED_AGAIN or (document.kind in PAPERS and case.kind in PAPERS[document.kind].exits)
    return known and document.is_issued


def missing_of(
    case: Case, kind: str, *, given: Mapping[str, Any], variant: str = "", bilingual: bool = False
) -> list[Field]:
    """What would stop it from being issued now."""
    spec = kind_of(kind)
    text = PaperText.objects.for_paper(
        kind=kind, variant=variant_of(case, spec, variant), entity=case.employment.employer
    )
    return _lacking(text, values_for(case, spec, given=given), bilingual=bilingual)


def asked_in(case: Case, kind: str, *, variant: str) -> list[Field]:
    """What this text asks of whoever issues it, in the order of the text."""
    spec = kind_of(kind)
    text = PaperText.objects.for_paper(kind=kind, variant=variant, entity=case.employment.employer)
    named = {name for line in parse(text.body) for name in line.names}
    return [field for field in asked_fields(spec) if field.name in named]


def _choices(case: Case, kind: DocumentKind) -> list[tuple[str, str]]:
    if kind.code == NONCOMPETE:
        return []
    codes = dict(kind.variants)
    return [] if case.ground in codes or codes.keys() == {""} else [(code, str(label)) for code, label in codes.items()]


def _documents(user: Any, case: Case) -> list[Document]:
    return list(Document.objects.visible_to(user).for_subject(case.ref).defer("context"))


def draft_of(
    case: Case, kind: str, *, variant: str, given: Mapping[str, Any], at: datetime
) -> tuple[SafeString, list[Field]]:
    """The words with today's facts, and what they lack."""
    spec, employer = kind_of(kind), case.employment.employer
    text = PaperText.objects.for_paper(kind=kind, variant=variant, entity=employer)
    bilingual = bool(given.get("bilingual"))
    values = values_for(case, spec, given=given) | {"bilingual": bilingual}
    lacking = _lacking(text, values, bilingual=bilingual)
    around = {"entity": employer.name, "number": "—", "issued_on": at}
    shown = {one.name: _blank(one) for one in lacking}
    return sampling.draft_words(text, values | around | shown, body=text.body, at=at), lacking


def _lacking(text: PaperText, values: Mapping[str, Any], *, bilingual: bool) -> list[Field]:
    """What the paper itself brings, its number and its day, is never missing."""
    found = missing(text.body, text.spec.merge, values, bilingual=bilingual)
    return [field for field in found if field.name not in COMMON_NAMES]


def _blank(field: Field) -> Any:
    blank = Blank(f"【{field.label}】")
    return [blank] if field.type == FieldType.LINES else blank
