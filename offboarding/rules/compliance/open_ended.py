"""The right to an open-ended contract when a fixed term ends: LCL 14(2)."""

from collections.abc import Iterator

from ehr.lib.months import after_months
from offboarding.rules.compliance import service
from offboarding.rules.compliance.facts import ContractType, GroundFacts
from offboarding.rules.compliance.service import ONE_DAY
from offboarding.rules.compliance.tables import Tables

TEN_YEARS = 120
SECOND_TERM = 2
REFUSED = ("E_RENEWAL_OFFER", "E_RENEWAL_REFUSAL")


def codes(facts: GroundFacts, *, tables: Tables) -> Iterator[str]:
    """Due when the employee wants to go on; a proven refusal of the same or better terms says otherwise."""
    if facts.ground != "LCL44_1" or facts.employee.contract.type is not ContractType.FIXED or not _wants_to_stay(facts):
        return
    if _has_ten_years(facts):
        yield "B_OPEN_ENDED_DUE"
    elif _is_second_term(facts):
        yield "W_OPEN_ENDED_DUE" if _only_warns(facts, tables) else "B_OPEN_ENDED_DUE"


def _wants_to_stay(facts: GroundFacts) -> bool:
    return facts.employee.wants_renewal and not all(paper in facts.evidence for paper in REFUSED)


def _has_ten_years(facts: GroundFacts) -> bool:
    person = facts.employee
    start = service.joined_start(hire_date=person.hire_date, prior_segments=person.prior_segments)
    return after_months(start, TEN_YEARS) <= facts.last_day + ONE_DAY


def _only_warns(facts: GroundFacts, tables: Tables) -> bool:
    """At the place of performance on the last day (REG 14)."""
    return facts.second_term_only_warns or tables.second_term_only_warns(city=facts.city, as_of=facts.last_day)


def _is_second_term(facts: GroundFacts) -> bool:
    return facts.employee.contract.fixed_term_count >= SECOND_TERM
