"""What happens to papers. Ids, kinds and numbers only; what a paper says stays under its person's key."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class DocumentFact(Fact):
    document_id: str
    document_kind: str
    number: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Prepared(DocumentFact):
    kind: ClassVar[str] = "ehr.document.prepared"
    content_sha256: str


@dataclass(frozen=True, kw_only=True)
class Issued(DocumentFact):
    kind: ClassVar[str] = "ehr.document.issued"
    standing_release_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Sealed(DocumentFact):
    """The file exists: its hash is fixed from here on."""

    kind: ClassVar[str] = "ehr.document.sealed"
    file_sha256: str


@dataclass(frozen=True, kw_only=True)
class Revoked(DocumentFact):
    kind: ClassVar[str] = "ehr.document.revoked"
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class Superseded(DocumentFact):
    kind: ClassVar[str] = "ehr.document.superseded"
    by_document_id: str


@dataclass(frozen=True, kw_only=True)
class Shown(DocumentFact):
    """The person it is about may see it from now on."""

    kind: ClassVar[str] = "ehr.document.shown"


@dataclass(frozen=True, kw_only=True)
class StandingReleaseGiven(Fact):
    kind: ClassVar[str] = "ehr.standing_release.given"
    entity_id: str
    document_kind: str
    occasion: str


@dataclass(frozen=True, kw_only=True)
class StandingReleaseEnded(Fact):
    kind: ClassVar[str] = "ehr.standing_release.ended"
    entity_id: str
    document_kind: str
    occasion: str


@dataclass(frozen=True, kw_only=True)
class SigningIdentityLoaded(Fact):
    kind: ClassVar[str] = "ehr.signing_identity.loaded"
    entity_id: str
    fingerprint: str
    self_signed: bool


@dataclass(frozen=True, kw_only=True)
class TextFact(Fact):
    text_id: str
    document_kind: str
    variant: str
    entity_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class TextEdited(TextFact):
    kind: ClassVar[str] = "ehr.paper_text.edited"
    body_sha256: str


@dataclass(frozen=True, kw_only=True)
class TextPublished(TextFact):
    kind: ClassVar[str] = "ehr.paper_text.published"
    body_sha256: str
