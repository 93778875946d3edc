"""The sources of a running list once more: what turned up later comes on it once, and nothing that was written goes."""

from typing import Any

import pytest
from django.urls import reverse

from ehr import deadlines, record
from ehr.errors import Forbidden, WrongState
from employees.models import Holding
from employees.observing import observe_holdings
from handover import operations
from handover.models import Handover
from performance.operations import open_task
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import hand_over_everything, item_of, open_one, submit

pytestmark = pytest.mark.django_db
HOLDINGS = "/api/v1/signals/holdings/"


def seen(cast: Any, at: Any, *refs: str, **facts: Any) -> Any:
    number = cast.employment["leaver"].employee_number
    row = {"employee_number": number, "kind": "repository", "presence": "has"} | facts
    return observe_holdings([row | {"ref": ref, "title": f"仓库 {ref}"} for ref in refs], system="GitLab", at=at)


def test_what_a_system_sees_later_comes_onto_the_running_list_once_with_its_reason(
    cast: Any, at: Any, opened: Handover
) -> None:
    written = submit(item_of(opened, "crm"), cast, at)
    before = opened.items.count()

    seen(cast, at, "a", "b")
    record.deliver_all()
    seen(cast, at, "a", "b")
    record.deliver_all()

    added = opened.items.filter(source="system").order_by("position")
    assert [row.title for row in added] == ["仓库 a", "仓库 b"]
    assert [row.position for row in added] == [before, before + 1]
    assert added[0].why == {"system": "GitLab"}
    page = sign_in(cast.leaver).get(added[0].get_absolute_url()).content.decode()
    assert "GitLab 里在你名下" in page or "GitLab" in page
    assert item_of(opened, "crm").fields == written.fields


def test_what_is_gone_at_the_source_stays_on_the_list(cast: Any, at: Any, opened: Handover) -> None:
    seen(cast, at, "a")
    record.deliver_all()

    seen(cast, at, "a", presence="has_not")
    record.deliver_all()
    operations.look_again(handover=opened, by=cast.leaver, at=at)

    assert opened.items.filter(source="system").count() == 1


def test_a_newer_template_does_not_reach_a_running_list(cast: Any, at: Any, opened: Handover) -> None:
    operations.publish(job_family="sales", title="长", items=[{"key": "n", "kind": "thing", "title": "展台"}], at=at)

    assert operations.look_again(handover=opened, by=cast.head, at=at) == []


def test_the_leaver_and_the_head_look_again_by_button_and_nobody_else(cast: Any, at: Any, opened: Handover) -> None:
    open_task(employment=cast.employment["leaver"], title="催款", by=cast.head, at=at)
    address = reverse("handover:sources", args=[opened.pk])

    for who, status in ((cast.successor, 403), (cast.hrbp, 403), (cast.stranger, 403), (cast.leaver, 302)):
        assert sign_in(who).post(address).status_code in (status, 404 if status == 403 else status)

    assert opened.items.get(source="performance").title == "催款"
    assert sign_in(cast.head).post(address).status_code == 302
    assert opened.items.filter(source="performance").count() == 1
    with pytest.raises(Forbidden):
        operations.look_again(handover=opened, by=cast.successor, at=at)


def test_after_the_list_was_called_complete_what_turns_up_is_confirmed_before_the_signature(
    cast: Any, at: Any, opened: Handover
) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    asked = deadlines.Deadline.objects.still_open().filter(subject=record.ref(opened))
    assert asked.filter(kind="handover.sign_off").exists()

    seen(cast, at, "a")
    record.deliver_all()

    assert set(asked.values_list("kind", flat=True)) == {"handover.fill", "handover.take_over"}
    with pytest.raises(WrongState):
        operations.sign_handover(handover=opened, by=cast.head, at=at)


def test_a_list_that_is_signed_grows_no_more(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)

    seen(cast, at, "a")
    record.deliver_all()

    assert not opened.items.filter(source="system").exists()
    with pytest.raises(WrongState):
        operations.look_again(handover=opened, by=cast.head, at=at)


def test_a_list_that_is_held_grows_without_asking_anybody(cast: Any, at: Any) -> None:
    held = open_one(cast, at, held=True)

    seen(cast, at, "a")
    record.deliver_all()

    assert held.items.filter(source="system").exists()
    assert not deadlines.Deadline.objects.filter(subject=record.ref(held)).exists()


def test_by_the_api(cast: Any, at: Any, opened: Handover) -> None:
    open_task(employment=cast.employment["leaver"], title="催款", by=cast.head, at=at)

    answer = api_client(cast.leaver).post(
        f"/api/v1/handovers/{opened.pk}/sources/", {}, format="json", HTTP_IDEMPOTENCY_KEY="s1"
    )

    assert (answer.status_code, answer.data["added"]) == (200, 1)
    assert "催款" in [row["title"] for row in answer.data["results"]]


def test_a_feed_of_holdings_is_taken_once_and_says_what_it_could_not_take(cast: Any) -> None:
    number = cast.employment["leaver"].employee_number
    rows = [
        {"employee_number": number, "kind": "asset", "ref": "PC-1", "title": "电脑"},
        {"employee_number": "HC-0000", "kind": "asset", "ref": "PC-2", "title": "电脑"},
    ]
    body = {"system": "资产系统", "rows": rows}

    first, second = (api_client(cast.admin).post(HOLDINGS, body, format="json").json() for _ in range(2))
    changed = {"system": "资产系统", "rows": [rows[0] | {"title": "笔记本", "presence": "unknown"}]}
    third = api_client(cast.admin).post(HOLDINGS, changed, format="json").json()
    wrong = api_client(cast.admin).post(HOLDINGS, {"system": "x", "rows": [rows[0] | {"password": "1"}]}, format="json")

    assert (first["created"], second["created"], second["unchanged"], third["updated"]) == (1, 0, 1, 1)
    assert first["rejected"] == [{"ref": "PC-2", "reason": "employee_unknown"}]
    assert wrong.status_code in (400, 422)
    assert (Holding.objects.get().title, Holding.objects.get().presence) == ("笔记本", "unknown")
    assert api_client(cast.head).post(HOLDINGS, body, format="json").status_code == 403
