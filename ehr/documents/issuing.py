"""Giving a paper its number, sealing it after release, making its file, taking it back."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, deadlines, record
from ehr.clock import LEGAL_ZONE
from ehr.documents import events
from ehr.documents.digests import content_digest, sha256_of_text
from ehr.documents.fields import COMMON_NAMES
from ehr.documents.kinds import DocumentKind, kind_of
from ehr.documents.markup import missing
from ehr.documents.models import Document, DocumentCounter, PaperText, StandingRelease
from ehr.documents.permissions import Permission
from ehr.errors import Refused, WrongState

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity, OrgUnit


class Holder(Protocol):
    """Whom the paper is about: a person with a data key, perhaps with a login."""

    name: str
    data_key_id: Any
    user_id: Any


@transaction.atomic
def issue(
    *,
    kind: str,
    entity: "LegalEntity",
    subject: str,
    holder: Holder,
    context: Mapping[str, Any],
    by: "User | None",
    at: datetime,
    unit: "OrgUnit | None" = None,
    occasion: str = "",
    due_at: datetime | None = None,
    show_holder: bool = True,
    supersedes: Document | None = None,
    variant: str = "",
) -> Document:
    """A numbered paper. An unsealed kind, or one under a standing release for `occasion`, is issued at once;
    any other waits for a document clerk. `show_holder=False` keeps it from its person until `document.show`."""
    spec = kind_of(kind)
    text = PaperText.objects.for_paper(kind=kind, variant=variant, entity=entity) if spec.has_text else None
    refuse_blanks(spec, text, context)
    document = _prepare(
        spec,
        entity,
        dict(context),
        text=text,
        subject=subject,
        unit=unit,
        occasion=occasion,
        holder_id=holder.user_id,
        holder_name=holder.name,
        data_key_id=holder.data_key_id,
        due_at=due_at,
        show_when_issued=show_holder and not spec.for_others,
        supersedes=supersedes,
        edition=supersedes.edition + 1 if supersedes else 1,
        prepared_by=by,
        prepared_at=at,
    )
    _release_or_wait(document, by=by, at=at)
    return document


def reissue(
    document: Document, *, holder: Holder, context: Mapping[str, Any], by: "User | None", at: datetime
) -> Document:
    """A corrected edition under a new number; the old one stops counting when the new one is issued."""
    return issue(
        kind=document.kind,
        entity=document.entity,
        subject=document.subject,
        holder=holder,
        context=context,
        by=by,
        at=at,
        unit=document.unit,
        occasion=document.occasion,
        show_holder=document.shown_at is not None,
        supersedes=document,
        variant=document.text.variant if document.text else "",
    )


@transaction.atomic
def release(document: Document, *, by: "User", at: datetime) -> None:
    document.release(by=by, at=at)
    deadlines.close(subject=record.ref(document), kind="documents.release", at=at, by=by)
    _ring()


def release_many(document_ids: Iterable[Any], *, by: "User", at: datetime) -> int:
    """Each on its own: one that was sealed by somebody else in the meantime doesn't hold up the others."""
    waiting = Document.objects.visible_to(by, Permission.RELEASE_DOCUMENTS).waiting()
    asked = waiting.filter(pk__in=list(document_ids)).exclude(holder=by)
    done = 0
    for document in asked.select_related("holder", "entity", "supersedes"):
        with contextlib.suppress(WrongState), transaction.atomic():
            release(document, by=by, at=at)
            done += 1
    return done


@transaction.atomic
def revoke(document: Document, *, reason: str, by: "User | None", at: datetime) -> None:
    document.revoke(reason=reason, by=by, at=at)
    deadlines.close(subject=record.ref(document), kind="documents.release", at=at, by=by, outcome="cancelled")


def _prepare(spec: DocumentKind, entity: "LegalEntity", context: dict[str, Any], **fields: Any) -> Document:
    year = fields["prepared_at"].astimezone(LEGAL_ZONE).year
    version, text = spec.template_version, fields["text"]
    if text is not None:
        version = text.version
        context["text_sha256"] = sha256_of_text(text.body)
    sequence = DocumentCounter.take(entity_id=entity.pk, kind=spec.code, year=year)
    number = f"{entity.code}-{spec.number_prefix}-{year}-{sequence:06d}"
    digest = content_digest(number=number, kind=spec.code, template_version=version, context=context)
    document = Document.objects.create(
        kind=spec.code,
        entity=entity,
        year=year,
        sequence=sequence,
        number=number,
        context=context,
        content_sha256=digest,
        template_version=version,
        **fields,
    )
    fact = events.Prepared(**document.facts(), content_sha256=digest)
    record.emit(fact, subject=document, by=document.prepared_by, at=document.prepared_at)
    return document


def _release_or_wait(document: Document, *, by: "User | None", at: datetime) -> None:
    standing = StandingRelease.objects.covering(entity=document.entity, kind=document.kind, occasion=document.occasion)
    if document.spec.sealed and not standing:
        _ask_clerk(document, at=at, by=by)
        return
    document.release(by=None if standing else by, at=at, standing=standing)
    _ring()


def _ask_clerk(document: Document, *, at: datetime, by: "User | None") -> None:
    deadlines.open_deadline(
        kind="documents.release",
        subject=record.ref(document),
        role=access.Role.DOCUMENT_CLERK,
        unit=document.unit,
        due_at=document.due_at or deadlines.due_in(working_days=1, at=at),
        url=document.get_absolute_url(),
        params={"document": document.title, "name": document.holder_name},
        by=by,
        at=at,
    )


def _ring() -> None:
    """The worker makes the file; when nobody hears the bell, the sweep or the first reader does."""
    transaction.on_commit(lambda: record.nudge("ehr.documents.tasks.sweep"))


def refuse_blanks(spec: DocumentKind, text: PaperText | None, context: Mapping[str, Any]) -> None:
    """No blank line on a legal paper. Says which fields, and where each of them is filled in."""
    blank = {name: spec.merge.get(name) for name in spec.required if context.get(name) in (None, "", [])}
    if text is not None:
        bilingual = bool(context.get("bilingual"))
        blank |= {field.name: field for field in missing(text.body, spec.merge, context, bilingual=bilingual)}
    blank = {name: field for name, field in blank.items() if name not in COMMON_NAMES}
    if blank:
        words = [f"{field.label} ({field.source_label})" if field else name for name, field in blank.items()]
        detail = _("The paper lacks: %(fields)s.") % {"fields": ", ".join(words)}
        raise Refused("B_MISSING_FIELD", detail, field=next(iter(blank)))
