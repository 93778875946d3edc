"""Lines are made while COPY reads them."""

import sys
from collections.abc import Iterator

import pytest

from employees.importing.copying import Copier, CopyTable
from employees.models import NumberSequence

pytestmark = pytest.mark.django_db


def test_a_line_that_cannot_be_made_is_not_blamed_on_the_database() -> None:
    table = CopyTable(NumberSequence, "series", "last")

    def lines() -> Iterator[str]:
        yield table.line("HC", 1)
        raise AssertionError("units are made before people")

    with pytest.raises(AssertionError, match="units are made before people"):
        table.copy(lines())


def test_what_would_end_a_field_or_a_row_arrives_as_it_was_written() -> None:
    table, text = CopyTable(NumberSequence, "series", "last"), "a\tb\\N\nc\rd 张"

    table.copy([table.line(text, 7)])

    assert NumberSequence.objects.get(last=7).series == text


def test_of_two_at_once_the_last_gives_the_interval_back() -> None:
    usual = sys.getswitchinterval()
    first, second = Copier(), Copier()

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    during = sys.getswitchinterval()
    second.__exit__(None, None, None)

    assert during < usual
    assert sys.getswitchinterval() == usual
