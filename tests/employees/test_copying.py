"""Lines are made while COPY reads them."""

from collections.abc import Iterator

import pytest

from employees.importing.copying import CopyTable
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
