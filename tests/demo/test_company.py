"""The fictional group is the same from the same seed, and its people are well formed."""

from collections import Counter
from datetime import date

from demo import company
from demo.cast import CAST
from demo.plot import Ends, exits
from employees.rules.id_numbers import check_character
from offboarding.rules.kinds import KINDS

TODAY = date(2026, 11, 22)


def test_the_same_seed_gives_the_same_people():
    first = list(company.people(300, seed=7, today=TODAY))

    assert first == list(company.people(300, seed=7, today=TODAY))
    assert first != list(company.people(300, seed=8, today=TODAY))


def test_ten_business_units_stand_in_five_provinces():
    kinds = Counter(unit.kind for unit in company.units())
    places = {unit.place for unit in company.units() if unit.kind == "region"}

    assert kinds["business_unit"] == 10
    assert len(places) == 5


def test_every_person_has_an_own_number_and_a_valid_id():
    people = list(company.people(3000, seed=7, today=TODAY))

    assert len({person.number for person in people}) == len({person.id_number for person in people}) == 3000
    assert all(check_character(person.id_number[:17]) == person.id_number[17] for person in people)


def test_everybody_was_hired_before_today_and_grown_up():
    for person in company.people(3000, seed=7, today=TODAY):
        assert person.hire_date < TODAY
        assert (person.hire_date - person.birth_date).days >= 18 * 365


def test_each_unit_has_one_head():
    people = list(company.people(3000, seed=7, today=TODAY))
    leaves = {unit.code for unit in company.units() if unit.kind in ("department", "store")}

    assert Counter(person.unit for person in people if person.is_head) == dict.fromkeys(leaves, 1)


def test_those_who_left_left_within_two_years_after_they_came():
    for person in company.former_people(500, after=3000, seed=7, today=TODAY):
        assert person.exit_date is not None
        assert person.hire_date < person.exit_date < TODAY
        assert (TODAY - person.exit_date).days <= 730


def test_the_plot_knows_every_ending_and_names_real_kinds():
    plot = list(exits())

    assert {exit_.ends for exit_ in plot} == set(Ends)
    assert {exit_.kind for exit_ in plot} <= set(KINDS)
    assert 55 <= len(plot) <= 70


def test_the_cast_stands_in_units_that_exist():
    codes = {unit.code for unit in company.units()}

    assert {member.unit for member in CAST} <= codes
    assert {code for member in CAST for code in member.heads} <= codes
    assert {unit for member in CAST for _role, unit in member.roles} <= codes | {None}


def test_everybody_worked_first_as_a_grown_up_and_not_after_the_hire_date():
    people = list(company.people(3000, seed=7, today=TODAY))

    assert all(person.first_work_date <= person.hire_date for person in people)
    assert all((person.first_work_date - person.birth_date).days >= 18 * 365 for person in people)
    assert 900 < sum(person.first_work_date == person.hire_date for person in people) < 1200
