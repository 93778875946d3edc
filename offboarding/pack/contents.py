"""What goes into a pack: every paper of the exit that whoever asked for it may open, as it was stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ehr.documents import Document, storage
from handover.standing import ref_of

from .. import may
from ..models import Case, Decision, Evidence, ServiceFile, TrackFile, TrackName
from ..permissions import Permission
from ..timeline import decision_word
from ..words import paper_words, service_proof_words, service_words

if TYPE_CHECKING:
    from ehr.identity.models import User

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt"}


@dataclass(frozen=True, kw_only=True)
class Piece:
    kind: str
    title: str
    note: str
    media_type: str
    read: Callable[[], bytes]

    @property
    def ending(self) -> str:
        return ENDINGS.get(self.media_type, "bin")


def refs_of(case: Case) -> list[str]:
    """What the record of an exit is about: the case, its handover, their papers."""
    origins = [ref for ref in (case.ref, ref_of(case.ref)) if ref]
    papers = Document.objects.filter(subject__in=origins).values_list("pk", flat=True)
    return [*origins, *(f"documents.document:{pk}" for pk in papers)]


def pieces(case: Case, *, reader: "User") -> list[Piece]:
    return [
        *_issued(case, reader),
        *_evidence(case, reader),
        *_proofs(case),
        *_service(case, reader),
        *_words(case, reader),
    ]


def papers_of(case: Case, *, reader: "User") -> Any:
    """Those that count or once counted; what waits for its seal is no paper yet."""
    origins = [ref for ref in (case.ref, ref_of(case.ref)) if ref]
    return Document.objects.visible_to(reader).filter(subject__in=origins, issued_at__isnull=False).order_by("id")


def _issued(case: Case, reader: "User") -> Iterator[Piece]:
    for paper in papers_of(case, reader=reader).exclude(file_key=""):
        note = f"{paper.number} · {paper.get_state_display()}"
        read = partial(storage.read_stored, paper.file_key)
        yield Piece(kind="document", title=paper.title, note=note, media_type="application/pdf", read=read)


def _evidence(case: Case, reader: "User") -> Iterator[Piece]:
    """Encrypted and guarded as in the product: who may not read the reasons gets none of it."""
    for row in Evidence.objects.visible_to(reader).filter(case=case).order_by("id"):
        yield _stored(row, kind="evidence", title=paper_words(row.paper), note=_note(row))


def _note(row: Evidence) -> str:
    aside = [] if row.counts else [_("Set aside")]
    return " · ".join([str(row.dated), row.name, *aside])


def _proofs(case: Case) -> Iterator[Piece]:
    for row in TrackFile.objects.filter(track__case=case).select_related("track").order_by("id"):
        yield _stored(row, kind="track", title=str(TrackName(row.track.kind).label), note=row.name)


def _service(case: Case, reader: "User") -> Iterator[Piece]:
    """To what address it went stays inside; how, when and with what result is the proof."""
    if not may.may(reader, Permission.VIEW_REASON, case):
        return
    for row in ServiceFile.objects.filter(service__case=case).select_related("service").order_by("id"):
        sent = row.service
        said = (service_words(sent.method, sent.result), sent.result_date or sent.sent_date, sent.reference, row.name)
        note = " · ".join(str(part) for part in said if part)
        yield _stored(row, kind="service", title=service_proof_words(row.proof), note=note)


def _words(case: Case, reader: "User") -> Iterator[Piece]:
    """What was written about the exit: its SHA-256 is what the events call reason_sha256."""
    if not may.may(reader, Permission.VIEW_REASON, case):
        return
    said = Decision.objects.filter(case=case).exclude(comment_sha256="").select_related("data_key", "by")
    for row in said.order_by("at", "id"):
        title = _("The facts") if row.kind == "reason" else decision_word(row.kind)
        read = row.comment.encode
        yield Piece(kind="words", title=title, note=str(row.by or ""), media_type="text/plain", read=read)


def _stored(row: Any, *, kind: str, title: str, note: str) -> Piece:
    read = partial(storage.read_stored, row.file_key)
    return Piece(kind=kind, title=title, note=note, media_type=row.media_type, read=read)
