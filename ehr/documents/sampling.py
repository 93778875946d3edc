"""How a text will look: with the examples its fields declare, or with a paper of a real case. Never stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from ehr.documents import paper
from ehr.documents.kinds import DocumentKind
from ehr.documents.languages import PAPER_LANGUAGE
from ehr.documents.models import PaperText
from ehr.documents.qr import qr_image
from ehr.documents.seal import seal_svg, slot_svg
from ehr.documents.setting import set_text


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Stands where a document would."""

    spec: DocumentKind
    template_version: int
    number: str = "HC-2026-000001"
    fingerprint: str = "9f2c41ab"
    grouped_code: str = "00000-00000-00000-00000-00000-0"
    edition: int = 1

    @property
    def title(self) -> str:
        return str(self.spec.title)


def sample_words(text: PaperText, *, body: str, bilingual: bool, at: datetime) -> SafeString:
    """The words alone, for the preview beside the editor."""
    return draft_words(text, values_of(text) | {"bilingual": bilingual}, body=body, at=at)


def draft_words(text: PaperText, values: dict[str, Any], *, body: str, at: datetime) -> SafeString:
    spec, bilingual = text.spec, bool(values.get("bilingual"))
    with translation.override(PAPER_LANGUAGE):
        around = _around(text, values, at=at)
        return set_text(body, spec.merge, values, bilingual=bilingual, around=around)


def sample_pdf(text: PaperText, *, bilingual: bool, at: datetime, is_draft: bool = True) -> bytes:
    values = values_of(text) | {"bilingual": bilingual}
    return draft_pdf(text, values, at=at, is_draft=is_draft)


def draft_pdf(text: PaperText, values: dict[str, Any], *, at: datetime, is_draft: bool = True) -> bytes:
    """A field without a value leaves a gap here; issuing refuses it."""
    bilingual = bool(values.get("bilingual"))
    with translation.override(PAPER_LANGUAGE):
        around = _around(text, values, at=at, is_draft=is_draft)
        around["words"] = set_text(text.body, text.spec.merge, values, bilingual=bilingual, around=around)
        return paper.to_pdf(render_to_string(text.spec.template, around))


def values_of(text: PaperText) -> dict[str, Any]:
    spec = text.spec
    own = {name: field.sample for name, field in spec.merge.items() if not field.is_block}
    return own | dict(spec.samples or {}) | dict((spec.variant_samples or {}).get(text.variant, {}))


def _around(text: PaperText, values: dict[str, Any], *, at: datetime, is_draft: bool = True) -> dict[str, Any]:
    sample = Sample(spec=text.spec, template_version=text.version)
    if values.get("number") in ("", "—"):
        sample = replace(sample, number="—", fingerprint="—")
    name = text.entity.name if text.entity else values.get("entity", "")
    seal = slot_svg(pgettext("paper", "Sealed here once issued")) if is_draft else seal_svg(name, label=f"{name} 公章")
    return {
        **values,
        "document": sample,
        "entity": name,
        "is_draft": is_draft,
        "seal": mark_safe(seal) if text.spec.sealed else "",  # noqa: S308 - escaped by seal.py
        "qr": mark_safe(qr_image("sample", label=pgettext("paper", "Code to check it by"))),  # noqa: S308 - built by qr.py
        "verify_host": paper.verify_host(),
        "issued_at": at,
    }
