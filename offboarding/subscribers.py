"""What other rooms report that moves a track."""

from typing import Any

from ehr import record

from .operations import progress_track

PREFIX = "offboarding.case:"


@record.subscribe("handover.handover.signed", "offboarding.handover_signed")
def handover_signed(event: Any) -> None:
    """The head's signature is the approval of the handover (decisions 11)."""
    _progress(event, event.payload["origin"], kind="handover", state="done")


@record.subscribe("handover.handover.completed", "offboarding.handover_completed")
def handover_completed(event: Any) -> None:
    _progress(event, event.payload["origin"], kind="handover", state="in_progress")


@record.subscribe("handover.handover.returned", "offboarding.handover_returned")
def handover_returned(event: Any) -> None:
    _progress(event, event.payload["origin"], kind="handover", state="returned")


@record.subscribe("ehr.document.issued", "offboarding.certificate_issued")
def certificate_issued(event: Any) -> None:
    if event.payload["document_kind"] == "certificate":
        _progress(event, event.payload["subject"], kind="documents", state="done")


def _progress(event: Any, origin: str, *, kind: str, state: str) -> None:
    if origin.startswith(PREFIX):
        case_id = origin.removeprefix(PREFIX)
        progress_track(case_id=case_id, kind=kind, state=state, by=event.actor, at=event.at)
