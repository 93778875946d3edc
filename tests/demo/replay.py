"""A seeded exit told once more: what people did is read from its rows and from the record, and done again by the verbs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from ehr import deadlines, documents, record
from ehr.documents import storage
from ehr.identity import signing
from ehr.identity.models import User
from ehr.record.models import Event
from employees.models import Employment
from handover import operations as handing
from handover.models import Handover, HandoverItem, ItemFile
from offboarding import operations as ops
from offboarding.models import Approval, Case, Decision, Retention, ServiceFile
from offboarding.rules.kinds import Starter

Deed = Callable[[Case], object]
STANDS = (
    *("kind", "ground", "state", "quiet", "round", "pay_in_lieu", "started_at", "filed_at", "filed_date", "told_at"),
    *("requested_last_working_date", "last_working_date", "termination_date", "paid_until_date"),
    *("approved_at", "last_human_at", "employment_ended_at", "finished_at", "started_by_id", "successor_id"),
)


@dataclass(frozen=True)
class Told:
    """How an exit begins, what people did to it afterwards, and how it stands in the end. Nothing of it is plot."""

    begins_at: datetime
    begin: Callable[[], Case]
    deeds: list[tuple[datetime, Deed]]
    stands: dict[str, Any]

    @classmethod
    def of(cls, case: Case) -> "Told":
        deeds = [(event.at, _VERBS[event.kind](event, case)) for event in _events(case) if _is_a_deed(event, case)]
        return cls(case.started_at, _beginning(case), deeds, stands(case))


def stands(case: Case) -> dict[str, Any]:
    case = Case.objects.select_related("employment").get(pk=case.pk)
    handover = Handover.objects.filter(origin=case.ref).first()
    papers = documents.Document.objects.for_subject(case.ref)
    tracks = case.tracks.order_by("kind")
    return {
        "case": {name: getattr(case, name) for name in STANDS},
        "employment": (case.employment.status, case.employment.termination_date),
        "steps": list(case.steps.order_by("round", "position").values_list("round", "position", "state", "decided_at")),
        "tracks": list(tracks.values_list("kind", "state", "required", "role", "owner", "due_at", "note", "moved_by")),
        "handover": handover and (handover.state, handover.signed_at, handover.signed_by_id, handover.due_at),
        "items": sorted(handover.items.values_list("key", "state", "round")) if handover else [],
        "papers": sorted(papers.values_list("kind", "state", "prepared_at")),
        "events": sorted((event.at, event.kind, str(event.actor_id)) for event in _events(case)),
    }


def _events(case: Case) -> list[Event]:
    """Of the case, of its handover and of its papers, as they were written."""
    parts = [*Handover.objects.filter(origin=case.ref), *documents.Document.objects.for_subject(case.ref)]
    subjects = [case.ref, *map(record.ref, parts)]
    return list(Event.objects.filter(subject__in=subjects).select_related("actor").order_by("id"))


def _is_a_deed(event: Event, case: Case) -> bool:
    """Most events follow from the verb that wrote another one, or are the clock's."""
    facts = event.payload
    if event.kind not in _VERBS or event.actor is None:
        return False
    if event.kind == "ehr.document.issued":
        return documents.Document.objects.get(pk=facts["document_id"]).prepared_by_id != event.actor_id
    return {
        "offboarding.case.submitted": case.kind != "resignation",  # filing a notice is submitting it
        "offboarding.case.track_moved": facts.get("state") == "done" and facts.get("track") != "handover",
    }.get(event.kind, True)


def _beginning(case: Case) -> Callable[[], Case]:
    employment, by, at = case.employment, case.started_by, case.started_at
    facts = {"employment": employment, "reason": case.decisions.get(kind="reason").comment, "by": by, "at": at}
    wish = case.requested_last_working_date
    if case.kind == "resignation":
        return lambda: _signed(employment, wish=wish, by=by, at=at, facts=_anew(facts))
    if case.kind == "pre_offboarding":
        return lambda: ops.prepare_exit(expected_last_working_date=wish, **_anew(facts))
    said = {"kind": case.kind, "ground": case.ground, "pay_in_lieu": case.pay_in_lieu, "cost": case.cost}
    starter = Starter.MANAGER if case.kind == "dismissal" and by == case.unit.head else Starter.HR
    return lambda: ops.request_ending(requested_last_working_date=wish, starter=starter, **said, **_anew(facts))


def _signed(employment: Employment, *, wish: date | None, by: User, at: datetime, facts: dict[str, Any]) -> Case:
    code = signing.issue_code(user=by, act=ops.SIGNS_NOTICE, at=at) or ""
    name = employment.person.name
    return ops.file_resignation(requested_last_working_date=wish, typed_name=name, code=code, **facts)


def _anew(facts: dict[str, Any]) -> dict[str, Any]:
    employment = Employment.objects.select_related("person__user", "unit").get(pk=facts["employment"].pk)
    return facts | {"employment": employment, "by": User.objects.get(pk=facts["by"].pk)}


def _by(event: Event) -> User:
    """As they are when it is done again: some have left by the end of what was read."""
    return User.objects.get(pk=event.actor_id)


# --- one verb per kind of event -------------------------------------------------------------------------------
def _submitted(event: Event, case: Case) -> Deed:
    return lambda twin: ops.submit_case(case=twin, by=_by(event), at=event.at)


def _decided(event: Event, case: Case) -> Deed:
    asked = Approval.objects.get(pk=event.payload["approval_id"])
    choice = ops.Choice(
        decision=event.payload["decision"], comment=Decision.objects.filter(approval=asked).latest("at").comment
    )

    def decide(twin: Case) -> None:
        pending = Approval.objects.pending().select_related("step__case", "step__chain_step", "approver")
        same = pending.get(step__case=twin, step__position=event.payload["position"], approver=asked.approver_id)
        ops.decide(approval=same, choice=choice, by=_by(event), at=event.at)

    return decide


def _cancelled(event: Event, case: Case) -> Deed:
    reason = case.decisions.get(kind="cancellation").comment
    return lambda twin: ops.cancel_case(case=twin, reason=reason, by=_by(event), at=event.at)


def _withdrawn(event: Event, case: Case) -> Deed:
    reason = case.decisions.get(kind="withdrawal").comment
    return lambda twin: ops.withdraw(case=twin, reason=reason, by=_by(event), at=event.at)


def _talked(event: Event, case: Case) -> Deed:
    talk = Retention.objects.get(case=case, talked_at=event.at)
    said = {"measure": talk.measure, "outcome": event.payload["outcome"], "amount": talk.amount, "note": talk.note}
    return lambda twin: ops.record_retention(case=twin, by=_by(event), at=event.at, **said)


def _retained(event: Event, case: Case) -> Deed:
    return lambda twin: ops.accept_retention(case=twin, by=_by(event), at=event.at)


def _noticed(event: Event, case: Case) -> Deed:
    return lambda twin: ops.issue_notice(case=twin, by=_by(event), at=event.at)


def _served(event: Event, case: Case) -> Deed:
    said = {"method": event.payload["method"], "delivered_date": date.fromisoformat(event.payload["delivered_date"])}
    files = ServiceFile.objects.filter(service__case=case).order_by("id")
    proofs = [
        ops.Proof(proof=row.proof, name=row.name, size=row.size, content=BytesIO(storage.read_stored(row.file_key)))
        for row in files
    ]
    return lambda twin: ops.record_service(case=twin, proofs=proofs, by=_by(event), at=event.at, **said)


def _track_done(event: Event, case: Case) -> Deed:
    track = case.tracks.get(pk=event.payload["track_id"])

    def finish(twin: Case) -> None:
        same = twin.tracks.select_related("case__employment__person", "case__unit").get(kind=track.kind)
        ops.finish_track(track=same, note=track.note, by=_by(event), at=event.at)

    return finish


def _sealed(event: Event, case: Case) -> Deed:
    def release(twin: Case) -> None:
        waiting = documents.Document.objects.for_subject(twin.ref).filter(state="waiting")
        documents.release(waiting.get(kind=event.payload["document_kind"]), by=_by(event), at=event.at)

    return release


def _attached(event: Event, case: Case) -> Deed:
    file = ItemFile.objects.select_related("item").get(pk=event.payload["file_id"])
    content = storage.read_stored(file.file_key)

    def attach(twin: Case) -> None:
        said = {"name": file.name, "size": file.size, "content": BytesIO(content)}
        handing.attach_file(item=_item(twin, file.item.key), by=_by(event), at=event.at, **said)

    return attach


def _on_item(verb: Callable[..., object], *words: str) -> Callable[[Event, Case], Deed]:
    def made(event: Event, case: Case) -> Deed:
        item = HandoverItem.objects.get(pk=event.payload["item_id"])
        said = {word: getattr(item, word) for word in words}
        if verb is handing.return_item:
            said["comment"] = item.decisions.get(verdict="return", round=event.payload["round"]).comment
        return lambda twin: verb(item=_item(twin, item.key), by=_by(event), at=event.at, **said)

    return made


def _on_list(verb: Callable[..., object]) -> Callable[[Event, Case], Deed]:
    return lambda event, case: lambda twin: verb(handover=_list(twin), by=_by(event), at=event.at)


def _list(twin: Case) -> Handover:
    return Handover.objects.for_page().get(origin=twin.ref)


def _item(twin: Case, key: str) -> HandoverItem:
    return _list(twin).items.get(key=key)


def _proven(event: Event, case: Case) -> Deed:
    row = case.evidence.get(pk=event.payload["evidence_id"])
    said = {"paper": row.paper, "dated": row.dated, "name": row.name, "size": row.size}

    def prove(twin: Case) -> None:
        content = BytesIO(storage.read_stored(row.file_key))
        ops.add_evidence(case=twin, content=content, by=_by(event), at=event.at, **said)

    return prove


_VERBS: dict[str, Callable[[Event, Case], Deed]] = {
    "offboarding.case.evidence_added": _proven,
    "offboarding.case.submitted": _submitted,
    "offboarding.case.step_decided": _decided,
    "offboarding.case.cancelled": _cancelled,
    "offboarding.case.withdrawn": _withdrawn,
    "offboarding.case.retention_recorded": _talked,
    "offboarding.case.retained": _retained,
    "offboarding.case.notice_prepared": _noticed,
    "offboarding.case.service_recorded": _served,
    "offboarding.case.track_moved": _track_done,
    "ehr.document.issued": _sealed,
    "handover.file.attached": _attached,
    "handover.item.submitted": _on_item(handing.submit_item, "fields", "text", "is_nothing"),
    "handover.item.confirmed": _on_item(handing.confirm_item),
    "handover.item.returned": _on_item(handing.return_item),
    "handover.handover.completed": _on_list(handing.state_complete),
    "handover.handover.signed": _on_list(handing.sign_handover),
}


def replayed(told: list[Told], *, now: datetime, mornings: Iterator[datetime]) -> list[Case]:
    """All of them side by side, as they ran, with the clock's work at ten each morning."""
    twins: dict[int, Case] = {}
    waiting = sorted(
        [(one.begins_at, -1, nth) for nth, one in enumerate(told)]
        + [(at, order, nth) for nth, one in enumerate(told) for order, (at, _deed) in enumerate(one.deeds)]
    )
    for morning in [*mornings, now]:
        while waiting and waiting[0][0] <= morning:
            _at, order, nth = waiting.pop(0)
            if order < 0:
                twins[nth] = told[nth].begin()
            else:
                told[nth].deeds[order][1](Case.objects.for_page().get(pk=twins[nth].pk))
        record.deliver_all()
        ops.keep_clock(at=morning)
    deadlines.sweep(at=now)
    return [twins[nth] for nth in range(len(told))]
