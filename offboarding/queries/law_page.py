"""What the law says to a case, with what was answered to it, for whoever may see it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from employees.permissions import EmployeePermission

from .. import may
from ..models import Approval, Case, Evidence, FindingAnswer
from ..models.law_facts import facts_of
from ..permissions import Permission
from ..rules import gates
from ..rules.compliance import evidence, protection, union
from ..rules.gates import Facts, Finding, Gate
from ..rules.kinds import Kind, rule

PROTECTED_STATUS = EmployeePermission.VIEW_PROTECTED_STATUS


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    finding: Finding
    given: FindingAnswer | None

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def gate(self) -> str:
        return self.finding.gate.value

    @property
    def article(self) -> str:
        return self.finding.article

    @property
    def level(self) -> str:
        return self.finding.level

    @property
    def answer(self) -> str:
        return "" if self.given is None else "overridden" if self.given.is_override else "explained"

    @property
    def stops(self) -> bool:
        return self.level != "advice" and not self.answer


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One line of the checklist; `need` may be a choice such as 'E_TRAINING|E_TRANSFER'."""

    need: str
    is_must: bool
    is_met: bool
    comes_later: bool
    follows: list[str]
    files: list[Evidence]
    if_it_applies: bool = False
    """Nobody lacks it: it opens another day."""

    @property
    def papers(self) -> list[str]:
        return self.need.replace("+", "|").split("|")


@dataclass(frozen=True, kw_only=True)
class LawPage:
    facts: Facts | None
    findings: list[FindingRow]
    papers: list[PaperRow]
    sees_protection: bool
    earliest: date | None = None

    def at(self, gate: str) -> list[FindingRow]:
        return [row for row in self.findings if row.gate == gate]

    @property
    def stopping(self) -> list[FindingRow]:
        """What stands in the way of sending it."""
        return [row for row in self.at(Gate.SUBMIT) if row.stops]

    @property
    def is_protected(self) -> bool:
        return any(row.code in gates.SECRET for row in self.findings)


def law_page(user: Any, case: Case, *, at: datetime) -> LawPage:
    """Whoever only asks for an ending learns of a protection when it is sent, not by trying (decisions 12)."""
    prefetch_related_objects([case], Prefetch("evidence", Evidence.objects.select_related("uploaded_by")))
    sees = may.sees_protection(user, case)
    facts = _facts(case, at=at) if sees else _without_illness(_facts(case, at=at))
    found = [each for each in _everything(case, facts) if sees or each.code not in gates.SECRET]
    return LawPage(
        facts=facts,
        findings=_told(user, case, finding_rows(case, found=found)),
        papers=_papers(user, case, facts) if facts else _papers_of_notice(user, case),
        sees_protection=sees,
        earliest=_earliest(facts),
    )


def _told(user: Any, case: Case, rows: list[FindingRow]) -> list[FindingRow]:
    """As long as the general code is not answered it stands for what would name the protection."""
    open_codes = [row.code for row in rows if row.stops]
    if may.may(user, PROTECTED_STATUS, case) or not gates.speaks_for_it(open_codes):
        return rows
    return [row for row in rows if row.code != gates.PROTECTED]


def finding_rows(case: Case, *, found: list[Finding]) -> list[FindingRow]:
    answers = {(row.gate, row.code): row for row in case.finding_answers.select_related("by")}
    return [FindingRow(finding=each, given=answers.get((each.gate.value, each.code))) for each in found]


def protections_seen_by(user: Any, case: Case, facts: Facts | None) -> tuple[int, ...] | None:
    """Items of LCL 42, for legal alone; None for everybody else."""
    if facts is None or not may.may(user, PROTECTED_STATUS, case):
        return None
    return protection.items(facts.law.employee, last_day=facts.law.last_day, tables=facts.tables)


def _facts(case: Case, *, at: datetime) -> Facts | None:
    if case.kind == Kind.PRE_OFFBOARDING or not rule(case.kind).asks_law:
        return None
    return facts_of(case.employment, case.plan(at=at))


def _without_illness(facts: Facts | None) -> Facts | None:
    """A paper has to be dated after the medical period: whoever may not know of one could try day after day."""
    if facts is None:
        return None
    return replace(facts, law=replace(facts.law, employee=replace(facts.law.employee, medical_period_end=None)))


def _everything(case: Case, facts: Facts | None) -> list[Finding]:
    if facts is not None:
        return gates.everything(facts)
    refusal = gates.ground_refusal(case.kind, case.ground) if case.kind != Kind.PRE_OFFBOARDING else None
    return [refusal] if refusal else gates.advice_of_notice(case.kind, case.ground, _papers_there(case))


def _papers(user: Any, case: Case, facts: Facts) -> list[PaperRow]:
    files = list(case.evidence.all()) if _reads_papers(user, case) else []
    papers, ground = facts.law.evidence, facts.law.ground
    unused = evidence.not_used(ground, papers)
    missing = {*gates.missing_papers(facts), *evidence.advised(ground, papers), *unused}
    return [
        PaperRow(
            need=need,
            is_must=is_must,
            is_met=need not in missing,
            comes_later=gates.comes_later(need),
            follows=evidence.has_to_follow(ground, need),
            files=_of(need, files),
            if_it_applies=need in unused,
        )
        for need, is_must in evidence.checklist(ground)
    ] + _papers_of_union(case, facts, files)


def _papers_of_union(case: Case, facts: Facts, files: list[Evidence]) -> list[PaperRow]:
    """What came of telling it: an objection, if there is one, asks for an answer (LCL 43)."""
    law = facts.law
    if not (case.approved_at and law.has_union and union.is_told(law.ground)):
        return []
    objected, waits = law.evidence.get(union.OBJECTION) is not None, union.waits_for_answer(law.evidence)
    rows = [(union.OBJECTION, False, objected)] + [(union.ANSWER, True, not waits)] * objected
    return [
        PaperRow(need=need, is_must=is_must, is_met=is_met, comes_later=True, follows=[], files=_of(need, files))
        for need, is_must, is_met in rows
    ]


def _papers_of_notice(user: Any, case: Case) -> list[PaperRow]:
    """Advice, whatever is missing: an employer can't refuse a notice for want of a paper (LCL 37, 38)."""
    if not case.is_notice:
        return []
    files = list(case.evidence.all()) if _reads_papers(user, case) else []
    there = _papers_there(case)
    missing = {*evidence.missing(case.ground, there), *evidence.advised(case.ground, there)}
    return [
        PaperRow(
            need=need, is_must=False, is_met=need not in missing, comes_later=False, follows=[], files=_of(need, files)
        )
        for need, _is_must in evidence.checklist(case.ground)
    ]


def _papers_there(case: Case) -> dict[str, date | None]:
    """Filed by the person here, it is its own paper; the record proves when it came."""
    there: dict[str, date | None] = {row.paper: row.dated for row in case.evidence.all() if row.counts}
    own = case.is_notice and case.started_by_id == case.employment.person.user_id
    return there | (dict.fromkeys(NOTICE_PAPERS, case.filed_date) if own else {})


NOTICE_PAPERS = ("E_RESIGNATION_LETTER", "E_EMPLOYEE_NOTICE_38")


def _reads_papers(user: Any, case: Case) -> bool:
    """As `Evidence.visible_to` says it, for one case that is loaded."""
    if case.started_by_id == user.pk or may.may(user, Permission.VIEW_REASON, case):
        return True
    return Approval.objects.of(user).filter(step__case=case).exists()


def _of(need: str, files: list[Evidence]) -> list[Evidence]:
    return [file for file in files if file.paper in need.replace("+", "|").split("|")]


def _earliest(facts: Facts | None) -> date | None:
    return gates.earliest_last_day(facts) if facts else None
