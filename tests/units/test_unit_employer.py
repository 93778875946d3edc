"""Who employs in law at a unit and below: named at the unit, or as above."""

from typing import Any

import pytest

from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.errors import Refused
from ehr.record.models import Event
from ehr.units.changing import unit_version
from ehr.units.models import LegalEntity, OrgUnit
from tests.access.cast import a_user, api_client, sign_in
from tests.factories.employees import employed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def retail_company(db) -> LegalEntity:
    return LegalEntity.objects.create(code="RET", name="衡川零售有限公司")


def named(cast: Any, unit: str) -> LegalEntity | None:
    return OrgUnit.objects.get(pk=cast.unit[unit].pk).employer_entity()


def facts() -> list[dict[str, Any]]:
    return [event.payload for event in Event.objects.filter(kind="units.unit.employer_set").order_by("id")]


def fields(unit: OrgUnit, **changes: Any) -> dict[str, Any]:
    """As the browser sends them."""
    now = OrgUnit.objects.get(pk=unit.pk)
    on_file = {"name": now.name, "place": now.place, "head": now.head.username if now.head else ""}
    parent = now.parent.code if now.parent else ""
    return on_file | {"parent": parent, "employer": now.legal_entity_id or "", "version": unit_version(now)} | changes


# --- the verb -----------------------------------------------------------------------------------------------------
def test_it_counts_for_the_unit_and_everything_below(cast, at, retail_company) -> None:
    cast.unit["retail"].employ(retail_company, by=cast.admin, at=at)

    assert named(cast, "sales_unit") == named(cast, "retail") == retail_company
    assert named(cast, "supply") == named(cast, "group") == cast.employer
    [fact] = facts()
    assert fact == {
        "unit_id": str(cast.unit["retail"].pk), "employer_id": str(retail_company.pk), "previous_id": "",
    }  # fmt: skip


def test_the_same_again_is_nothing(cast, at, retail_company) -> None:
    for _ in range(2):
        cast.unit["retail"].employ(retail_company, by=cast.admin, at=at)

    assert len(facts()) == 1


def test_as_above_takes_the_own_one_away(cast, at, retail_company) -> None:
    cast.unit["retail"].employ(retail_company, by=cast.admin, at=at)

    cast.unit["retail"].employ(None, by=cast.admin, at=at)

    assert named(cast, "sales_unit") == cast.employer
    assert facts()[-1]["previous_id"] == str(retail_company.pk)


def test_the_last_one_is_replaced_and_not_taken_away(cast, at, retail_company) -> None:
    cast.unit["retail"].employ(retail_company, by=cast.admin, at=at)

    with pytest.raises(Refused) as refused:
        cast.unit["group"].employ(None, by=cast.admin, at=at)

    assert (refused.value.code, refused.value.field) == ("employer_missing", "employer")
    assert "供应链中心" in refused.value.detail
    assert named(cast, "group") == cast.employer


def test_at_the_top_it_goes_once_every_unit_at_the_bottom_has_its_own(cast, at, retail_company) -> None:
    for unit in ("retail", "supply"):
        cast.unit[unit].employ(retail_company, by=cast.admin, at=at)

    cast.unit["group"].employ(None, by=cast.admin, at=at)

    assert named(cast, "group") is None


def test_people_on_file_keep_their_employer_and_the_next_one_has_the_new(cast, at, retail_company) -> None:
    cast.unit["retail"].employ(retail_company, by=cast.admin, at=at)

    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].employer == cast.employer
    assert employed(unit=OrgUnit.objects.get(pk=cast.unit["sales_unit"].pk)).employer == retail_company


# --- in the browser -----------------------------------------------------------------------------------------------
def test_group_hr_names_the_employer_and_changes_nothing_else(cast, retail_company) -> None:
    url, client = f"/units/{cast.unit['east'].pk}/editing/", sign_in(cast.group_hr)
    page = client.get(url).content.decode()
    assert "沿用上级（衡川集团有限公司）" in page and "id_name" not in page

    answer = client.post(url, fields(cast.unit["east"], employer=retail_company.pk, name="改名"))

    assert answer.status_code == 302
    assert (named(cast, "sales_unit"), OrgUnit.objects.get(code="EAST").name) == (retail_company, "华东区")
    shown = client.get(f"/units/{cast.unit['east'].pk}/").content.decode()
    below = client.get(f"/units/{cast.unit['sales_unit'].pk}/").content.decode()
    assert "本级指定" in shown and "沿用上级" in below and "衡川零售有限公司" in below


def test_group_hr_of_a_part_sees_no_other_part(cast) -> None:
    """Employers are the group's, units are one's own."""
    other = a_user("pei.yunqi")
    RoleGrant.objects.create(user=other, role=Role.GROUP_HR, unit=cast.unit["supply"])

    assert sign_in(other).get(f"/units/{cast.unit['east'].pk}/editing/").status_code == 404
    assert sign_in(other).get(f"/units/{cast.unit['supply'].pk}/editing/").status_code == 200


def test_the_administrator_changes_all_of_it_at_once(cast, retail_company) -> None:
    sent = fields(
        cast.unit["store"], name="杭州西湖店", head="gu.chengyan", parent="SUPPLY", employer=retail_company.pk
    )

    answer = sign_in(cast.admin).post(f"/units/{cast.unit['store'].pk}/editing/", sent)

    unit = OrgUnit.objects.get(code="HZHB")
    assert answer.status_code == 302
    assert (unit.name, unit.head, unit.path, unit.legal_entity) == (
        "杭州西湖店", cast.head, "/HC/SUPPLY/HZHB/", retail_company,
    )  # fmt: skip


def test_what_leaves_somebody_without_an_employer_is_said_beside_the_field(cast) -> None:
    answer = sign_in(cast.group_hr).post(
        f"/units/{cast.unit['group'].pk}/editing/", fields(cast.unit["group"], employer="")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "将没有用人单位" in page and "尚未指定" in page


def test_the_later_of_two_editors_is_told(cast, at, retail_company) -> None:
    sent = fields(cast.unit["east"], place="杭州")
    cast.unit["east"].employ(retail_company, by=cast.group_hr, at=at)

    answer = sign_in(cast.admin).post(f"/units/{cast.unit['east'].pk}/editing/", sent)

    assert answer.status_code == 409
    assert "目前登记的是：衡川零售有限公司" in answer.content.decode()
    assert OrgUnit.objects.get(code="EAST").place == ""


def test_the_pages_cost_the_same_however_deep_the_tree_is(cast, django_assert_max_num_queries) -> None:
    unit = cast.unit["store"]
    for nth in range(8):
        unit = OrgUnit.objects.create(code=f"D{nth}", name=f"{nth}组", parent=unit)
    client = sign_in(cast.group_hr)
    client.get(f"/units/{unit.pk}/")

    for page in (f"/units/{unit.pk}/", f"/units/{unit.pk}/editing/"):
        with django_assert_max_num_queries(12):
            client.get(page)


# --- by the API ---------------------------------------------------------------------------------------------------
def patch(user: Any, unit: OrgUnit, key: str = "one", **body: Any) -> Any:
    client = api_client(user)
    read = {"version": client.get(f"/api/v1/org-units/{unit.pk}/").json()["version"]}
    return client.patch(f"/api/v1/org-units/{unit.pk}/", read | body, format="json", HTTP_IDEMPOTENCY_KEY=key)


def test_the_api_says_who_employs_and_whether_it_is_named_here(cast) -> None:
    rows = api_client(cast.hrbp).get("/api/v1/org-units/").json()["results"]
    top = api_client(cast.admin).get(f"/api/v1/org-units/{cast.unit['group'].pk}/").json()

    assert [(row["employer"], row["employer_inherited"]) for row in rows] == [("HC", True)] * 3
    assert (top["employer"], top["employer_inherited"]) == ("HC", False)


def test_the_api_changes_only_what_is_sent(cast, retail_company) -> None:
    answer = patch(cast.admin, cast.unit["east"], name="华东大区", employer="RET", head="gu.chengyan", parent="SUPPLY")

    told = answer.json()
    assert answer.status_code == 200
    assert (told["name"], told["employer"], told["employer_inherited"]) == ("华东大区", "RET", False)
    assert (told["head"], told["path"], told["place"]) == ("gu.chengyan", "/HC/SUPPLY/EAST/", "")

    again = patch(cast.admin, cast.unit["east"], key="two", employer=None, head=None).json()
    assert (again["employer"], again["employer_inherited"], again["head"]) == ("HC", True, None)


def test_group_hr_sends_the_employer_alone(cast, retail_company) -> None:
    assert patch(cast.group_hr, cast.unit["east"], employer="RET").status_code == 200
    assert patch(cast.group_hr, cast.unit["east"], key="two", employer=None, name="改名").status_code == 403
    assert named(cast, "east") == retail_company


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"employer": "NOBODY"}, "employer"),
        ({"legal_entity": "HC"}, "legal_entity"),
        ({"head": "nobody"}, "head"),
        ({"parent": "SHKA"}, "parent"),
    ],
)
def test_the_api_refuses_what_can_not_be(cast, body, field) -> None:
    answer = patch(cast.admin, cast.unit["east"], **body)

    assert answer.status_code == 422
    assert field in str(answer.json())


def test_the_api_refuses_what_rests_on_an_older_version(cast, at, retail_company) -> None:
    read = unit_version(OrgUnit.objects.get(code="EAST"))
    cast.unit["east"].employ(retail_company, by=cast.admin, at=at)

    answer = patch(cast.admin, cast.unit["east"], version=read, name="华东大区")

    assert answer.status_code == 409
    assert OrgUnit.objects.get(code="EAST").name == "华东区"


def test_the_list_costs_the_same_with_many_rows(cast, django_assert_max_num_queries) -> None:
    for nth in range(30):
        OrgUnit.objects.create(code=f"T{nth}", name=f"门店{nth}", parent=cast.unit["east"])
    client = api_client(cast.admin)

    with django_assert_max_num_queries(6):
        client.get("/api/v1/org-units/")
