from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from ehr import deadlines
from ehr.deadlines import kinds, ladder
from ehr.units.models import OrgUnit
from tests.access.cast import a_user

KIND = "tests.approval"


@pytest.fixture(autouse=True)
def kind():
    deadlines.register_kind(KIND, title="Approve the exit of {name}", why="since {since}", icon="rubber-stamp")
    yield KIND
    kinds._kinds.pop(KIND)


@pytest.fixture
def cast(db):
    """A clerk and a head in the east, an HRBP above them, and somebody in the west."""
    group = OrgUnit.objects.create(code="HC", name="衡川集团", kind="group")
    east = OrgUnit.objects.create(code="EAST", name="华东", parent=group)
    shop = OrgUnit.objects.create(code="SHOP", name="上海", parent=east)
    west = OrgUnit.objects.create(code="WEST", name="西南", parent=group)
    people = {
        "head": a_user("gu.chengyan"),
        "boss": a_user("lu.boss"),
        "hrbp": a_user("song.zhiwei", hrbp=east),
        "it_east": a_user("fang.jibai", it=east),
        "it_group": a_user("fang.group", it=None),
        "it_west": a_user("fang.west", it=west),
        "stranger": a_user("tang.jingxing"),
    }
    return SimpleNamespace(group=group, east=east, shop=shop, west=west, **people)


@pytest.fixture
def boss_of_head(cast):
    before = list(ladder._manager_of)
    deadlines.register_manager_of(lambda user: cast.boss if user == cast.head else None)
    yield
    ladder._manager_of[:] = before


@pytest.fixture
def opened(cast, at):
    """Two working days for the head: due Wednesday 18:00 in Shanghai."""

    def make(**changes):
        values = {
            "kind": KIND,
            "subject": "tests.case:1",
            "owner": cast.head,
            "unit": cast.shop,
            "due_at": shanghai(20, 18),
            "params": {"name": "周远航"},
            "url": "/cases/1/",
            "by": None,
            "at": at,
        }
        return deadlines.open_deadline(**(values | changes))

    return make


def shanghai(day: int, hour: int, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour - 8 if hour >= 8 else hour + 16, tzinfo=UTC)
