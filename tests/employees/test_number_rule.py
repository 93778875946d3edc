"""The rule of employee numbers: what it gives, and that it never gives one twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from employees.models import NumberingRule, NumberSequence
from employees.rules.numbering import NumberPattern, faults_of, format_number, series_of, split
from tests.access.cast import sign_in
from tests.factories.employees import a_unit, employed

CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=8)
PATTERN = st.builds(
    NumberPattern,
    template=st.sampled_from(
        ["{group}-{unit}-{year}-{sequence}", "{unit}{year2}{sequence}", "{group}{sequence}", "{year}/{sequence}.{unit}"]
    ),
    group=CODE,
    digits=st.integers(3, 8),
    unit_codes=st.dictionaries(CODE, CODE, max_size=3),
    default_unit_code=CODE,
)


@given(pattern=PATTERN, unit=CODE, year=st.integers(1980, 2099), sequence=st.integers(1, 99_999_999))
def test_a_number_leads_back_to_its_sequence(pattern, unit, year, sequence):
    number = format_number(pattern, unit=unit, year=year, sequence=sequence)

    assert split(pattern, number) is not None
    assert number.count(str(sequence)) >= 1


@given(pattern=PATTERN, unit=CODE, year=st.integers(1980, 2099), one=st.integers(1, 10**8), other=st.integers(1, 10**8))
def test_different_sequences_give_different_numbers(pattern, unit, year, one, other):
    numbers = {format_number(pattern, unit=unit, year=year, sequence=nth) for nth in (one, other)}

    assert len(numbers) == len({one, other})


@given(
    pattern=PATTERN.filter(lambda pattern: "-" in pattern.template),
    unit=CODE,
    year=st.integers(1980, 2099),
    sequence=st.integers(1, 10**8),
)
def test_a_number_of_another_system_leads_to_the_series_it_belongs_to(pattern, unit, year, sequence):
    number = format_number(pattern, unit=unit, year=year, sequence=sequence)

    assert split(pattern, number) == (series_of(pattern, unit=unit, year=year), sequence)


@pytest.mark.parametrize(
    ("template", "digits", "group", "faults"),
    [
        ("{group}-{sequence}", 5, "HC", []),
        ("{group}", 5, "HC", ["sequence_once"]),
        ("{sequence}{sequence}", 5, "HC", ["sequence_once"]),
        ("{group} {sequence}", 5, "HC", ["plain_text_only"]),
        ("{nobody}{sequence}", 5, "HC", ["plain_text_only"]),
        ("{sequence}", 2, "HC", ["digits_3_to_8"]),
        ("{sequence}", 5, "hc", ["codes_are_capitals"]),
    ],
)
def test_an_unusable_rule_is_refused(template, digits, group, faults):
    assert faults_of(NumberPattern(template=template, group=group, digits=digits)) == faults


def test_a_long_sequence_is_never_cut():
    pattern = NumberPattern(template="{sequence}", group="HC", digits=3)

    assert format_number(pattern, unit="", year=2026, sequence=12345) == "12345"


@pytest.fixture
def unit(db):
    group = a_unit("衡川集团", code="HC")
    return a_unit("华东区", code="EAST", parent=a_unit("零售", code="RETAIL", parent=group, kind="business_unit"))


def test_the_preview_takes_nothing(unit):
    rule = NumberingRule(version=0, unit_codes={"RETAIL": "HD"})

    assert [rule.preview(unit=unit, hire_date=date(2021, 4, 12)) for _ in range(2)] == ["HC-HD-2021-00001"] * 2
    assert not NumberSequence.objects.exists()


def test_numbers_from_outside_are_not_given_again(unit):
    NumberSequence.raise_to("HC-GR-2021-#", 630)
    NumberSequence.raise_to("HC-GR-2021-#", 12)

    assert NumberingRule(version=0).take(unit=unit, hire_date=date(2021, 4, 12)) == ["HC-GR-2021-00631"]


def test_a_number_in_use_is_stepped_over(unit):
    employed("张伟", unit=unit, employee_number="HC-GR-2021-00001")

    assert NumberingRule(version=0).take(unit=unit, hire_date=date(2021, 4, 12), count=2) == [
        "HC-GR-2021-00002",
        "HC-GR-2021-00003",
    ]


def test_a_change_is_a_new_version_and_an_event(unit, at):
    NumberingRule.change(template="{unit}{sequence}", by=None, at=at)
    NumberingRule.change(template="{group}{sequence}", by=None, at=at)

    assert NumberingRule.in_force().version == 2
    assert NumberingRule.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_everybody_gets_an_own_number_however_many_ask_at_once():
    group = a_unit("衡川集团", code="HC")

    def take(_):
        try:
            with transaction.atomic():
                return NumberingRule.in_force().take(unit=group, hire_date=date(2026, 1, 1), count=3)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given_out = [number for numbers in pool.map(take, range(24)) for number in numbers]

    assert len(set(given_out)) == 72


def test_the_editor_tries_without_saving(cast):
    answer = sign_in(cast.admin).post(
        "/settings/numbering/", rule_data(template="{unit}{year2}{sequence}", **{"try": "1"})
    )

    assert re.search(r"HD\d\d00001", answer.content.decode())
    assert not NumberingRule.objects.exists()


def test_the_editor_saves_a_version(cast):
    answer = sign_in(cast.admin).post("/settings/numbering/", rule_data(save="1"))

    assert answer.status_code == 302
    assert NumberingRule.in_force().unit_codes == {"RETAIL": "HD"}


def test_the_editor_refuses_a_rule_without_sequence(cast):
    answer = sign_in(cast.admin).post("/settings/numbering/", rule_data(template="{group}", save="1"))

    assert answer.status_code == 422
    assert not NumberingRule.objects.exists()


def test_hr_of_a_region_can_not_change_the_rule(cast):
    assert sign_in(cast.hrbp).get("/settings/numbering/").status_code == 403


def rule_data(**changes) -> dict:
    data = {
        "template": "{group}-{unit}-{year}-{sequence}",
        "group_code": "HC",
        "default_unit_code": "GR",
        "digits": "5",
    }
    return data | {"codes": "RETAIL=HD"} | changes
