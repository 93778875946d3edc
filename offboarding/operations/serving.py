"""Bringing a notice to its person: way after way, each with its proof, until one has provably arrived (CC 137)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ehr import deadlines
from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.documents import uploads
from ehr.errors import Refused

from .. import events
from ..models import Case, ServiceFile, ServiceProof, ServiceResult
from ..rules.compliance import delivery
from ..rules.lifecycle import Action
from ..words import finding_words
from . import people
from .noticing import current_notice, notice_to_serve
from .telling import tell_in_person

if TYPE_CHECKING:
    from ehr.identity.models import User

DUTY = "offboarding.service"
STEPS = {
    "first": gettext_noop("Serve the notice"),
    "result": gettext_noop("Say what came of the service"),
    "proof": gettext_noop("Add the proof of service"),
    "next": gettext_noop("Serve the notice the next way"),
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A file that proves something about one way of service."""

    proof: str
    name: str
    size: int
    content: IO[bytes]


@dataclass(frozen=True, kw_only=True)
class Sending:
    method: str
    sent_date: date
    recipient: str = ""
    is_agreed: bool = False
    reference: str = ""


@transaction.atomic
def send_notice(
    *,
    case: Case,
    sending: Sending,
    result: str = "",
    day: date | None = None,
    proofs: Sequence[Proof] = (),
    by: "User",
    at: datetime,
) -> ServiceProof:
    """Only a sealed paper is sent, and public notice is the last way: void where another one was possible. What came of
    it and what proves it may be known already."""
    _refuse_impossible(case, sending, by=by, at=at)
    notice = notice_to_serve(case)
    if notice is not None and notice.issued_at and sending.sent_date < legal_day(notice.issued_at):
        raise Refused("B_BEFORE_SEAL", finding_words("B_BEFORE_SEAL"), field="sent_date")
    service = ServiceProof.objects.create(
        case=case, document=notice, data_key_id=case.data_key_id, by=by, at=at, **asdict(sending)
    )
    case.note(events.ServiceTried, by=by, at=at, service_id=str(service.pk), method=service.method, result="waiting")
    _close_duties(case, "first", "next", by=by, at=at)
    _ask(service, "result", delivery.RESULT_DAYS[service.method], by=by, at=at)
    if result or proofs:
        follow_service(service=service, result=result, day=day, proofs=proofs, by=by, at=at)
    return service


@transaction.atomic
def follow_service(
    *,
    service: ServiceProof,
    result: str = "",
    day: date | None = None,
    proofs: Sequence[Proof] = (),
    by: "User",
    at: datetime,
) -> ServiceProof:
    """What came of it, once, and the papers that prove it, at any time."""
    case = service.case
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.RECORD_SERVICE, at=at)
    for proof in proofs:
        _keep(service, proof, by=by, at=at)
    if result:
        _answer(service, result, day, by=by, at=at)
    _weigh(service, by=by, at=at)
    return service


def record_service(
    *,
    case: Case,
    method: str,
    delivered_date: date,
    reference: str = "",
    proofs: Sequence[Proof] = (),
    by: "User",
    at: datetime,
) -> ServiceProof:
    """Sent and received in one go, with the paper that proves it."""
    sending = Sending(method=method, sent_date=delivered_date, reference=reference, is_agreed=True)
    arrived = {"result": ServiceResult.DELIVERED, "day": delivered_date, "proofs": proofs}
    return send_notice(case=case, sending=sending, **arrived, by=by, at=at)


@transaction.atomic
def ask_to_serve(case: Case, *, by: "User | None", at: datetime) -> None:
    """The notice is sealed: whoever prepared it brings it to its person. Told late, it may have arrived already.
    Of a corrected one nothing that was done for the earlier counts: its service starts anew."""
    case.hold()
    notice = current_notice(case)
    if notice is not None and case.state == "approved" and not case.service_proofs.counting().exists():
        _close_duties(case, by=by, at=at)
        _open(case, "first", owner=notice.prepared_by, key="first", days=delivery.NEXT_DAYS, by=by, at=at)


@transaction.atomic
def arrive(service: ServiceProof, *, at: datetime) -> bool:
    """Thirty days after its publication a public notice has arrived."""
    _weigh(service, by=None, at=at)
    return service.delivered_date is not None


def _refuse_impossible(case: Case, sending: Sending, *, by: "User", at: datetime) -> None:
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.RECORD_SERVICE, at=at)
    _refuse_future(sending.sent_date, field="sent_date", at=at)
    if sending.method == delivery.PUBLIC and len(delivery.failed_ways(case.services())) < 2:
        words = finding_words("B_PUBLIC_TOO_EARLY")
        raise Refused("B_PUBLIC_TOO_EARLY", words, article="劳办发〔1995〕179号", field="method")


def _refuse_future(day: date, *, field: str, at: datetime) -> None:
    if day > legal_day(at):
        raise Refused("B_FUTURE_DATE", _("This day has not come yet."), field=field)


def _answer(service: ServiceProof, result: str, day: date | None, *, by: "User", at: datetime) -> None:
    if day is None:
        raise Refused("B_DATE_MISSING", _("Give the day."), field="day")
    _refuse_future(day, field="day", at=at)
    if service.sent_date and day < service.sent_date:
        raise Refused("B_BEFORE_SENDING", finding_words("B_BEFORE_SENDING"), field="day")
    service.answer(result=result, day=day)
    facts = {"service_id": str(service.pk), "method": service.method, "result": result}
    service.case.note(events.ServiceTried, by=by, at=at, **facts)


def _keep(service: ServiceProof, proof: Proof, *, by: "User", at: datetime) -> ServiceFile:
    if proof.proof not in delivery.PROOFS[service.method] + delivery.PROOFS[delivery.REFUSED]:
        raise Refused("B_PAPER_UNKNOWN", finding_words("B_PAPER_UNKNOWN"), field="proof")
    already = service.files.count()
    kept = uploads.keep(proof.content, name=proof.name, size=proof.size, already=already, folder="service")
    row = ServiceFile.objects.create(service=service, proof=proof.proof, **asdict(kept), uploaded_by=by, uploaded_at=at)
    facts = {"service_id": str(service.pk), "proof": row.proof, "sha256": row.sha256, "size": row.size}
    service.case.note(events.ServiceProofAdded, by=by, at=at, **facts)
    return row


def _weigh(service: ServiceProof, *, by: "User | None", at: datetime) -> None:
    """Ask the rule whether it has arrived; if not, the next step goes into the inbox."""
    if service.is_waiting or service.delivered_date is not None:
        return
    case = service.case
    rules = case.service_rules()
    rule = rules.get(service.pk)
    if rule is None:  # about a notice that a corrected one has replaced
        _close_duties(case, str(service.pk), by=by, at=at)
        return
    arrived = rule.delivered
    if arrived is not None and arrived <= legal_day(at):
        _deliver(service, arrived, by=by, at=at)
    elif arrived is None and not rule.has_failed:
        _ask(service, "proof", delivery.NEXT_DAYS, by=by, at=at)
    elif rule.has_failed and delivery.next_way(list(rules.values())):
        _ask(service, "next", delivery.NEXT_DAYS, by=by, at=at)
    else:
        _close_duties(case, str(service.pk), by=by, at=at)


def _deliver(service: ServiceProof, day: date, *, by: "User | None", at: datetime) -> None:
    case = service.case
    if not service.deliver(day):
        return
    case.note(events.ServiceRecorded, by=by, at=at, method=service.method, delivered_date=day.isoformat())
    _close_duties(case, by=by, at=at)
    if case.is_secret:
        tell_in_person(case=case, by=by, at=at)


def _ask(service: ServiceProof, step: str, days: int, *, by: "User | None", at: datetime) -> None:
    """One step at a time for each way; the next way is asked for once."""
    case, own = service.case, str(service.pk)
    deadlines.close(subject=case.ref, kind=DUTY, key=own, by=by, at=at)
    _open(case, step, owner=service.by, key="next" if step == "next" else own, days=days, by=by, at=at)


def _open(case: Case, step: str, *, owner: "User | None", key: str, days: int, by: "User | None", at: datetime) -> None:
    deadlines.open_deadline(
        kind=DUTY,
        subject=case.ref,
        owner=owner,
        due_at=deadlines.due_in(working_days=days, at=at),
        url=f"{case.url}service-proofs/",
        params={"name": case.employment.person.name, "step": STEPS[step]},
        key=key,
        by=by,
        at=at,
    )


def _close_duties(case: Case, *keys: str, by: "User | None", at: datetime) -> None:
    for key in keys or (None,):
        deadlines.close(subject=case.ref, kind=DUTY, key=key, by=by, at=at)
