"""Who keeps an employer, and how its name, its code and its union change."""

from typing import Any

import pytest

from ehr import clock, record
from ehr.errors import Refused, WrongState
from ehr.notices.models import Notice
from ehr.record.models import Event
from ehr.units.employers.changing import change_employer, employer_version
from ehr.units.models import LegalEntity
from tests.access.cast import api_client, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TENCENT, ALIBABA = "9144030071526726XG", "91330100799655058B"


@pytest.fixture
def entity(cast) -> LegalEntity:
    return LegalEntity.objects.get(pk=cast.employer.pk)


def form(entity: LegalEntity, **said: Any) -> dict[str, Any]:
    """What the page sends; a box that is not ticked is not in it."""
    on_file = {"name": entity.name, "uscc": entity.uscc, "has_union": "on", "reason": "工商变更登记"}
    sent = on_file | {"version": employer_version(entity)} | said
    return {name: value for name, value in sent.items() if value is not None}


def post(user: Any, entity: LegalEntity, **said: Any) -> Any:
    return sign_in(user).post(f"/legal-entities/{entity.pk}/", form(entity, **said))


def patch(user: Any, entity: LegalEntity, *, key: str = "one", **sent: Any) -> Any:
    sent = {"version": employer_version(entity)} | sent
    return api_client(user).patch(f"/api/v1/legal-entities/{entity.pk}/", sent, format="json", HTTP_IDEMPOTENCY_KEY=key)


def told(kind: str) -> list[dict[str, Any]]:
    return list(Event.objects.filter(kind=f"units.entity.{kind}").order_by("id").values_list("payload", flat=True))


# --- Its name and its code --------------------------------------------------------------------------------------
def test_group_hr_renames_an_employer_and_says_why(cast, entity) -> None:
    before = entity.name

    answer = post(cast.group_hr, entity, name="衡川科技股份有限公司")

    entity.refresh_from_db()
    assert (answer.status_code, entity.name) == (302, "衡川科技股份有限公司")
    [said] = told("renamed")
    assert (said["previous"], said["name"], said["reason"]) == (before, entity.name, "工商变更登记")


def test_a_code_is_kept_as_it_stands_on_the_licence(cast, entity) -> None:
    answer = patch(cast.group_hr, entity, uscc=" 9144 0300 7152 6726 xg", reason="补录")

    entity.refresh_from_db()
    assert (answer.json()["uscc"], entity.uscc) == (TENCENT, TENCENT)
    assert [said["uscc"] for said in told("uscc_corrected")] == [TENCENT]


@pytest.mark.parametrize(
    ("uscc", "code", "words"),
    [
        ("91440300", "uscc_length", "8"),
        (TENCENT.replace("X", "I"), "uscc_sign", "I"),
        (TENCENT[:-1] + "A", "uscc_check", ""),
    ],
)
def test_a_mistyped_code_is_refused_beside_its_field(cast, entity, uscc, code, words) -> None:
    by_page, by_api = post(cast.group_hr, entity, uscc=uscc), patch(cast.group_hr, entity, uscc=uscc, reason="补录")

    entity.refresh_from_db()
    assert (by_page.status_code, by_api.status_code, entity.uscc) == (422, 422, "")
    assert 'id="id_uscc_error"' in by_page.content.decode()
    assert by_api.json()["code"] == code
    assert words in by_api.json()["detail"]


def test_two_employers_have_neither_the_same_code_nor_the_same_name(cast, entity) -> None:
    LegalEntity.objects.create(code="OTHER", name="他司", uscc=ALIBABA)

    same_code, same_name = (
        patch(cast.admin, entity, key=key, reason="补录", **said)
        for key, said in (("one", {"uscc": ALIBABA}), ("two", {"name": "他司"}))
    )

    assert (same_code.status_code, same_name.status_code) == (422, 422)
    assert same_code.json()["code"] == same_name.json()["code"] == "employer_known"
    assert not told("renamed")
    assert not told("uscc_corrected")


def test_several_may_be_without_a_code(cast, entity) -> None:
    LegalEntity.objects.create(code="OTHER", name="他司")

    assert list(LegalEntity.objects.values_list("uscc", flat=True)) == ["", ""]


@pytest.mark.parametrize("said", [{"name": "新名"}, {"uscc": TENCENT}, {"has_union": None}])
def test_nothing_changes_without_writing_why(cast, entity, said) -> None:
    by_page = post(cast.admin, entity, reason="  ", **said)

    now = LegalEntity.objects.get(pk=entity.pk)
    assert (by_page.status_code, now.name, now.uscc, now.has_union) == (422, entity.name, "", True)
    assert 'id="id_reason_error"' in by_page.content.decode()
    assert not Event.objects.filter(kind__startswith="units.entity.")


def test_of_two_changes_one_refusal_leaves_neither(cast, entity) -> None:
    with pytest.raises(Refused):
        change_employer(
            entity=entity,
            name="新名",
            uscc="91",
            version=employer_version(entity),
            reason="变更",
            by=cast.admin,
            at=clock.now(),
        )

    entity.refresh_from_db()
    assert entity.name != "新名"
    assert not told("renamed")


def test_who_saves_the_same_needs_no_reason_and_is_told_nothing_changed(cast, entity) -> None:
    answer = post(cast.admin, entity, reason="")

    assert answer.status_code == 302
    assert not Event.objects.filter(kind__startswith="units.entity.")


def test_a_later_editor_sees_what_changed_meanwhile_and_may_save_again(cast, entity) -> None:
    stale = form(entity, uscc=TENCENT)
    post(cast.group_hr, entity, name="衡川科技股份有限公司")

    late = sign_in(cast.admin).post(f"/legal-entities/{entity.pk}/", stale)

    page = late.content.decode()
    entity.refresh_from_db()
    assert (late.status_code, entity.uscc) == (409, "")
    assert "衡川科技股份有限公司" in page
    assert employer_version(entity) in page


def test_a_stale_version_answers_409_by_the_api(cast, entity) -> None:
    answer = patch(cast.admin, entity, name="新名", reason="变更", version="0" * 32)

    assert answer.status_code == 409
    with pytest.raises(WrongState):
        change_employer(entity=entity, name="新名", version="", reason="变更", by=cast.admin, at=clock.now())


def test_its_page_tells_who_changed_what_and_why(cast, entity, django_assert_max_num_queries) -> None:
    post(cast.group_hr, entity, name="衡川科技股份有限公司", uscc=TENCENT, has_union=None, reason="重组")
    admin = sign_in(cast.admin)

    with django_assert_max_num_queries(12):
        page = admin.get(f"/legal-entities/{entity.pk}/").content.decode()

    assert f"把名称由“{entity.name}”改为“衡川科技股份有限公司”" in page
    assert f"由 — 改为 {TENCENT}" in page
    assert "注明没有工会" in page
    assert page.count("<blockquote>重组</blockquote>") == 3
    assert cast.group_hr.display_name in page


# --- Its union --------------------------------------------------------------------------------------------------
def test_an_employer_has_a_union_unless_somebody_says_otherwise(cast, entity) -> None:
    assert entity.has_union
    assert "checked" in sign_in(cast.admin).get(f"/legal-entities/{entity.pk}/").content.decode()

    post(cast.admin, entity, has_union=None, reason="工会已并入集团工会")

    entity.refresh_from_db()
    assert not entity.has_union
    [said] = told("union_said")
    assert (said["has_union"], said["reason"]) == (False, "工会已并入集团工会")


def test_what_a_form_leaves_out_stays_as_it_is(cast, entity) -> None:
    """A box that is not in a multipart form is not one that somebody has emptied."""
    answer = api_client(cast.admin).patch(
        f"/api/v1/legal-entities/{entity.pk}/",
        {"reason": "核对", "version": employer_version(entity)},
        format="multipart",
        HTTP_IDEMPOTENCY_KEY="one",
    )

    entity.refresh_from_db()
    assert (answer.status_code, entity.has_union) == (200, True)


def test_legal_reads_who_lifted_it_and_why(cast, entity) -> None:
    entity.say_union(has_union=False, reason="工会已撤销", by=cast.admin, at=clock.now())
    record.deliver_all()

    [notice] = Notice.objects.filter(user=cast.legal)
    assert notice.kind == "offboarding.union_gone"
    assert "工会已撤销" in str(notice.title)


# --- A new one --------------------------------------------------------------------------------------------------
def test_an_employer_is_entered_before_it_has_a_unit_and_is_seen_by_its_keeper(cast) -> None:
    sent = {"code": " hcsz ", "name": "衡川（深圳）有限公司", "uscc": TENCENT.lower()}

    sign_in(cast.group_hr).post("/legal-entities/", sent | {"has_union": "on"})

    new = LegalEntity.objects.get(code="HCSZ")
    assert (new.uscc, new.has_union) == (TENCENT, True)
    assert f"/legal-entities/{new.pk}/" in sign_in(cast.group_hr).get("/legal-entities/").content.decode()
    assert [said["code"] for said in told("added")] == ["HCSZ"]


def test_the_same_by_the_api_answers_what_was_entered(cast) -> None:
    client = api_client(cast.group_hr)
    sent = {"code": "HCSZ", "name": "衡川（深圳）有限公司", "has_union": False}

    answer = client.post("/api/v1/legal-entities/", sent, format="json", HTTP_IDEMPOTENCY_KEY="one")

    assert answer.status_code == 201
    assert answer.json() == client.get(f"/api/v1/legal-entities/{answer.json()['id']}/").json()
    assert (answer.json()["uscc"], answer.json()["has_union"], answer.json()["has_own_seal"]) == ("", False, False)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "HC-1"}, "code"),
        ({"code": "HC"}, "code"),
        ({"name": "衡川集团有限公司"}, "name"),
        ({"uscc": ALIBABA}, "uscc"),
        ({"uscc": "1"}, "uscc"),
    ],
)
def test_what_is_known_already_or_can_not_be_is_not_entered(cast, entity, said, field) -> None:
    LegalEntity.objects.filter(pk=entity.pk).update(code="HC", name="衡川集团有限公司", uscc=ALIBABA)
    sent = {"code": "NEW", "name": "新公司", "uscc": ""} | said

    by_page = sign_in(cast.admin).post("/legal-entities/", sent)
    by_api = api_client(cast.admin).post("/api/v1/legal-entities/", sent, format="json", HTTP_IDEMPOTENCY_KEY="one")

    assert (by_page.status_code, by_api.status_code) == (422, 422)
    assert f'id="id_{field}_error"' in by_page.content.decode()
    assert LegalEntity.objects.count() == 1


# --- Where it stands --------------------------------------------------------------------------------------------
def test_it_is_reached_from_the_units_and_from_its_unit(cast, entity) -> None:
    admin = sign_in(cast.admin)

    assert "/legal-entities/" in admin.get("/units/").content.decode()
    assert f"/legal-entities/{entity.pk}/" in admin.get(f"/units/{cast.unit['sales_unit'].pk}/").content.decode()
    assert "/legal-entities/" not in sign_in(cast.hrbp).get("/units/").content.decode()


def test_the_list_costs_the_same_for_many(cast, django_assert_max_num_queries) -> None:
    LegalEntity.objects.bulk_create(LegalEntity(code=f"C{n}", name=f"公司{n}") for n in range(40))
    admin = sign_in(cast.admin)

    with django_assert_max_num_queries(12):
        page = admin.get("/legal-entities/").content.decode()

    assert "?after=" in page
