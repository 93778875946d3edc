"""Whether an employment may end, before anybody opened a case. Every question is kept, and nobody may ask for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ehr import access, record
from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.errors import Forbidden, Refused
from ehr.identity.models import User
from employees.models import Employment
from employees.permissions import EmployeePermission

from .. import events
from ..models import Case, LawCheck
from ..models.law_facts import Plan, facts_of
from ..permissions import Permission
from ..rules import gates
from ..rules.compliance.codes import Verdict, verdict_of
from ..rules.compliance.layoff import LayoffRecord
from ..rules.gates import Finding
from ..rules.kinds import rule
from ..words import finding_words
from . import gating

MOST_AN_HOUR = 60
TO_DO = (
    *("B_REASON_MISSING", "B_MISSING_EVIDENCE", "B_NO_UNION_NOTICE"),
    *("B_NO_SERVICE_PROOF", "B_NO_CONSENT", "B_41_NO_"),
)
"""What is done on the way; the others stand in it."""


@dataclass(frozen=True, kw_only=True)
class Question:
    kind: str
    ground: str
    last_day: date
    reason: str = ""
    pay_in_lieu: bool = False


@dataclass(frozen=True, kw_only=True)
class LawAnswer:
    """Says that a protection is in the way, never which (decisions 12)."""

    employment: Employment
    verdict: Verdict
    in_the_way: list[Finding]
    to_do: list[Finding]
    earliest: date | None


@transaction.atomic
def ask_law(*, employments: list[Employment], question: Question, by: User, at: datetime) -> list[LawAnswer]:
    _refuse_list(employments, by)
    refuse_self(by, *(each.person.user for each in employments))
    gating.refuse_wish(question.last_day, at=at)
    count_questions(employments, by=by, at=at)
    plans = [(each, _plan(question, _beside(each, employments, question), at=at)) for each in employments]
    known = Employment.objects.visible_to(by, EmployeePermission.VIEW_PROTECTED_STATUS)
    knows = set(known.filter(pk__in=[each.pk for each in employments]).values_list("pk", flat=True))
    return [_answer(each, plan, knows=each.pk in knows) for each, plan in plans]


def count_questions(employments: list[Employment], *, within: UUID | None = None, by: User, at: datetime) -> None:
    """Two at once are counted one by one. To be called in a transaction, which a refusal takes back.

    A list that is sent (`within`) is one question however long it is. Whoever was asked about within the hour already
    is a question of their own, or lists would be the way to try for ever (docs/decisions/0013)."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    for employment in employments:
        together = None if within is None or LawCheck.objects.of_hour(by, at=at).about(employment) else within
        row = LawCheck.objects.create(employment=employment, within=together, by=by, at=at)
        record.emit(events.LawAsked(employment_id=str(employment.pk)), subject=row, by=by, at=at)
    if LawCheck.objects.of_hour(by, at=at).questions() > MOST_AN_HOUR:
        raise Refused("B_TOO_MANY_CHECKS", finding_words("B_TOO_MANY_CHECKS"))


@transaction.atomic
def count_sending(case: Case, *, within: UUID | None = None, by: User, at: datetime) -> None:
    """To send is to ask the law, whatever it answers. So it is counted in a transaction of its own: a refusal takes back
    what was sent, not that it was asked. `within`: the list it is sent with."""
    if rule(case.kind).asks_law:
        count_questions([case.employment], within=within, by=by, at=at)


def _beside(asked: Employment, employments: list[Employment], question: Question) -> dict[UUID, LayoffRecord]:
    """A list is counted as one: that each alone would pass is no answer (LCL 41)."""
    others = [each for each in employments if each.pk != asked.pk]
    return {
        each.pk: LayoffRecord(entity=str(each.employer_id), ground=question.ground, effective_date=question.last_day)
        for each in others
    }


def _refuse_list(employments: list[Employment], by: User) -> None:
    if len(employments) > 1 and not access.has(by, Permission.ASK_LAW_LIST):
        raise Forbidden(Permission.ASK_LAW_LIST)


def _answer(employment: Employment, plan: Plan, *, knows: bool) -> LawAnswer:
    facts = facts_of(employment, plan)
    found = list({each.code: each for each in gates.everything(facts) if not each.is_advice}.values())
    found = found if knows else gates.as_told(found)
    in_the_way = [each for each in found if not each.code.startswith(TO_DO)]
    return LawAnswer(
        employment=employment,
        verdict=verdict_of(each.code for each in in_the_way),
        in_the_way=in_the_way,
        to_do=[each for each in found if each.code.startswith(TO_DO)],
        earliest=gates.earliest_last_day(facts),
    )


def _plan(question: Question, beside: dict[UUID, LayoffRecord], *, at: datetime) -> Plan:
    return Plan(
        kind=question.kind,
        ground=question.ground,
        reason=question.reason,
        notice_date=min(legal_day(at), question.last_day),
        last_day=question.last_day,
        pay_in_lieu=question.pay_in_lieu,
        beside=beside,
    )
