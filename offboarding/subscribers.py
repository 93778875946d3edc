"""What other rooms report that moves a track."""

from typing import Any

from ehr import record
from ehr.identity.models import User
from ehr.units.models import LegalEntity

from .models import Case, TablesVersion
from .operations import ask_recount, asking, progress_track, recalculate
from .operations.noticing import NOTICE, show_papers
from .operations.people import tell_union
from .operations.planning import plan_union
from .operations.rehiring import mind_hirings
from .operations.serving import ask_to_serve

PREFIX = "offboarding.case:"
PAID_BY = frozenset(
    (
        *("base_pay", "birth_date", "employer", "first_work_date", "gender", "hire_date"),
        *("leave_balance_days", "place_of_performance", "probation_end_date", "relation", "retirement_category"),
        "work_time_system",
    )
)
"""Columns of a file that a settlement is reckoned by."""


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


@record.subscribe("handover.successor.named", "offboarding.successor_named")
def successor_named(event: Any) -> None:
    """Also after the approval: whoever reads the case sees who takes over."""
    if event.payload["origin"].startswith(PREFIX):
        case = Case.objects.get(pk=event.payload["origin"].removeprefix(PREFIX))
        case.choose_successor(User.objects.get(pk=event.payload["successor_id"]))


@record.subscribe("ehr.document.issued", "offboarding.certificate_issued")
def certificate_issued(event: Any) -> None:
    if event.payload["document_kind"] == "certificate":
        _progress(event, event.payload["subject"], kind="documents", state="done")


@record.subscribe("ehr.document.issued", "offboarding.notice_sealed")
def notice_sealed(event: Any) -> None:
    """Sealed only after its person was told: there is nothing left to keep from them."""
    if event.payload["document_kind"] != NOTICE:
        return
    case = Case.objects.filter(pk=event.payload["subject"].removeprefix(PREFIX), told_at__isnull=False).first()
    if case is not None:
        show_papers(case, by=event.actor, at=event.at)


@record.subscribe("ehr.document.issued", "offboarding.notice_to_serve")
def notice_to_serve(event: Any) -> None:
    if event.payload["document_kind"] != NOTICE:
        return
    case = Case.objects.for_page().filter(pk=event.payload["subject"].removeprefix(PREFIX)).first()
    if case is not None:
        ask_to_serve(case, by=event.actor, at=event.at)


def _progress(event: Any, origin: str, *, kind: str, state: str) -> None:
    if origin.startswith(PREFIX):
        case_id = origin.removeprefix(PREFIX)
        progress_track(case_id=case_id, kind=kind, state=state, by=event.actor, at=event.at)


@record.subscribe("employees.employment.raised", "offboarding.pay_raised")
def pay_raised(event: Any) -> None:
    _pay_changed(event)


@record.subscribe("employees.employment.pay_recorded", "offboarding.pay_recorded")
def pay_recorded(event: Any) -> None:
    _pay_changed(event)


@record.subscribe("employees.employment.facts_corrected", "offboarding.facts_corrected")
def facts_corrected(event: Any) -> None:
    _recalculated(event, cause="facts")


@record.subscribe("employees.employment.changed", "offboarding.file_changed")
def file_changed(event: Any) -> None:
    """An import has no word for what it corrects: the fields say whose sum it may be."""
    if PAID_BY.intersection(event.payload["fields"]):
        _recalculated(event, cause="facts")


@record.subscribe("employees.employment.prior_service_added", "offboarding.prior_service_added")
def prior_service_added(event: Any) -> None:
    _recalculated(event, cause="facts")


@record.subscribe("employees.employment.prior_service_removed", "offboarding.prior_service_removed")
def prior_service_removed(event: Any) -> None:
    _recalculated(event, cause="facts")


def _pay_changed(event: Any) -> None:
    _recalculated(event, cause="pay")


def _recalculated(event: Any, *, cause: str) -> None:
    """A settlement that stands on this person's pay, or on this file, is calculated anew."""
    for case in Case.objects.for_page().live().filter(employment=event.payload["employment_id"]):
        recalculate(case, cause=cause, by=event.actor, at=event.at)


@record.subscribe("deadlines.deadline.moved", "offboarding.step_due_moved")
def step_due_moved(event: Any) -> None:
    """A loaded calendar moved the duty of an approval; its step is late when that is."""
    if event.payload["deadline_kind"] == asking.KIND:
        asking.follow(event.payload["deadline_id"])


@record.subscribe("employees.import.finished", "offboarding.hired")
def people_came(event: Any) -> None:
    """Once for the roster, not for each of its rows; the clock finds who came otherwise."""
    if event.payload["accepted"]:
        mind_hirings(at=event.at)


@record.subscribe("units.entity.union_said", "offboarding.union_said")
def union_said(event: Any) -> None:
    """Legal learns who lifted or set a block of the law; whom it is set for gets the track that it asks for."""
    employer = LegalEntity.objects.get(pk=event.payload["entity_id"])
    tell_union(employer, has_union=event.payload["has_union"], reason=event.payload.get("reason", ""), at=event.at)
    if not event.payload["has_union"]:
        return
    waiting = Case.objects.for_page().filter(state="approved", employment_ended_at=None)
    for case in waiting.filter(employment__employer=employer).order_by("pk"):
        plan_union(case, by=event.actor, at=event.at)


@record.subscribe("units.calendar.year_loaded", "offboarding.calendar_loaded")
def calendar_loaded(event: Any) -> None:
    """The paid days of a month stand in the year's notice."""
    TablesVersion.renew()
    ask_recount(keys=[], year=event.payload["year"], by=event.actor, at=event.at)
