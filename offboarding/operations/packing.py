"""The evidence pack of an exit: asked for, gathered, proven by the record, taken out of the house."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from django.db import transaction
from django.utils import translation

from ehr.access import refuse_self
from ehr.clock import LEGAL_ZONE
from ehr.documents import rendering, storage
from ehr.errors import WrongState
from ehr.record import extract, timeline

from .. import events, may
from ..models import Case, EvidencePack
from ..models.evidence_pack import PackState
from ..pack import contents, writing
from ..pages import dates
from ..rules.lifecycle import Action
from ..timeline import items, known_to, shown
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User

log = structlog.get_logger(__name__)
PACK_LANGUAGE = "zh-hans"  # of the courts, whoever reads the screen in whatever language


@transaction.atomic
def ask_pack(*, case: Case, by: "User", at: datetime) -> EvidencePack:
    """One at a time for each reader; that somebody asked stands in the record, and so in the pack."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.EXPORT_EVIDENCE, at=at)
    waiting = case.evidence_packs.unfinished().filter(asked_by=by).first()
    if waiting is not None:
        return waiting
    pack = EvidencePack.ask(case=case, by=by, at=at)
    case.note(events.EvidencePackAsked, by=by, at=at, pack_id=str(pack.pk))
    return pack


@transaction.atomic
def take_pack(*, pack: EvidencePack, by: "User", at: datetime) -> None:
    """Each time it leaves the house is an event of its own."""
    refuse_self(by, people.leaver_of(pack.case))
    pack.refresh_from_db(fields=["state", "file_key"])
    if not pack.is_ready:
        raise WrongState(str(pack.get_state_display()))
    pack.case.note(events.EvidencePackTaken, by=by, at=at, pack_id=str(pack.pk), sha256=pack.sha256)


def make_packs(*, at: datetime) -> int:
    """What waits, each for itself; what cannot be sealed yet is left to the next round."""
    made = 0
    for pk in EvidencePack.objects.unfinished().values_list("pk", flat=True):
        try:
            made += make_pack(pk, at=at)
        except Exception:  # one broken file must not keep the others
            log.exception("packing.failed", pack_id=str(pk))
            EvidencePack(pk=pk).count_failure()
    _forget_outlived(at=at)
    return made


def make_pack(pk: Any, *, at: datetime) -> bool:
    """In two rounds, because the list of the papers is sealed before the pack holds the seal. Safe to run twice."""
    _render_papers(pk, at=at)
    extract.bring_up_to_date(at=at)
    if _draft(pk, at=at):
        extract.bring_up_to_date(at=at)
    return _finish(pk, at=at)


@transaction.atomic
def _render_papers(pk: Any, *, at: datetime) -> None:
    """A round of its own: that a file was made is an event, and all events are sealed before the list is written."""
    if pack := _locked(pk, PackState.ASKED):
        for paper in contents.papers_of(pack.case, reader=pack.asked_by).filter(state="issued", rendered_at=None):
            rendering.render(paper.pk, at=at)


@transaction.atomic
def _draft(pk: Any, *, at: datetime) -> bool:
    pack = _locked(pk, PackState.ASKED)
    if pack is None:
        return False
    case = pack.case
    refs = contents.refs_of(case)
    if not extract.is_all_sealed(refs):
        return False
    with translation.override(PACK_LANGUAGE):
        draft = _write(pack, refs)
    pack.keep_draft(draft.stored.key)
    case.note(events.EvidencePackMade, by=None, at=at, pack_id=str(pack.pk), manifest_sha256=draft.manifest_sha256)
    return True


def _write(pack: EvidencePack, refs: list[str]) -> writing.Draft:
    case = pack.case
    happened = list(shown(known_to(pack.asked_by, case, timeline(refs))))
    return writing.write_draft(
        contents.pieces(case, reader=pack.asked_by),
        pack=pack,
        case=_facts(case),
        record={"subjects": refs, "events": writing.listed_events(_read_by(pack, refs))},
        page={
            "asked_by": str(pack.asked_by),
            "asked_at": f"{pack.asked_at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}",
            "dates": dates(case),
            "items": items(reversed(happened)),
        },
    )


def _read_by(pack: EvidencePack, refs: list[str]) -> list[extract.Row]:
    """A code may tell of a protection: who may not know of one gets the record without the findings."""
    hidden = may.hidden_facts(pack.asked_by, pack.case, whole=True)
    return [row for row in extract.sealed_rows(refs) if row.kind not in hidden]


@transaction.atomic
def _finish(pk: Any, *, at: datetime) -> bool:
    pack = _locked(pk, PackState.DRAFTED)
    if pack is None:
        return False
    manifest = writing.manifest_of(pack.draft_key)
    rows = _rows(pack, manifest)
    checkpoint = extract.covering(rows[-1].seq) if rows else None
    if checkpoint is None:
        return False
    stored = writing.write_pack(pack.draft_key, rows, checkpoint)
    draft = pack.draft_key
    pack.finish(key=stored.key, sha256=stored.sha256, size=stored.size, at=at)
    transaction.on_commit(lambda: storage.forget(draft))
    people.tell([pack.asked_by], pack.case, "offboarding.pack_ready", at=at, url=f"{pack.case.url}evidence-packs/")
    return True


def _rows(pack: EvidencePack, manifest: dict[str, Any]) -> list[extract.Row]:
    """Those of the list and the event that tells of it; empty as long as that one is not sealed."""
    listed = {seq for seq, _hash in manifest["record"]["events"]}
    rows = extract.sealed_rows(manifest["record"]["subjects"])
    made = [row for row in rows if row.kind == events.EvidencePackMade.kind and str(pack.pk) in row.text]
    return [*(row for row in rows if row.seq in listed), *made] if made else []


def _facts(case: Case) -> dict[str, str]:
    employment = case.employment
    return {
        "number": case.number,
        "name": employment.person.name,
        "employee_number": employment.employee_number,
        "employer": str(employment.employer),
        "kind": str(case.get_kind_display()),
        "ground": str(case.get_ground_display()) if case.ground else "",
        "state": str(case.get_state_display()),
    }


def _locked(pk: Any, state: PackState) -> EvidencePack | None:
    """Two workers at once: the second finds nothing to do."""
    rows = EvidencePack.objects.select_for_update(of=("self",), skip_locked=True)
    found: EvidencePack | None = (
        rows.select_related("asked_by", "case__employment__person__user", "case__employment__employer", "case__unit")
        .filter(pk=pk, state=state)
        .first()
    )
    return found


def _forget_outlived(*, at: datetime) -> None:
    for pack in EvidencePack.objects.outlived(at):
        key = pack.file_key
        pack.forget()
        storage.forget(key)
