"""The person and the case of a vector as facts of the rules."""

from collections.abc import Callable
from datetime import date

from offboarding.rules.compliance.facts import (
    Contract,
    ContractType,
    Employee,
    GroundFacts,
    Maternity,
    Probation,
    Relation,
    WorkInjury,
)
from offboarding.rules.compliance.service import Segment
from offboarding.vectors.given import Given, Malformed

CATEGORIES = ("M60", "F55", "F50")
UNKNOWN, NONE = "UNKNOWN", "NONE"


def segments(given: Given) -> tuple[Segment, ...]:
    return tuple(_segment(each) for each in given.parts("prior_segments"))


def span(given: Given, start: str, end: str) -> tuple[date, date]:
    first, last = given.day(start), given.day(end)
    if last < first:
        raise Malformed(f"{given.path}.{end} lies before {start}")
    return first, last


def ground_facts(given: Given) -> GroundFacts:
    return GroundFacts(
        ground=given.text("ground"),
        notice_date=given.day("notice_date"),
        last_day=given.day("last_day"),
        employee=employee(given.part("employee")),
        has_union=given.part("employer").flag("has_union"),
        union_notice_date=given.optional("union_notice_date", given.day),
        pay_in_lieu=given.flag("pay_in_lieu"),
        evidence=dict(_paper(item, given.path) for item in given.items("evidence")),
        employee_signed=given.flag("employee_signed"),
        reason=given.optional("reason", given.text) or "",
        misconduct_known_date=given.optional("misconduct_known_date", given.day),
        second_term_only_warns=given.flag("second_term_only_warns"),
    )


def employee(given: Given) -> Employee:
    category = given.optional("retire_category", lambda name: given.one_of(name, (*CATEGORIES, UNKNOWN)))
    return Employee(
        hire_date=given.day("hire_date"),
        is_male=given.one_of("sex", ("M", "F")) == "M",
        birth_date=given.optional("birth_date", given.day),
        contract=_contract(given.part("contract")),
        retire_category=None if category == UNKNOWN else category,
        probation=given.optional("probation", lambda name: _probation(given.part(name))),
        maternity_state=given.optional("maternity_state", _maternity(given)),
        medical_period_end=given.optional("medical_period_end", given.day),
        hazard_exposure=given.flag("hazard_exposure"),
        exit_exam_done=given.flag("exit_exam_done"),
        suspected_occ_disease=given.flag("suspected_occ_disease"),
        work_injury=given.optional("work_injury", lambda name: _injury(given.part(name))),
        other_protection=given.optional("other_protection", given.text) or "",
        prior_segments=segments(given),
        relation=given.optional("relation", lambda name: given.choice(name, Relation)) or Relation.EMPLOYMENT,
        wants_renewal=given.flag("wants_renewal", default=True),
    )


def _maternity(given: Given) -> Callable[[str], Maternity | None]:
    return lambda name: None if given.text(name) == NONE else given.choice(name, Maternity)


def _segment(given: Given) -> Segment:
    start, end = span(given, "start", "end")
    return Segment(start=start, end=end, reason=given.text("reason"), compensated=given.flag("compensated"))


def _contract(given: Given) -> Contract:
    kind = given.choice("type", ContractType)
    if kind is ContractType.FIXED:
        span(given, "start", "end")
    return Contract(
        type=kind,
        start=given.day("start"),
        end=given.optional("end", given.day),
        fixed_term_count=given.whole("fixed_term_count", default=1),
    )


def _probation(given: Given) -> Probation:
    start, end = span(given, "start", "end")
    return Probation(start=start, end=end)


def _injury(given: Given) -> WorkInjury:
    grade = given.optional("grade", given.whole)
    if grade is not None and grade not in range(1, 11):
        raise Malformed(f"{given.path}.grade must be 1 to 10, not {grade}")
    return WorkInjury(grade=grade, in_treatment=given.flag("in_treatment"), asks_to_end=given.flag("asks_to_end"))


def _paper(item: object, path: str) -> tuple[str, date | None]:
    """A code, or a code with the date of the paper."""
    if isinstance(item, str):
        return item, None
    given = Given(item, f"{path}.evidence")
    return given.text("code"), given.optional("date", given.day)
