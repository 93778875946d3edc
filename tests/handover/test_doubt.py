"""Claim against record, and the witness: two things that stand in the way of confirming, and only of that."""

from typing import Any

import pytest
from django.urls import reverse

from ehr import deadlines, record
from ehr.errors import Forbidden, Refused, WrongState
from handover import evidence, operations
from handover.models import Handover, HandoverItem
from tests.access.cast import a_user, api_client, sign_in
from tests.handover.conftest import ANSWERS, item_of, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def url(name: str, item: HandoverItem) -> str:
    return reverse(f"handover:{name}", args=[item.handover_id, item.pk])


def open_duties(handover: Handover, kind: str) -> Any:
    return deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover), kind=kind)


@pytest.fixture
def recorded_half(monkeypatch: Any) -> None:
    """The performance system says that this work is half done."""
    half = evidence.Recorded(system="绩效系统", percent=50)
    monkeypatch.setattr(evidence, "_lookups", [lambda item: half if item.key == "work" else None])


def claimed_done(opened: Handover, cast: Any, at: Any) -> HandoverItem:
    item = item_of(opened, "work")
    answers = {"progress": "已完成", "next_step": "无"}
    operations.submit_item(item=item, fields=answers, by=cast.leaver, at=at)
    return item_of(opened, "work")


def test_done_is_claimed_but_half_is_recorded_so_the_head_cannot_confirm_until_it_is_explained(
    cast: Any, at: Any, opened: Handover, recorded_half: None
) -> None:
    item = claimed_done(opened, cast, at)
    assert (item.claimed_percent, item.recorded_percent, item.actions) == (100, 50, ("explain", "return"))
    page = sign_in(cast.head).get(opened.get_absolute_url()).content.decode()
    assert "填的是 100%，绩效系统里是 50%" in page
    answer = sign_in(cast.head).post(url("confirmation", item), {"decision": "confirm"})
    assert answer.status_code == 409

    operations.explain_item(item=item, explanation="上周做完，系统月底才更新", by=cast.leaver, at=at)

    assert "上周做完，系统月底才更新" in sign_in(cast.head).get(opened.get_absolute_url()).content.decode()
    operations.confirm_item(item=item_of(opened, "work"), by=cast.head, at=at)
    assert item_of(opened, "work").state == "confirmed"
    told = record.timeline([record.ref(opened)]).get(kind="handover.conflict.explained")
    assert "上周" not in str(told.payload)


def test_bulk_confirmation_leaves_a_doubted_item_alone(
    cast: Any, at: Any, opened: Handover, recorded_half: None
) -> None:
    item = claimed_done(opened, cast, at)

    assert operations.confirm_many(handover=opened, item_ids=[item.pk], by=cast.head, at=at) == 0


def test_a_doubted_item_can_be_returned_and_the_next_round_begins_clean(
    cast: Any, at: Any, opened: Handover, recorded_half: None
) -> None:
    item = claimed_done(opened, cast, at)
    operations.return_item(item=item, comment="系统里只有一半", by=cast.head, at=at)

    operations.submit_item(
        item=item_of(opened, "work"), fields={"progress": "50%", "next_step": "接着做"}, by=cast.leaver, at=at
    )

    again = item_of(opened, "work")
    assert (again.recorded_percent, again.is_doubted, "confirm" in again.actions) == (None, False, True)


def test_the_leaver_is_asked_until_it_is_explained(cast: Any, at: Any, opened: Handover, recorded_half: None) -> None:
    claimed_done(opened, cast, at)
    for key in ("customers", "files", "crm", "laptop"):
        submit(item_of(opened, key), cast, at)
    assert open_duties(opened, "handover.fill").exists()
    page = sign_in(cast.leaver).get(opened.get_absolute_url()).content.decode()
    assert "为什么对不上" in page

    sign_in(cast.leaver).post(url("explanation", item_of(opened, "work")), {"explanation": "系统没更新"})

    assert not open_duties(opened, "handover.fill").exists()


def test_an_explanation_is_the_leavers_own_and_never_empty(
    cast: Any, at: Any, opened: Handover, recorded_half: None
) -> None:
    item = claimed_done(opened, cast, at)

    with pytest.raises(Forbidden):
        operations.explain_item(item=item, explanation="我觉得行", by=cast.head, at=at)
    with pytest.raises(Refused):
        operations.explain_item(item=item, explanation="  ", by=cast.leaver, at=at)
    assert sign_in(cast.leaver).post(url("explanation", item), {"explanation": ""}).status_code == 422


def test_there_is_nothing_to_explain_where_nobody_doubts(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)

    with pytest.raises(WrongState):
        operations.explain_item(item=item, explanation="多余", by=cast.leaver, at=at)


def witnessed(opened: Handover, cast: Any, at: Any) -> HandoverItem:
    HandoverItem.objects.filter(handover=opened, key="laptop").update(witness_required=True)
    return submit(item_of(opened, "laptop"), cast, at)


def test_what_needs_a_witness_is_confirmed_only_after_the_witness_saw_it(cast: Any, at: Any, opened: Handover) -> None:
    item = witnessed(opened, cast, at)
    assert open_duties(opened, "handover.witness").get().owner == cast.head
    with pytest.raises(WrongState):
        operations.confirm_item(item=item, by=cast.asset_clerk, at=at)

    sign_in(cast.head).post(reverse("handover:witness", args=[opened.pk]), {"username": cast.stranger.username})
    assert open_duties(opened, "handover.witness").get().owner == cast.stranger
    browser = sign_in(cast.stranger)
    assert "我在场" in browser.get(item.get_absolute_url()).content.decode()
    browser.post(url("witnessing", item))

    assert not open_duties(opened, "handover.witness").exists()
    operations.confirm_item(item=item_of(opened, "laptop"), by=cast.asset_clerk, at=at)
    assert (
        record.timeline([record.ref(opened)]).filter(kind="handover.item.witnessed").get().actor_id == cast.stranger.pk
    )


def test_the_witness_is_neither_of_the_two_sides_and_named_by_the_head_alone(
    cast: Any, at: Any, opened: Handover
) -> None:
    for side in (cast.leaver, cast.successor, cast.head):
        with pytest.raises(Refused):
            operations.name_witness(handover=opened, witness=side, by=cast.head, at=at)
    for other in (cast.hrbp, cast.successor):
        with pytest.raises(Forbidden):
            operations.name_witness(handover=opened, witness=cast.stranger, by=other, at=at)


def test_a_new_witness_takes_the_place_of_the_old_one(cast: Any, at: Any, opened: Handover) -> None:
    second = a_user("second.witness")
    operations.name_witness(handover=opened, witness=cast.stranger, by=cast.head, at=at)

    operations.name_witness(handover=opened, witness=second, by=cast.head, at=at)

    assert not Handover.objects.visible_to(cast.stranger).exists()
    assert Handover.objects.visible_to(second).exists()


def test_explaining_and_witnessing_by_the_api(cast: Any, at: Any, opened: Handover, recorded_half: None) -> None:
    from uuid import uuid4

    item = claimed_done(opened, cast, at)
    address = f"/api/v1/handovers/{opened.pk}/items/{item.pk}"

    def call(user: Any, path: str, body: dict[str, Any]) -> Any:
        return api_client(user).post(address + path, body, format="json", HTTP_IDEMPOTENCY_KEY=uuid4().hex)

    blocked = call(cast.head, "/confirmation/", {"decision": "confirm"})
    assert (blocked.status_code, blocked.data["allowed"]) == (409, ["explain", "return"])
    assert call(cast.leaver, "/explanation/", {"explanation": "系统没更新"}).data["explanation"] == "系统没更新"
    assert call(cast.head, "/confirmation/", {"decision": "confirm"}).data["state"] == "confirmed"


def test_nothing_of_this_sort_is_never_doubted(cast: Any, at: Any, opened: Handover, recorded_half: None) -> None:
    item = item_of(opened, "work")

    operations.submit_item(
        item=item, fields=ANSWERS["work_item"], text="已转走", is_nothing=True, by=cast.leaver, at=at
    )

    assert not item_of(opened, "work").is_doubted
