"""The first lawful last day, counted from delivery: LCL 37, 40. Of layoffs, which count from the briefing, see `layoff`."""

from collections.abc import Iterator
from datetime import date

from offboarding.rules import dates
from offboarding.rules.compliance import probation
from offboarding.rules.compliance.facts import GroundFacts
from offboarding.rules.grounds import GROUNDS, NOTICE_ONLY, Actor

CONSENT = "LCL36_"


def earliest_last_day(facts: GroundFacts) -> date:
    if facts.ground == "LCL37":
        person = facts.employee
        in_probation = probation.is_in(person.probation, person.contract, on=facts.notice_date)
        return dates.notice_end(filed_date=facts.notice_date, in_probation=in_probation)
    notice = GROUNDS[facts.ground].notice
    return dates.earliest_effect(
        ground_notice="" if notice == NOTICE_ONLY else notice,
        delivered=facts.notice_date,
        pay_in_lieu=facts.pay_in_lieu,
    )


def codes(facts: GroundFacts) -> Iterator[str]:
    """A notice given in part does not shorten the month that is paid instead. An employee who leaves early needs the
    employer's waiver, which is no ground to keep anybody."""
    is_ours = GROUNDS[facts.ground].actor in (Actor.EMPLOYER, Actor.BOTH)
    if is_ours and facts.last_day < earliest_last_day(facts):
        yield "B_NOTICE_SHORT"
    if facts.ground.startswith(CONSENT) and not facts.employee_signed:
        yield "B_NO_CONSENT"
