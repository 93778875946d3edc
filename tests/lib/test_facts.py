import json
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib import ids
from ehr.lib.canonical import canonical
from ehr.lib.facts import Fact
from ehr.lib.ids import uuid7, uuid7_texts


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Painted(Fact):
    kind = "tests.wall.painted"
    wall: UUID
    on: date
    at: datetime
    litres: Decimal
    colours: tuple[Colour, ...]


def test_a_fact_becomes_plain_values():
    wall = UUID(int=1)
    fact = Painted(
        wall=wall,
        on=date(2026, 5, 18),
        at=datetime(2026, 5, 18, 2, tzinfo=UTC),
        litres=Decimal("2.50"),
        colours=(Colour.RED,),
    )

    assert fact.payload() == {
        "wall": str(wall),
        "on": "2026-05-18",
        "at": "2026-05-18T02:00:00+00:00",
        "litres": "2.50",
        "colours": ["red"],
    }


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_what_has_no_one_text_does_not_belong_in_a_fact(value):
    @dataclass(frozen=True, kw_only=True)
    class Odd(Fact):
        thing: object

    with pytest.raises(TypeError):
        Odd(thing=value).payload()


def test_keys_are_ordered_by_length_then_bytes():
    assert canonical({"b": 1, "aa": [True, None], "a": "茶\n"}) == '{"a": "茶\\n", "b": 1, "aa": [true, null]}'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_canonical_text_is_json_of_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(st.integers(2, 200))
def test_ids_that_are_spelt_at_once_are_ids_like_the_others(count):
    before, texts, after = uuid7(), list(islice(uuid7_texts(), count)), uuid7()

    spelt = [UUID(text) for text in texts]
    assert [str(one) for one in spelt] == texts
    assert {(one.version, one.variant) for one in spelt} == {(7, RFC_4122)}
    assert [before, *spelt, after] == sorted({before, *spelt, after})


@given(st.integers(2, 200))
def test_ids_are_unique_and_carry_version_and_variant(count):
    ids = [uuid7() for _ in range(count)]

    assert len(set(ids)) == count
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {RFC_4122}
    assert ids == sorted(ids)


def test_ids_grow_also_while_the_clock_stands_or_is_put_back(monkeypatch):
    now = time.time_ns()
    for back in (0, 0, 10**9, 0):
        monkeypatch.setattr(ids.time, "time_ns", lambda back=back: now - back)
        assert ids.uuid7() < ids.uuid7()

    assert abs((ids.uuid7().int >> 80) - now // 1_000_000) <= 1
