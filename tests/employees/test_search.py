"""Finding people by name, pinyin, initials and number."""

from datetime import date

import pytest

from employees.models import Employment
from employees.rules.searching import query_of, tokens_of
from tests.factories.employees import a_unit, employed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    unit = a_unit()
    employed("欧阳若棠", unit=unit, employee_number="HC-HD-2021-00631")
    employed("方若棠", unit=unit, employee_number="HC-HD-2021-00632")
    employed("张伟", unit=unit, employee_number="HC-HD-2020-01042")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("若棠", {"欧阳若棠", "方若棠"}),
        ("方", {"方若棠"}),
        ("棠", {"欧阳若棠", "方若棠"}),
        ("ouyang", {"欧阳若棠"}),
        ("ruotang", {"欧阳若棠", "方若棠"}),
        ("frt", {"方若棠"}),
        ("zhangw", {"张伟"}),
        ("zw", {"张伟"}),
        ("00631", {"欧阳若棠"}),
        ("HC-HD-2021", {"欧阳若棠", "方若棠"}),
        ("1042", {"张伟"}),
        ("若棠 00632", {"方若棠"}),
        ("李四", set()),
        ("' | !()", {"欧阳若棠", "方若棠", "张伟"}),
    ],
)
def test_it_finds_by_any_part(people, text, names):
    found = Employment.objects.search(text)

    assert {row.person.name for row in found} == names


def test_a_query_of_signs_is_no_query():
    assert query_of("&|!'") == ""


def test_tokens_hold_no_sign_that_splits_them():
    assert "  " not in tokens_of(name="A-B 张 伟", syllables=("zhang", "wei"), number="X--1")


def test_former_people_are_not_current(people, at):
    row = Employment.objects.search("张伟").get()

    row.end(termination_date=date(2026, 5, 17), by=None, at=at)

    assert not Employment.objects.current().search("张伟").exists()
