"""May this employment end on this ground? All findings are collected; none stops the others (compliance 1.0)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offboarding.rules.compliance import evidence, notice, open_ended, probation, protection, reasons, retiring, union
from offboarding.rules.compliance.codes import Verdict, code_of, verdict_of
from offboarding.rules.compliance.facts import ContractType, GroundFacts, Relation
from offboarding.rules.compliance.service import ONE_DAY
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.grounds import GROUNDS
from offboarding.rules.kinds import BY_EVENT

PAPERS_DECIDE = frozenset(
    {"LCL36_EMPLOYER", "LCL36_EMPLOYEE", "LCL39_1", "LCL39_2", "LCL39_3", "LCL39_5", "LCL39_6"}
    | {"LCL40_1", "LCL40_2", "LCL40_3"}
)
"""Grounds whose papers are complete before the notice. Those of the others are listed, not judged, at this point."""
MEDICAL_SUBSIDY = "LCL40_1"


@dataclass(frozen=True, kw_only=True)
class GroundCheck:
    verdict: Verdict
    codes: tuple[str, ...]
    protected: tuple[int, ...]
    """Items of LCL 42, for legal's eyes only."""
    missing_evidence: tuple[str, ...]
    advice: tuple[str, ...]
    citations: tuple[str, ...]
    earliest_last_day: date | None


def ground_check(facts: GroundFacts, *, tables: Tables) -> GroundCheck:
    if facts.employee.relation is not Relation.EMPLOYMENT:
        return _answer(["W_OUT_OF_SCOPE"])
    if facts.ground not in GROUNDS:
        return _answer(["B_GROUND_NOT_LEGAL"])
    protected = protection.items(facts.employee, last_day=facts.last_day, tables=tables)
    missing = evidence.missing(facts.ground, facts.evidence, bounds=_bounds(facts))
    return _answer(
        sorted({*_codes(facts, protected, tables), *_paper_codes(facts, missing)}),
        protected=protected,
        missing=missing,
        advice=sorted(_advice(facts, protected)),
        earliest=notice.earliest_last_day(facts),
    )


def _codes(facts: GroundFacts, protected: tuple[int, ...], tables: Tables) -> Iterator[str]:
    if _has_not_come(facts):
        yield "B_GROUND_NOT_LEGAL"
    yield from retiring.codes(facts, tables=tables)
    if facts.ground not in BY_EVENT:  # what happened is nobody's reason
        yield from reasons.codes(facts.reason, ground=facts.ground)
    yield from protection.codes(facts, protected)
    yield from probation.codes(facts)
    yield from open_ended.codes(facts, tables=tables)
    yield from union.codes(facts)
    yield from notice.codes(facts)


def _has_not_come(facts: GroundFacts) -> bool:
    """Only a fixed term runs out, and not before its end; only a contract for a task ends with it (REG 22)."""
    contract = facts.employee.contract
    if facts.ground == "LCL44_1":
        return contract.type is not ContractType.FIXED or bool(contract.end and facts.last_day < contract.end)
    return facts.ground == "TASK_COMPLETED" and contract.type is not ContractType.TASK


def _paper_codes(facts: GroundFacts, missing: list[str]) -> Iterator[str]:
    if facts.ground in PAPERS_DECIDE:
        yield from (f"B_MISSING_EVIDENCE:{need}" for need in missing)
    if evidence.is_not_criminal(facts.ground, facts.evidence):
        yield "B_NOT_CRIMINAL"
    if facts.ground == "LCL39_2" and evidence.is_stale(known=facts.misconduct_known_date, notice=facts.notice_date):
        yield "W_STALE_MISCONDUCT"


def _bounds(facts: GroundFacts) -> dict[str, tuple[date, date]]:
    """A review after probation proves nothing, nor does a job offered before the medical period was over."""
    person = facts.employee
    if facts.ground == "LCL39_1" and person.probation:
        return {"E_PROBATION_REVIEW": (person.probation.start, person.probation.end)}
    if facts.ground == "LCL40_1" and person.medical_period_end:
        over = min(person.medical_period_end, date.max - ONE_DAY) + ONE_DAY
        return {"E_ALT_JOB_ARRANGED": (over, date.max)}
    return {}


def _advice(facts: GroundFacts, protected: tuple[int, ...]) -> Iterator[str]:
    yield from (f"W_MISSING_EVIDENCE:{need}" for need in evidence.advised(facts.ground, facts.evidence))
    yield from protection.advice(facts, protected)
    if facts.ground == MEDICAL_SUBSIDY:
        yield "W_MEDICAL_SUBSIDY"


def _answer(
    codes: list[str],
    *,
    protected: tuple[int, ...] = (),
    missing: list[str] | None = None,
    advice: list[str] | None = None,
    earliest: date | None = None,
) -> GroundCheck:
    return GroundCheck(
        verdict=verdict_of(codes),
        codes=tuple(codes),
        protected=protected,
        missing_evidence=tuple(missing or ()),
        advice=tuple(advice or ()),
        citations=tuple(dict.fromkeys(code_of(code).article for code in codes)),
        earliest_last_day=earliest,
    )
