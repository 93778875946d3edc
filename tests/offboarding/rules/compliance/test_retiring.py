"""Compliance 1.9: retiring in the month of the age, sooner by choice or from a special post, later by agreement."""

from dataclasses import replace
from datetime import date

import pytest

from tests.offboarding.rules.compliance.cases import PERSON, check

EARLY, SHORT, NO_GROUND = "B_RETIRE_TOO_EARLY", "B_FLEX_NOTICE_SHORT", "B_GROUND_NOT_LEGAL"
UNKNOWN, LATE, LONG = "W_RETIRE_CATEGORY_UNKNOWN", "W_FLEX_DELAY_LATE", "W_FLEX_DELAY_TOO_LONG"
MAN = replace(PERSON, birth_date=date(1966, 7, 20))
"""Sixty in 2026-07, of age in 2026-12."""
WOMAN = replace(PERSON, is_male=False, retire_category="F50", birth_date=date(1984, 11, 10))
"""Fifty in 2034-11, of age in 2039-11: three years before it is 2036-11."""


def found(person, last_day, **papers):
    evidence = {f"E_{name.upper()}": day for name, day in papers.items()}
    return check("RETIRE", person=person, last_day=last_day, evidence=evidence).codes


@pytest.mark.parametrize(
    ("last_day", "chosen", "codes"),
    [
        (date(2026, 7, 1), date(2026, 4, 1), ()),  # the month of the old age, three months to the day
        (date(2026, 7, 1), date(2026, 4, 2), (SHORT,)),
        (date(2026, 6, 30), date(2026, 3, 1), (EARLY,)),
        (date(2026, 6, 30), date(2026, 6, 1), (EARLY, SHORT)),
        (date(2026, 11, 30), date(2026, 8, 30), ()),
        (date(2026, 11, 30), date(2026, 8, 31), ()),  # no 31 November: the period ends with the month (CC 202)
        (date(2026, 11, 30), date(2026, 9, 1), (SHORT,)),
        (date(2026, 11, 30), None, (SHORT,)),  # nobody knows when
        (date(2026, 12, 1), date(2026, 11, 30), ()),  # of age: no choice is needed
    ],
)
def test_whoever_chooses_in_time_retires_sooner(last_day, chosen, codes):
    assert found(MAN, last_day, flex_choice=chosen) == tuple(sorted(codes))


@pytest.mark.parametrize(("last_day", "codes"), [(date(2036, 10, 31), (EARLY,)), (date(2036, 11, 1), ())])
def test_nobody_chooses_more_than_three_years(last_day, codes):
    assert found(WOMAN, last_day, flex_choice=date(2036, 1, 1)) == codes


@pytest.mark.parametrize(
    ("last_day", "codes"),
    [(date(2036, 10, 31), (EARLY,)), (date(2036, 11, 1), (UNKNOWN,)), (date(2039, 10, 31), (UNKNOWN,))],
)
def test_a_choice_that_depends_on_what_nobody_entered_is_told(last_day, codes):
    """By 55 she may choose from 2039-11 on."""
    assert found(replace(WOMAN, retire_category=None), last_day, flex_choice=date(2036, 1, 1)) == codes


def test_the_employer_alone_retires_nobody_sooner():
    assert found(MAN, date(2026, 11, 30)) == (NO_GROUND,)
    assert found(MAN, date(2026, 11, 30), flex_delay=date(2026, 1, 1)) == (NO_GROUND,)


@pytest.mark.parametrize(
    ("person", "last_day", "codes"),
    [
        (replace(MAN, birth_date=date(1971, 7, 20)), date(2026, 6, 30), (EARLY,)),
        (replace(MAN, birth_date=date(1971, 7, 20)), date(2026, 7, 1), ()),
        (replace(WOMAN, birth_date=date(1981, 7, 20)), date(2026, 6, 30), (EARLY,)),
        (replace(WOMAN, birth_date=date(1981, 7, 20)), date(2026, 7, 1), ()),
        (replace(WOMAN, birth_date=date(1981, 7, 20), is_male=None), date(2026, 7, 1), (UNKNOWN,)),
        (replace(WOMAN, birth_date=date(1971, 7, 20), is_male=None), date(2026, 7, 1), ()),
        (replace(MAN, birth_date=None), date(2026, 7, 1), (UNKNOWN,)),
    ],
)
def test_a_special_post_opens_its_own_age(person, last_day, codes):
    assert found(person, last_day, special_post=date(2026, 5, 1)) == codes


@pytest.mark.parametrize(
    ("last_day", "agreed", "codes"),
    [
        (date(2027, 6, 30), date(2026, 11, 20), ()),
        (date(2027, 6, 30), date(2026, 11, 21), (LATE,)),
        (date(2027, 6, 30), None, (LATE,)),
        (date(2026, 12, 31), date(2026, 12, 30), ()),  # retires in the month after all
        (date(2029, 12, 31), date(2026, 11, 20), ()),
        (date(2030, 1, 1), date(2026, 11, 20), (LONG,)),
    ],
)
def test_a_delay_is_agreed_a_month_before_and_for_three_years_at_most(last_day, agreed, codes):
    assert found(MAN, last_day, flex_delay=agreed) == codes


def test_whoever_works_on_without_a_word_may_retire_any_day():
    assert found(MAN, date(2030, 6, 30)) == ()
