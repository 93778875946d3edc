"""Endings of several people at once. The list is opened whole or not at all; then each is sent, and refused, for itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr.errors import Refused

from ..models import Batch, BatchLine, Case
from ..models.law_windows import layoffs_around
from ..rules.compliance.layoff import MassLayoff
from ..rules.gates import SECRET, Finding, ground_refusal
from ..rules.kinds import Starter
from ..rules.lifecycle import Action
from ..words import refusal_words
from .asking_law import Question
from .filing import request_ending
from .many import TO_LEGAL, Told, ask_to_submit, attempt
from .proving import add_evidence_to_all

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What would come of one person on the list. Of protections it says nothing: lists are checked by legal (decisions 12)."""

    employment: "Employment"
    told: Told
    findings: list[Finding]


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    rows: list[Rehearsed]
    layoffs: dict[str, MassLayoff]
    """By employer: the whole list with everything else in its windows."""

    @property
    def can_open(self) -> bool:
        return not any(row.told.code for row in self.rows)


def rehearse_batch(*, employments: list["Employment"], question: Question, by: "User", at: datetime) -> Rehearsal:
    """By writing the very cases and taking them back, so that nothing can be said here that would not be said then."""
    _refuse_ground(question)
    with transaction.atomic():
        started = [(each, *_start(each, question, by=by, at=at)) for each in employments]
        rows = [
            Rehearsed(employment=each, told=told, findings=_findings(case, at=at) if case else [])
            for each, told, case in started
        ]
        layoffs = _layoffs(employments, question)
        transaction.set_rollback(True)
    return Rehearsal(rows=rows, layoffs=layoffs)


@transaction.atomic
def open_batch(
    *, employments: list["Employment"], question: Question, field: str = "numbers", by: "User", at: datetime
) -> Batch:
    """`field`: under which name the people were given. Numbers come last: whoever begins a case meanwhile waits for
    none of what is asked here."""
    _refuse_ground(question)
    started = [(each, *_start(each, question, by=by, at=at)) for each in employments]
    if stopped := [each.employee_number for each, told, _case in started if told.code]:
        detail = _("Nothing was opened, because of: %(numbers)s") % {"numbers": ", ".join(stopped[:10])}
        raise Refused("B_BATCH_STOPPED", detail, field=field)
    cases = [case for _each, _told, case in started if case]
    batch = Batch.open(
        cases=cases,
        kind=question.kind,
        ground=question.ground,
        last_day=question.last_day,
        by=by,
        at=at,
    )
    check_batch(batch=batch, at=at)
    Case.number_all(cases, by=by, at=at)
    return batch


@transaction.atomic
def check_batch(*, batch: Batch, at: datetime) -> None:
    """After a paper was added or a row was mended: what the law says now to those that were not sent yet."""
    lines = [line for line in _lines(batch) if line.is_draft]
    for line in lines:
        line.found = _found(line.case, at=at)
    batch.keep_check(lines, at=at)


@transaction.atomic
def add_batch_evidence(
    *,
    batch: Batch,
    lines: Iterable[BatchLine],
    paper: str,
    dated: date,
    name: str,
    size: int,
    content: IO[bytes],
    by: "User",
    at: datetime,
) -> int:
    """One paper that holds for each of them, such as the figures of the business: added to all or to none."""
    cases = [line.case for line in lines if Action.ADD_EVIDENCE in line.case.actions()]
    if cases:
        said: dict[str, Any] = {"paper": paper, "dated": dated, "name": name, "size": size, "content": content}
        add_evidence_to_all(cases=cases, by=by, at=at, **said)
    check_batch(batch=batch, at=at)
    return len(cases)


def submit_batch(*, lines: Iterable[BatchLine], by: "User", at: datetime) -> list[BatchLine]:
    """Through the verb of a single case. What is refused stays a draft and says with which code."""
    return [line for line in lines if line.is_draft and _send(line, by=by, at=at)]


@transaction.atomic
def _send(line: BatchLine, *, by: "User", at: datetime) -> bool:
    """False: somebody else sent it a moment ago, and there is nothing to tell."""
    line.case.hold()
    if not line.is_draft:
        return False
    told = ask_to_submit(line.case, within=line.batch_id, by=by, at=at)
    line.case.hold()
    told = Told(code=TO_LEGAL) if told.code in SECRET else told  # the line stays for all who read the list
    line.tell(code=told.code, article=told.article, at=at)
    return True


def refuse_unknown(numbers: Iterable[str], found: list["Employment"], *, field: str) -> None:
    missing = sorted(set(numbers) - {each.employee_number for each in found})
    if missing:
        detail = _("Nobody with this number: %(numbers)s") % {"numbers": ", ".join(missing[:10])}
        raise Refused("B_NOBODY_FOUND", detail, field=field)


def _refuse_ground(question: Question) -> None:
    """A mistake of the whole list, so it is said once."""
    if refusal := ground_refusal(question.kind, question.ground):
        raise Refused(refusal.code, refusal_words(refusal), article=refusal.article, field="ground")


def _start(employment: "Employment", question: Question, *, by: "User", at: datetime) -> tuple[Told, Case | None]:
    made: list[Case] = []
    told = attempt(lambda: made.append(_request(employment, question, by=by, at=at)))
    return told, made[0] if made else None


def _request(employment: "Employment", question: Question, *, by: "User", at: datetime) -> Case:
    return request_ending(
        kind=question.kind,
        employment=employment,
        ground=question.ground,
        reason=question.reason,
        requested_last_working_date=question.last_day,
        pay_in_lieu=question.pay_in_lieu,
        starter=Starter.HR,
        stand_in=f"?{token_hex(9)}",
        by=by,
        at=at,
    )


def _findings(case: Case, *, at: datetime) -> list[Finding]:
    return [each for each in case.all_findings(at=at) if each.code not in SECRET]


def _layoffs(employments: list["Employment"], question: Question) -> dict[str, MassLayoff]:
    employers, day = sorted({each.employer_id for each in employments}), question.last_day
    return layoffs_around(employers, question.ground, first=day, last=day)


def _found(case: Case, *, at: datetime) -> list[dict[str, object]]:
    answered = set(case.finding_answers.values_list("gate", "code"))
    return [kept(each, is_answered=(each.gate, each.code) in answered) for each in _findings(case, at=at)]


def kept(finding: Finding, *, is_answered: bool = False) -> dict[str, object]:
    """`stops`: nobody has mended, explained or let it pass."""
    return {
        "gate": finding.gate.value,
        "code": finding.code,
        "article": finding.article,
        "level": finding.level,
        "stops": finding.level != "advice" and not is_answered,
    }


def _lines(batch: Batch) -> list[BatchLine]:
    return list(batch.lines.select_related("case__employment__person", "case__unit", "case__data_key"))
