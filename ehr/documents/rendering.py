"""From a document row to its file: HTML, PDF, signature, hash. Safe to run twice and by two at once."""

import contextlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from ehr import record
from ehr.documents import events, paper, signing, storage
from ehr.documents.languages import language_of
from ehr.documents.models import Document, PaperText
from ehr.documents.qr import qr_image
from ehr.documents.seal import seal_of, slot_svg
from ehr.documents.setting import set_text


def render(document_id: Any, *, at: datetime) -> Document:
    """Make the file once. A second reader waits for the first and finds it done."""
    return _render(Document.objects.select_for_update(of=("self",)), document_id, at=at)


def render_if_free(document_id: Any, *, at: datetime) -> None:
    """For workers: what another one is making is left to it. Counted first, so that a failure is counted too."""
    Document.objects.filter(pk=document_id).update(render_attempts=F("render_attempts") + 1)
    with contextlib.suppress(Document.DoesNotExist):
        _render(Document.objects.select_for_update(of=("self",), skip_locked=True), document_id, at=at)


@transaction.atomic
def _render(rows: QuerySet[Document], document_id: Any, *, at: datetime) -> Document:
    document = rows.select_related("entity", "data_key", "text").get(pk=document_id)
    if document.is_issued and not document.is_rendered:
        _make_file(document, at=at)
    return document


def preview(document: Document) -> bytes:
    """How it will look: no seal, a watermark on every page, unsigned and never stored."""
    return paper.to_pdf(html_of(document, is_draft=True))


def html_of(document: Document, *, is_draft: bool = False) -> str:
    with translation.override(language_of(document.context)):
        context = _context(document, is_draft=is_draft)
        if document.spec.has_text:
            context["words"] = words_of(document, context)
        return render_to_string(document.spec.template, context)


def words_of(document: Document, context: dict[str, Any]) -> SafeString:
    """Its text with its values. A paper from before its kind had texts takes the first one."""
    text = document.text or PaperText.objects.first_of(document.kind)
    values = document.context | {
        "entity": document.issuer,
        "number": document.number,
        "issued_on": document.issued_at or document.prepared_at,
    }
    bilingual = bool(values.get("bilingual"))
    return set_text(text.body, document.spec.merge, values, bilingual=bilingual, around=context)


def verify_url(document: Document) -> str:
    return f"{settings.EHR_BASE_URL}/verify/{document.verify_code}/"


def _make_file(document: Document, *, at: datetime) -> None:
    pdf = signing.sign(paper.to_pdf(html_of(document)), document=document, at=at)
    stored = storage.store_bytes(pdf, folder="documents")
    changes = {
        "file_key": stored.key,
        "file_sha256": stored.sha256,
        "file_size": stored.size,
        "rendered_at": at,
    }
    Document.objects.filter(pk=document.pk).update(**changes)
    for name, value in changes.items():
        setattr(document, name, value)
    fact = events.Sealed(**document.facts(), file_sha256=stored.sha256)
    record.emit(fact, subject=document, by=None, at=at)


def _context(document: Document, *, is_draft: bool) -> dict[str, Any]:
    return {
        **document.context,
        "document": document,
        "entity": document.issuer,
        "is_draft": is_draft,
        "seal": mark_safe(_seal(document, is_draft=is_draft)),  # noqa: S308 - built and escaped by seal.py
        "qr": mark_safe(qr_image(verify_url(document), label=pgettext("paper", "Code to check it by"))),  # noqa: S308 - built by qr.py
        "verify_host": paper.verify_host(),
        "issued_at": document.issued_at or document.prepared_at,
    }


def _seal(document: Document, *, is_draft: bool) -> str:
    if not document.spec.sealed:
        return ""
    if is_draft:
        return slot_svg(pgettext("paper", "Sealed here once issued"))
    return seal_of(document.issuer, document.seal_key)
