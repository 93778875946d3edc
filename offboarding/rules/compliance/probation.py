"""Probation: how long it may be, and who is in it. LCL 19, 21, 83; REG 15."""

from collections.abc import Iterator
from datetime import date

from ehr.lib.months import full_months, last_of_months
from offboarding.rules.compliance.facts import Contract, ContractType, GroundFacts, Probation
from offboarding.rules.compliance.service import ONE_DAY
from offboarding.rules.grounds import GROUNDS

LIMITS = ((36, 6), (12, 2), (3, 1))
"""From so many months of contract, both inclusive, so many of probation."""
OPEN_ENDED_LIMIT = 6


def most_months(contract: Contract) -> int:
    if contract.type is ContractType.OPEN:
        return OPEN_ENDED_LIMIT
    if contract.type is ContractType.TASK or contract.end is None:
        return 0
    term = full_months(contract.start, contract.end + ONE_DAY)
    return next((months for least, months in LIMITS if term >= least), 0)


def legal_end(probation: Probation, contract: Contract) -> date:
    """The day before its start when none is allowed at all."""
    return last_of_months(probation.start, most_months(contract))


def is_in(probation: Probation | None, contract: Contract, *, on: date) -> bool:
    """What was agreed beyond the law does not count."""
    if probation is None:
        return False
    return probation.start <= on <= min(probation.end, legal_end(probation, contract))


def codes(facts: GroundFacts) -> Iterator[str]:
    person, ground = facts.employee, GROUNDS[facts.ground]
    if person.probation and person.probation.end > legal_end(person.probation, person.contract):
        yield "W_PROBATION_ILLEGAL_LENGTH"
    is_inside = is_in(person.probation, person.contract, on=facts.notice_date)
    if is_inside and not ground.in_probation:
        yield "B_PROBATION_RESTRICTED_21"
    if not is_inside and not ground.after_probation:
        yield "B_PROBATION_EXPIRED"
