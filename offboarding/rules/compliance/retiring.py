"""When somebody may retire: in the month of the age, sooner by their own written choice or from a special post, later by
agreement (REG 21; RET; FLEX). Months are looked at, not days."""

from collections.abc import Iterator
from datetime import date

from ehr.lib.months import add_months, first_of_month
from offboarding.rules.compliance.evidence import CHOICE, DELAY, SPECIAL_POST
from offboarding.rules.compliance.facts import Employee, GroundFacts
from offboarding.rules.compliance.retirement import categories, original_date, retirement
from offboarding.rules.compliance.tables import Tables

RETIRE = "RETIRE"
MOST_MONTHS = 36
"""Sooner or later than the age of the law (FLEX)."""
CHOICE_MONTHS = 3
DELAY_MONTHS = 1
SPECIAL_AGES = {True: 55, False: 45}
"""Of men and of women in specially arduous posts, by the rules that go on to hold for them."""
UNKNOWN = "W_RETIRE_CATEGORY_UNKNOWN"


def codes(facts: GroundFacts, *, tables: Tables) -> Iterator[str]:
    if facts.ground != RETIRE:
        return
    of_age, month = _of_age(facts.employee, tables), first_of_month(facts.last_day)
    if not of_age:  # nobody entered the birth date
        yield UNKNOWN
    elif month >= first_of_month(min(of_age)):
        yield from [UNKNOWN] if month < first_of_month(max(of_age)) else _of_delay(facts, max(of_age))
    elif (special := _from_a_special_post(facts)) and month >= min(special):
        yield from [UNKNOWN] if month < max(special) else []
    else:
        yield from _of_choice(facts, month, tables)


def _of_choice(facts: GroundFacts, month: date, tables: Tables) -> Iterator[str]:
    """Only the employee chooses, in writing and in time; never before the age that held until 2024."""
    if CHOICE not in facts.evidence:
        yield "B_RETIRE_TOO_EARLY" if SPECIAL_POST in facts.evidence else "B_GROUND_NOT_LEGAL"
        return
    earliest = _by_choice(facts.employee, tables)
    if month < min(earliest):
        yield "B_RETIRE_TOO_EARLY"
    elif month < max(earliest):
        yield UNKNOWN
    chosen = facts.evidence[CHOICE]
    if chosen is None or facts.last_day < add_months(chosen, CHOICE_MONTHS):
        yield "B_FLEX_NOTICE_SHORT"


def _of_delay(facts: GroundFacts, of_age: date) -> Iterator[str]:
    """Whoever works on is of age all the same: what was agreed too late or for too long is told, and stops nothing."""
    month = first_of_month(of_age)
    if DELAY not in facts.evidence or first_of_month(facts.last_day) == month:
        return
    agreed = facts.evidence[DELAY]
    if agreed is None or agreed > add_months(of_age, -DELAY_MONTHS):
        yield "W_FLEX_DELAY_LATE"
    if first_of_month(facts.last_day) > add_months(month, MOST_MONTHS):
        yield "W_FLEX_DELAY_TOO_LONG"


def _from_a_special_post(facts: GroundFacts) -> list[date]:
    """Its month, with the authority's confirmation; both where the file does not say whether it is a man."""
    person = facts.employee
    if SPECIAL_POST not in facts.evidence or person.birth_date is None:
        return []
    ages = SPECIAL_AGES.values() if person.is_male is None else [SPECIAL_AGES[person.is_male]]
    return [first_of_month(add_months(person.birth_date, 12 * age)) for age in ages]


def _of_age(person: Employee, tables: Tables) -> list[date]:
    """The day by each category that is not ruled out; none without a birth date."""
    if person.birth_date is None:
        return []
    return [
        retirement(birth_date=person.birth_date, category=category, tables=tables).retire_date
        for category in categories(category=person.retire_category, is_male=person.is_male)
    ]


def _by_choice(person: Employee, tables: Tables) -> list[date]:
    assert person.birth_date is not None
    possible = categories(category=person.retire_category, is_male=person.is_male)
    original = [original_date(birth_date=person.birth_date, category=each, tables=tables) for each in possible]
    return [
        first_of_month(max(first, add_months(of_age, -MOST_MONTHS)))
        for first, of_age in zip(original, _of_age(person, tables), strict=True)
    ]
