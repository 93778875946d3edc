"""Who may not be dismissed under 40 and 41, and whose contract does not simply run out. LCL 42, 45; WII 33-37."""

from collections.abc import Iterator
from datetime import date

from ehr.lib.months import after_months
from offboarding.rules.compliance import service
from offboarding.rules.compliance.facts import Employee, GroundFacts, WorkInjury
from offboarding.rules.compliance.retirement import categories, retirement
from offboarding.rules.compliance.service import ONE_DAY
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.grounds import GROUNDS
from offboarding.rules.kinds import DEATH

LONG_SERVICE_MONTHS = 15 * 12
NEAR_RETIREMENT_MONTHS = 5 * 12
PARTLY_DISABLED = range(5, 7)
EXPIRY_ALLOWED = range(7, 11)
"""Grades that let a contract run out, against two one-off payments (WII 37)."""
NEEDS_EXAM = ("LCL36_", "LCL44_", "RETIRE", "TASK_")


def items(employee: Employee, *, last_day: date, tables: Tables) -> tuple[int, ...]:
    """Which items of LCL 42 hold on the last day: what begins after the notice counts as well."""
    found = {
        1: employee.suspected_occ_disease or (employee.hazard_exposure and not employee.exit_exam_done),
        2: _is_injured(employee.work_injury),
        3: employee.medical_period_end is not None and employee.medical_period_end >= last_day,
        4: employee.maternity_state is not None,
        5: is_near_retirement(employee, last_day, tables),
        6: bool(employee.other_protection),
    }
    return tuple(item for item, holds in found.items() if holds)


def is_near_retirement(employee: Employee, last_day: date, tables: Tables) -> bool:
    """Fifteen years and more, and less than five to the delayed age; exactly five is not less."""
    if employee.birth_date is None or not _has_long_service(employee, last_day):
        return False
    limit = after_months(last_day, NEAR_RETIREMENT_MONTHS)
    possible = categories(category=employee.retire_category, is_male=employee.is_male)
    return any(
        retirement(birth_date=employee.birth_date, category=category, tables=tables).retire_date < limit
        for category in possible
    )


def codes(facts: GroundFacts, protected: tuple[int, ...]) -> Iterator[str]:
    ground = GROUNDS[facts.ground]
    if ground.barred_when_protected:
        yield from (f"B_PROTECTED_42_{item}" for item in protected)
    if facts.ground.startswith("LCL39_") and protected:
        yield "W_PROTECTED_39"
    if facts.ground.startswith("LCL36_") and protected:
        yield "W_PROTECTED_36"
    if ground.extended_when_protected and any(_postpones(item, facts.employee.work_injury) for item in protected):
        yield "B_EXTEND_45"
    if 1 in protected and facts.ground.startswith(NEEDS_EXAM) and facts.ground != DEATH:
        yield "B_OHC_EXIT_EXAM"
    if _matters(facts.ground) and _depends_on_the_category(facts.employee, facts.last_day):
        yield "W_RETIRE_CATEGORY_UNKNOWN"


def _matters(name: str) -> bool:
    ground = GROUNDS[name]
    is_looked_at = ground.barred_when_protected or ground.extended_when_protected
    return is_looked_at or name.startswith(("LCL36_", "LCL39_"))


def advice(facts: GroundFacts, protected: tuple[int, ...]) -> Iterator[str]:
    if 1 in protected and facts.ground.startswith("LCL39_"):
        yield "W_OHC_EXIT_EXAM"
    if 2 in protected:
        yield "W_WORK_INJURY_LUMP"


def _is_injured(injury: WorkInjury | None) -> bool:
    return injury is not None and (injury.in_treatment or injury.grade is not None)


def _postpones(item: int, injury: WorkInjury | None) -> bool:
    if item != 2 or injury is None or injury.in_treatment:
        return True
    if injury.grade in PARTLY_DISABLED and injury.asks_to_end:
        return False
    return injury.grade not in EXPIRY_ALLOWED


def _has_long_service(employee: Employee, last_day: date) -> bool:
    """Merged service of the group counts, also where severance was paid for it (REG 10)."""
    start = service.joined_start(hire_date=employee.hire_date, prior_segments=employee.prior_segments)
    return after_months(start, LONG_SERVICE_MONTHS) <= last_day + ONE_DAY


def _depends_on_the_category(employee: Employee, last_day: date) -> bool:
    """Nobody entered it (or the birth date), and with this service it may decide."""
    is_open = len(categories(category=employee.retire_category, is_male=employee.is_male)) > 1
    return (is_open or employee.birth_date is None) and _has_long_service(employee, last_day)
