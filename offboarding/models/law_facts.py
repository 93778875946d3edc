"""An employment, and what somebody means to do with it, as the law's rules see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from employees.models import (
    Contract,
    ContractKind,
    Employment,
    Gender,
    PriorSegment,
    ProtectedKind,
    ProtectedStatus,
    RetirementCategory,
    UnionRole,
    WorkRelation,
)

from ..rules.compliance import facts
from ..rules.compliance.facts import ContractType, Employee, GroundFacts, Maternity, Probation, Relation, WorkInjury
from ..rules.compliance.layoff import COUNTED, LayoffFacts, LayoffRecord
from ..rules.compliance.service import NOT_THE_EMPLOYEES_CAUSE, Segment
from ..rules.gates import Facts
from .law_windows import layoff_facts
from .reference_row import TablesVersion
from .reference_tables import tables_of

CONTRACTS = {
    ContractKind.FIXED: ContractType.FIXED,
    ContractKind.OPEN: ContractType.OPEN,
    ContractKind.TASK: ContractType.TASK,
}
CATEGORIES = {
    RetirementCategory.MALE_60: "M60",
    RetirementCategory.FEMALE_55: "F55",
    RetirementCategory.FEMALE_50: "F50",
}
RELATIONS = {relation: Relation[relation.name] for relation in WorkRelation}
IS_MALE = {Gender.MALE: True, Gender.FEMALE: False}
ENDS_BY_ITSELF = {"LCL44_1": ContractType.FIXED, "TASK_COMPLETED": ContractType.TASK}
MISCONDUCT = "E_MISCONDUCT_FACTS"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An ending that somebody has in mind, whether or not a case was opened for it."""

    kind: str
    ground: str
    reason: str
    notice_date: date
    """Of delivery; until then the first day on which it could be delivered."""
    last_day: date
    pay_in_lieu: bool = False
    papers: Mapping[str, date | None] = field(default_factory=dict)
    union_told_on: date | None = None
    delivered_on: date | None = None
    is_half_proven: bool = False
    """It arrived, but not by one way that is proven as the law asks for it."""
    is_one_way: bool = False
    is_signed: bool = False
    beside: Mapping[Any, LayoffRecord] = field(default_factory=dict)
    """By employment: the other endings of the same question."""
    case_id: Any = None


def facts_of(employment: Employment, plan: Plan) -> Facts:
    row = _file_row(employment)
    law = GroundFacts(
        ground=plan.ground,
        notice_date=plan.notice_date,
        last_day=plan.last_day,
        employee=_employee(employment, row, plan),
        has_union=row["has_union"],
        union_notice_date=plan.union_told_on,
        pay_in_lieu=plan.pay_in_lieu,
        evidence=plan.papers,
        employee_signed=plan.is_signed,
        reason=plan.reason,
        misconduct_known_date=plan.papers.get(MISCONDUCT),
        city=employment.place_of_performance or row["place"],
    )
    layoff = _layoff(employment, plan) if plan.ground.startswith(COUNTED) else None
    return Facts(
        kind=plan.kind,
        law=law,
        tables=tables_of(row["tables"]),
        layoff=layoff,
        delivered_on=plan.delivered_on,
        is_half_proven=plan.is_half_proven,
        is_one_way=plan.is_one_way,
    )


def _layoff(employment: Employment, plan: Plan) -> LayoffFacts:
    return layoff_facts(
        employment,
        plan.ground,
        plan.last_day,
        papers=plan.papers,
        beside=plan.beside,
        case_id=plan.case_id,
    )


def _file_row(employment: Employment) -> dict[str, Any]:
    """What stands in rows beside the employment, asked for at once."""
    contracts = Contract.objects.filter(employment=OuterRef("pk")).order_by("start_date")
    segments = PriorSegment.objects.filter(employment=OuterRef("pk"))
    row: dict[str, Any] = Employment.objects.values(
        terms=ArraySubquery(contracts.values(each=JSONObject(**_fields("kind", "start_date", "end_date", "nth")))),
        prior=ArraySubquery(segments.values(each=JSONObject(**_fields("start_date", "end_date", "severance_paid")))),
        tables=Subquery(TablesVersion.tokens()),
        has_union=F("employer__has_union"),
        place=F("unit__place"),
    ).get(pk=employment.pk)
    return row


def _fields(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def prior_segments(employment: Employment) -> list[Segment]:
    return _segments(_file_row(employment)["prior"])


def _segments(rows: list[dict[str, Any]]) -> list[Segment]:
    return [
        Segment(
            start=date.fromisoformat(row["start_date"]),
            end=date.fromisoformat(row["end_date"]),
            reason=NOT_THE_EMPLOYEES_CAUSE,
            compensated=row["severance_paid"],
        )
        for row in rows
    ]


def _employee(employment: Employment, row: dict[str, Any], plan: Plan) -> Employee:
    """Where it runs out, the contract in force counts, with how many there were before it; else the first, to which the
    one probation belongs."""
    person = employment.person
    first, last = row["terms"][:1], row["terms"][-1:]
    otherwise = ENDS_BY_ITSELF.get(plan.ground, ContractType.OPEN)
    return Employee(
        hire_date=employment.hire_date,
        is_male=IS_MALE.get(person.gender),
        birth_date=person.birth_date,
        contract=_contract(employment, last if plan.ground in ENDS_BY_ITSELF else first, otherwise=otherwise),
        contract_in_force=_contract(employment, last, otherwise=otherwise) if last else None,
        probation=_probation(employment),
        retire_category=CATEGORIES.get(employment.retirement_category),
        prior_segments=_segments(row["prior"]),
        relation=RELATIONS[WorkRelation(employment.relation)],
        **_protections(employment, first=plan.notice_date, last=plan.last_day),
    )


def _protections(employment: Employment, *, first: date, last: date) -> dict[str, Any]:
    """In force on any day from the notice to the last day: what begins after the notice protects as well (LCL 42).
    A medical period protects when it reaches the last day; the rule asks for the end of the last one."""
    rows = ProtectedStatus.objects.standing().filter(employment=employment, start_date__lte=max(first, last))
    found = [row for row in rows.select_related("data_key") if _reaches(row, min(first, last))]
    held = {row.kind for row in found}
    medical = [row.end_date or date.max for row in found if row.kind == ProtectedKind.MEDICAL_PERIOD]
    return {
        "hazard_exposure": any(_is_unexamined(row, max(first, last)) for row in found),
        "suspected_occ_disease": ProtectedKind.SUSPECTED_DISEASE in held,
        "work_injury": _injury([row.injury_grade for row in found if row.kind == ProtectedKind.WORK_INJURY]),
        "medical_period_end": max(medical, default=None),
        "maternity_state": Maternity.PREGNANT if ProtectedKind.MATERNITY in held else None,
        "family_depends": ProtectedKind.KEPT_FIRST in held,
        "other_protection": _statute(employment, held),
    }


def _reaches(row: ProtectedStatus, first: date) -> bool:
    """The end of a medical period counts also when it has passed: another job is offered only after it."""
    return row.end_date is None or row.end_date >= first or row.kind == ProtectedKind.MEDICAL_PERIOD


def _is_unexamined(row: ProtectedStatus, day: date) -> bool:
    """Exposure ends with the leaving check-up, so an end by that day is the exam (ODL 35)."""
    is_hazard = row.kind == ProtectedKind.OCCUPATIONAL_HAZARD
    return is_hazard and (row.end_date is None or row.end_date > day)


def _injury(grades: list[str | None]) -> WorkInjury | None:
    """Of several injuries: one still treated comes first, as nothing ends then; else the worst grade, the lowest."""
    if not grades:
        return None
    appraised = [int(grade) for grade in grades if grade]
    return WorkInjury(grade=min(appraised)) if len(appraised) == len(grades) else WorkInjury(in_treatment=True)


def _statute(employment: Employment, held: Iterable[str]) -> str:
    if employment.union_role != UnionRole.NONE or ProtectedKind.UNION in held:
        return "TUL 19"
    return "LCL 42(6)" if set(held) - KNOWN else ""


KNOWN = {
    ProtectedKind.OCCUPATIONAL_HAZARD,
    ProtectedKind.SUSPECTED_DISEASE,
    ProtectedKind.WORK_INJURY,
    ProtectedKind.MEDICAL_PERIOD,
    ProtectedKind.MATERNITY,
    ProtectedKind.UNION,
    ProtectedKind.KEPT_FIRST,
}
"""Those with an item of their own, and the one whom 41(2) keeps in a layoff, which 42 does not name."""


def _probation(employment: Employment) -> Probation | None:
    end = employment.probation_end_date
    return None if end is None else Probation(start=employment.hire_date, end=end)


def _contract(employment: Employment, rows: list[dict[str, Any]], *, otherwise: ContractType) -> facts.Contract:
    """None on file: the law's longest probation is the only limit, and what is said to run out had a term."""
    if not rows:
        return facts.Contract(type=otherwise, start=employment.hire_date)
    [row] = rows
    return facts.Contract(
        type=CONTRACTS[ContractKind(row["kind"])],
        start=date.fromisoformat(row["start_date"]),
        end=date.fromisoformat(row["end_date"]) if row["end_date"] else None,
        fixed_term_count=row["nth"],
    )
