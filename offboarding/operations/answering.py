"""A warning passes with a written reason; a refusal only when a reviewer who did not ask for the ending lets it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from ehr import access, record
from ehr.access import refuse_self
from ehr.errors import Forbidden, Refused
from ehr.units.models import OrgUnit
from employees.permissions import EmployeePermission

from .. import events
from ..models import Case, Decision, FindingAnswer
from ..permissions import Permission
from ..rules.compliance.codes import may_be_overridden
from ..rules.gates import PROTECTED_WARNING, Finding, Gate
from ..rules.lifecycle import Action
from ..words import finding_words
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.record.models import Event

ASKING = [fact.kind for fact in (events.Started, events.Converted, events.Redrafted, events.Submitted)]

OF_THE_DAY = ("B_NOTICE_SHORT", "B_41_NOTICE_SHORT")


@transaction.atomic
def explain_finding(*, case: Case, gate: str, code: str, reason: str, by: "User", at: datetime) -> FindingAnswer:
    """Why it is done in spite of the warning. What touches a protection is answered by legal alone (decisions 12),
    and everybody else is told so whether there is one or not."""
    if code == PROTECTED_WARNING:
        access.check(by, EmployeePermission.VIEW_PROTECTED_STATUS, case.employment)
    else:
        access.check(by, Permission.START_CASE, case)
    finding = _stopping(case, gate, code, by=by, at=at)
    if not finding.needs_reason:
        raise _refusal("B_NO_SUCH_FINDING", "code")
    return _answer(case, finding, reason, is_override=False, by=by, at=at)


@transaction.atomic
def override_finding(*, case: Case, gate: str, code: str, reason: str, by: "User", at: datetime) -> FindingAnswer:
    """For good: the case and the papers made from it carry the word from now on."""
    if not _reached(by, case).exists():
        raise Forbidden(Permission.OVERRIDE_FINDING)
    finding = _stopping(case, gate, code, by=by, at=at)
    if _asked_by(by, case).exists():
        raise _refusal("B_OWN_OVERRIDE", "code")
    if not may_be_overridden(code):
        raise _refusal("B_NOT_OVERRIDABLE", "code")
    answer = _answer(case, finding, reason, is_override=True, by=by, at=at)
    case.mark_overridden()
    return answer


def may_override(user: "User", case: Case) -> bool:
    return _reached(user, case).filter(~Exists(_asked_by(user, case))).exists()


def _reached(user: "User", case: Case) -> QuerySet[OrgUnit]:
    """Held for the employer in law, not only for the department; of an employer that no unit stands for, as where its
    people are spread over the units of others, for the unit of the person."""
    held = access.scope(user, Permission.OVERRIDE_FINDING, unit="path")
    stands_for_it = OrgUnit.objects.filter(legal_entity=case.employment.employer_id)
    own = Q(pk=case.unit_id) & ~Exists(stands_for_it)
    return OrgUnit.objects.filter(held).filter(Q(legal_entity=case.employment.employer_id) | own)


def _asked_by(user: "User", case: Case) -> "QuerySet[Event]":
    return record.timeline([case.ref]).filter(kind__in=ASKING, actor=user.pk)


def refuse_own_override(case: Case, by: "User | None") -> None:
    """The same the other way round: whoever let something pass does not ask for the ending afterwards."""
    if by is not None and case.overridden and case.finding_answers.filter(is_override=True, by=by).exists():
        raise _refusal("B_OWN_OVERRIDE", "code")


def forget_of_the_day(case: Case) -> None:
    """A notice too short for one day was let pass for that day, not for an earlier one."""
    case.finding_answers.filter(code__in=OF_THE_DAY).delete()


def _stopping(case: Case, gate: str, code: str, *, by: "User", at: datetime) -> Finding:
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.ANSWER_FINDING, at=at)
    found = [each for each in case.stopping(Gate(gate), at=at) if each.code == code]
    if not found:
        raise _refusal("B_NO_SUCH_FINDING", "code")
    return found[0]


def _answer(case: Case, finding: Finding, reason: str, *, is_override: bool, by: "User", at: datetime) -> FindingAnswer:
    if not reason.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="reason")
    kind = "override" if is_override else "explanation"
    said = Decision.write(case=case, kind=kind, comment=reason, by=by, at=at)
    answer = FindingAnswer.objects.create(
        case=case, gate=finding.gate, code=finding.code, is_override=is_override, decision=said, by=by, at=at
    )
    fact = events.FindingOverridden if is_override else events.FindingExplained
    case.note(fact, by=by, at=at, gate=finding.gate.value, code=finding.code, reason_sha256=said.comment_sha256)
    return answer


def _refusal(code: str, field: str) -> Refused:
    return Refused(code, finding_words(code), field=field)
