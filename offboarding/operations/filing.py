"""Beginning an exit: the employee's own notice, and requests by managers and HR."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.clock import LEGAL_ZONE
from ehr.errors import Forbidden, Refused, WrongState
from ehr.identity import signing

from ..models import Case, Decision
from ..rules import chains, dates, forced, kinds
from ..rules.kinds import Kind, Starter, rule
from ..rules.lifecycle import LIVE, State
from ..words import finding_words
from . import answering, arrears, asking, deaths, gating, people, told_outside
from .approving import conclude

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment

SIGNS_NOTICE = "offboarding.resignation"


def send_signing_code(*, employment: "Employment", by: "User", at: datetime) -> signing.Sent:
    """Before anything is written: who can't file now is told so before a code comes."""
    refuse_ended(employment)
    refuse_second(employment, Kind.RESIGNATION)
    return signing.send_signing_code(user=by, act=SIGNS_NOTICE, words=_("filing your resignation"), at=at)


@transaction.atomic
def file_resignation(
    *,
    employment: "Employment",
    requested_last_working_date: date | None,
    reason: str,
    typed_name: str,
    code: str,
    kind: str = Kind.RESIGNATION,
    items: Iterable[str] = (),
    by: "User | None",
    at: datetime,
) -> Case:
    """A notice (LCL 37, 38): it works by being filed, so the act has to be unmistakable (decisions 13).
    The code comes to their own address; only what is taken over as history (by nobody) was signed on paper."""
    _refuse_other_name(typed_name, employment)
    _refuse_starter(kind, Starter.EMPLOYEE)
    refuse_items(kind, items)
    if by is not None:
        signing.spend_code(user=by, act=SIGNS_NOTICE, code=code, at=at)
    case = start_case(
        kind=kind,
        employment=employment,
        ground=kinds.rule(kind).grounds[0],
        reason=reason,
        requested_last_working_date=requested_last_working_date,
        forced_items=forced.in_order(items),
        by=by,
        at=at,
    )
    submit_case(case=case, by=by, at=at)
    return case


@transaction.atomic
def request_ending(
    *,
    kind: str,
    employment: "Employment",
    ground: str,
    reason: str,
    requested_last_working_date: date | None,
    pay_in_lieu: bool = False,
    cost: Decimal | None = None,
    starter: Starter = Starter.MANAGER,
    stand_in: str = "",
    by: "User",
    at: datetime,
) -> Case:
    """A draft by a manager or HR. Nobody starts an ending of their own employment this way."""
    refuse_self(by, employment.person.user)
    _refuse_starter(kind, starter)
    return start_case(
        kind=kind,
        employment=employment,
        ground=ground,
        reason=reason,
        requested_last_working_date=requested_last_working_date,
        pay_in_lieu=pay_in_lieu,
        cost=cost,
        stand_in=stand_in,
        by=by,
        at=at,
    )


def start_case(
    *,
    kind: str,
    employment: "Employment",
    ground: str,
    reason: str,
    requested_last_working_date: date | None,
    pay_in_lieu: bool = False,
    cost: Decimal | None = None,
    stand_in: str = "",
    forced_items: list[str] | None = None,
    by: "User | None",
    at: datetime,
) -> Case:
    refuse_ended(employment)
    refuse_second(employment, kind)
    if requested_last_working_date is not None:
        gating.refuse_wish(requested_last_working_date, at=at, ground=ground, hired=employment.hire_date)
    case = Case.start(
        kind=kind,
        employment=employment,
        ground=ground,
        requested_last_working_date=requested_last_working_date,
        pay_in_lieu=pay_in_lieu,
        cost=cost,
        stand_in=stand_in,
        forced_items=forced_items or [],
        by=by,
        at=at,
    )
    write_reason(case, reason, by=by, at=at)
    return case


@transaction.atomic
def submit_case(*, case: Case, by: "User | None", at: datetime) -> None:
    """First time or after a return. The three things that can stop it: the table, the dates, the SUBMIT gate."""
    case.hold()
    _refuse_other_submitter(case, by)
    if case.state == State.DRAFT:
        _refuse_overtaken(case)
    answering.refuse_own_override(case, by)
    planned = planned_dates(case, at=at)
    gating.refuse_dates_of(case, planned, at=at)
    said = case.reason_said()
    case.submit(dates=planned, reason_sha256=said.comment_sha256 if said else "", by=by, at=at)
    case.open_chain(version=case.chain_version or asking.choose_version(case), by=by, at=at)
    deadlines.close(subject=case.ref, kind="offboarding.returned", by=by, at=at)
    asking.plan_steps(case)
    arrears.ask_check(case, by=by, at=at)
    _mark_leaving(case, by=by, at=at)
    _tell_leaver(case, at=at)
    if case.is_of_death:
        deaths.close_account(case, by=by, at=at)
        people.tell(people.lawyers_of(case) or people.hr_of(case), case, "offboarding.death", at=at)
    if not asking.open_next_step(case, by=by, at=at):
        conclude(case, by=None, at=at)


@transaction.atomic
def amend_case(
    *,
    case: Case,
    reason: str = "",
    requested_last_working_date: date | None = None,
    kind: str = "",
    items: Iterable[str] | None = None,
    by: "User",
    at: datetime,
    **drafted: Any,
) -> None:
    """Only what somebody says changes; filed_at stays the legal instant. `drafted`: ground, pay_in_lieu, cost.
    What was explained or let pass was so for these facts and this ground: with others it is asked anew."""
    case.hold()
    if requested_last_working_date:
        drafted["requested_last_working_date"] = requested_last_working_date
    is_other_notice = kind not in ("", case.kind)
    if is_other_notice:
        drafted |= _other_notice(case, kind)
        items = items or ()
    if items is not None:
        refuse_items(kind or case.kind, items)
        drafted["forced_items"] = forced.in_order(items)
    is_another_day = drafted.get("requested_last_working_date", case.requested_last_working_date) != (
        case.requested_last_working_date
    )
    is_another = reason not in ("", case.reason()) or drafted.get("ground", case.ground) != case.ground
    case.redraft(by=by, at=at, **drafted)
    answering.refuse_own_override(case, by)
    if is_another:
        case.finding_answers.all().delete()
    elif is_another_day:
        answering.forget_of_the_day(case)
    write_reason(case, reason, by=by, at=at)
    if is_other_notice and case.is_sent_by_hr:  # what is owed to the person hangs on which of the two it is
        told_outside.tell_of_letter(case, by=by, at=at)


def _other_notice(case: Case, kind: str) -> dict[str, Any]:
    """Who resigned may say that they were forced to, and the other way round (LCL 37, 38); nothing else becomes a notice.
    Its chain is chosen anew."""
    if not (case.is_notice and rule(kind).is_notice):
        raise Refused("B_NOTICE_KIND", finding_words("B_NOTICE_KIND"), field="kind")
    return {"kind": kind, "ground": rule(kind).grounds[0], "chain_version": None}


def planned_dates(case: Case, *, at: datetime) -> dates.FourDates:
    filed = (case.filed_at or at).astimezone(LEGAL_ZONE).date()
    wish = case.requested_last_working_date
    if case.has_notice_period:
        return dates.by_law(filed_date=filed, in_probation=case.in_probation_on(filed), requested=wish)
    return dates.on(filed_date=filed, day=wish or filed)


def acknowledge_due(case: Case) -> datetime:
    """Until when the company may answer; afterwards the system acknowledges (decisions 3)."""
    assert case.filed_at and case.filed_date
    days = chains.acknowledge_days(in_probation=case.in_probation_on(case.filed_date))
    return deadlines.due_in(working_days=days, at=case.filed_at)


def write_reason(case: Case, reason: str, *, by: "User | None", at: datetime) -> None:
    if reason:
        Decision.write(case=case, kind="reason", comment=reason, by=by, at=at)


def _tell_leaver(case: Case, *, at: datetime) -> None:
    if case.is_on_paper and case.round == 1:
        people.tell_leaver(case, "offboarding.letter_recorded", at=at, received_on=str(case.letter_received_on))
    else:
        people.tell_leaver(case, "offboarding.filed", at=at)


def refuse_items(kind: str, items: Iterable[str]) -> None:
    if code := forced.problem(kind, items):
        raise Refused(code, finding_words(code), article="LCL 38", field="items")


def _mark_leaving(case: Case, *, by: "User | None", at: datetime) -> None:
    """A quiet case leaves no trace on the person's own file until they were told."""
    if not case.is_secret and case.employment.status == "active":
        case.employment.file_exit(by=by, at=at)


def refuse_ended(employment: "Employment") -> None:
    if not employment.is_current:
        raise WrongState(_("This employment has ended already."))


def refuse_second(employment: "Employment", kind: str) -> None:
    """A notice is never stopped by a quiet case: that would tell the person, and LCL 37 needs nobody's leave."""
    live = Case.objects.filter(employment=employment, state__in=LIVE)
    if rule(kind).is_notice:
        live = live.exclude(quiet=True, told_at=None)
    if other := live.first():
        raise WrongState(_("There is an exit case in process already: %(number)s.") % {"number": other.number})


def _refuse_overtaken(case: Case) -> None:
    """Others may have been begun and sent while this one was a draft; who sends at the same moment waits here."""
    type(case.employment).objects.select_for_update(no_key=True).get(pk=case.employment_id)
    refuse_second(case.employment, case.kind)


def _refuse_starter(kind: str, starter: Starter) -> None:
    if not kinds.may_start(kind, starter):
        raise Refused("B_KIND_STARTER", _("This kind of exit is started by somebody else."), field="kind")


def refuse_recorder(employment: "Employment", by: "User | None") -> None:
    """Neither the person nor their own head: whoever wants somebody gone must not be the one who found a letter."""
    refuse_self(by, employment.person.user)
    manager, head = employment.line_manager, employment.unit.head
    if by is not None and by in (manager and manager.person.user, head):
        raise Forbidden("own_report")


def _refuse_other_submitter(case: Case, by: "User | None") -> None:
    """A notice is its own person's to send, an employer's ending everybody's but theirs."""
    if case.is_on_paper and (case.state == State.DRAFT or case.is_sent_by_hr):
        refuse_recorder(case.employment, by)  # written by the person, only recorded by HR
    elif by is not None and (by == people.leaver_of(case)) != case.is_notice:
        raise Forbidden("not_yours_to_submit")


def _refuse_other_name(typed_name: str, employment: "Employment") -> None:
    if typed_name.strip() != employment.person.name:
        raise Refused("B_NAME_TYPED", _("Please type your name exactly."), article="LCL 37", field="typed_name")
