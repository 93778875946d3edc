from datetime import datetime

import pytest

from ehr.errors import Refused
from ehr.record.models import Event
from ehr.units.models import LegalEntity, OrgUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, OrgUnit]:
    entity = LegalEntity.objects.create(code="HC", name="衡川集团")
    group = OrgUnit.objects.create(code="HC", name="衡川集团", kind="group", legal_entity=entity)
    retail = OrgUnit.objects.create(code="RETAIL", name="零售", kind="business_unit", parent=group)
    east = OrgUnit.objects.create(code="EAST", name="华东", kind="region", parent=retail)
    store = OrgUnit.objects.create(code="S1", name="一店", kind="store", parent=east)
    west = OrgUnit.objects.create(code="EAST2", name="华东二区", kind="region", parent=retail)
    return {"group": group, "retail": retail, "east": east, "store": store, "west": west}


def test_a_new_unit_knows_its_path(tree: dict[str, OrgUnit]) -> None:
    assert tree["store"].path == "/HC/RETAIL/EAST/S1/"


def test_under_is_the_subtree_and_no_neighbour_with_a_longer_code(tree: dict[str, OrgUnit]) -> None:
    assert set(OrgUnit.objects.under(tree["east"])) == {tree["east"], tree["store"]}


def test_ancestors_come_nearest_first(tree: dict[str, OrgUnit]) -> None:
    assert list(tree["store"].ancestors()) == [tree["east"], tree["retail"], tree["group"]]


def test_the_employer_is_the_nearest_entity_up_the_tree(tree: dict[str, OrgUnit]) -> None:
    assert tree["store"].employer_entity() == tree["group"].legal_entity

    own = LegalEntity.objects.create(code="EAST", name="衡川华东")
    OrgUnit.objects.filter(pk=tree["east"].pk).update(legal_entity=own)

    assert tree["store"].employer_entity() == own


def test_a_move_takes_the_subtree_along_and_is_recorded(tree: dict[str, OrgUnit], at: datetime) -> None:
    tree["east"].move(to=tree["west"], by=None, at=at)

    paths = set(OrgUnit.objects.under(tree["west"]).values_list("path", flat=True))
    assert paths == {"/HC/RETAIL/EAST2/", "/HC/RETAIL/EAST2/EAST/", "/HC/RETAIL/EAST2/EAST/S1/"}
    event = Event.objects.get(kind="units.unit.moved")
    assert event.payload["from_path"] == "/HC/RETAIL/EAST/"
    assert event.payload["to_path"] == "/HC/RETAIL/EAST2/EAST/"


def test_a_unit_cannot_move_below_itself(tree: dict[str, OrgUnit], at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        tree["east"].move(to=tree["store"], by=None, at=at)

    assert refused.value.code == "unit_below_itself"
    assert OrgUnit.objects.get(code="S1").path == "/HC/RETAIL/EAST/S1/"


def test_the_subtree_is_found_by_the_index(tree: dict[str, OrgUnit]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = OrgUnit.objects.under(tree["east"]).explain()

    assert "one_unit_per_path" in plan and "Index Cond" in plan
