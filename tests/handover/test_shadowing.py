"""Going through the work together before the last day (C16)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ehr import record
from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from handover import operations
from handover.models import Handover, Shadowing
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import DUE_AT, LAST_DAY

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def planned(handover: Handover, cast: Any, at: Any, **changes: Any) -> Shadowing:
    given = {"topic": "一起拜访远山医药", "on_date": DAY, "by": cast.head} | changes
    return operations.plan_shadowing(handover=handover, at=at, **given)


def owners(kind: str = "handover.shadow") -> set[str]:
    return {duty.owner.username for duty in Deadline.objects.still_open().filter(kind=kind)}


def test_what_the_head_plans_is_a_to_do_of_both_on_that_evening(cast: Any, at: Any, opened: Handover) -> None:
    planned(opened, cast, at)

    assert owners() == {"zhou.yuanhang", "he.shuyao"}
    (due_at,) = set(Deadline.objects.filter(kind="handover.shadow").values_list("due_at", flat=True))
    assert due_at.isoformat() == "2026-05-22T10:00:00+00:00"
    assert "一起走一遍：一起拜访远山医药" in sign_in(cast.successor).get("/inbox/").content.decode()
    fact = record.timeline([record.ref(opened)]).get(kind="handover.shadowing.planned")
    assert fact.payload["on_date"] == "2026-05-22"
    assert "远山" not in str(fact.payload)


def test_somebody_else_shows_what_they_know_better(cast: Any, at: Any, opened: Handover) -> None:
    row = planned(opened, cast, at, by=cast.leaver, guide=cast.document_clerk)

    assert owners() == {"bai.lu", "he.shuyao"}
    assert sign_in(cast.document_clerk).get(reverse("handover:shadowing", args=[opened.pk])).status_code == 404
    operations.finish_shadowing(shadowing=row, by=cast.document_clerk, at=at)
    assert owners() == set()


def test_it_is_done_once_and_the_page_says_by_whom(cast: Any, at: Any, opened: Handover, monkeypatch: Any) -> None:
    row = planned(opened, cast, at)
    monkeypatch.setattr("ehr.clock.now", lambda: at + timedelta(days=4))
    done = reverse("handover:shadowing_completion", args=[opened.pk, row.pk])

    assert sign_in(cast.successor).post(done, {"from": "takeover"}).url == reverse(
        "handover:takeover", args=[opened.pk]
    )
    assert sign_in(cast.leaver).post(done).status_code == 409

    row.refresh_from_db()
    assert row.done_by == cast.successor
    assert (
        "5月22日 已做 · 何书瑶"
        in sign_in(cast.head).get(reverse("handover:shadowing", args=[opened.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on_date": date(2026, 5, 17)}, "on_date"),
        ({"on_date": LAST_DAY + timedelta(days=1)}, "on_date"),
        ({"topic": "  "}, "topic"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Any, at: Any, opened: Handover, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        planned(opened, cast, at, **changes)

    assert refused.value.field == field


def test_the_successor_is_not_the_one_who_shows_it(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(Refused):
        planned(opened, cast, at, guide=cast.successor)


def test_only_the_head_and_the_leaver_plan(cast: Any, at: Any, opened: Handover) -> None:
    for who in (cast.successor, cast.hrbp, cast.stranger):
        with pytest.raises(Forbidden):
            planned(opened, cast, at, by=who)
    row = planned(opened, cast, at)
    with pytest.raises(Forbidden):
        operations.finish_shadowing(shadowing=row, by=cast.hrbp, at=at)
    with pytest.raises(Forbidden):
        operations.call_off_shadowing(shadowing=row, by=cast.successor, at=at)


def test_called_off_it_is_nobodys_to_do_any_more(cast: Any, at: Any, opened: Handover) -> None:
    row = planned(opened, cast, at)

    operations.call_off_shadowing(shadowing=row, by=cast.leaver, at=at)

    assert owners() == set()
    with pytest.raises(WrongState):
        operations.finish_shadowing(shadowing=row, by=cast.successor, at=at)
    assert (
        "一起拜访远山医药"
        not in sign_in(cast.head).get(reverse("handover:shadowing", args=[opened.pk])).content.decode()
    )


def test_an_earlier_last_day_takes_what_was_planned_with_it(cast: Any, at: Any, opened: Handover) -> None:
    row = planned(opened, cast, at, on_date=LAST_DAY)
    early = date(2026, 6, 1)

    operations.move_handover(origin=opened.origin, last_working_date=early, due_at=DUE_AT, by=cast.hrbp, at=at)

    row.refresh_from_db()
    assert row.on_date == early
    assert {d.due_at.date() for d in Deadline.objects.filter(kind="handover.shadow")} == {early}


def test_another_successor_takes_the_to_dos(cast: Any, at: Any, opened: Handover) -> None:
    planned(opened, cast, at, guide=cast.stranger)

    operations.name_successor(handover=opened, successor=cast.it, by=cast.head, at=at)

    assert owners() == {"tang.jingxing", "fang.jibai"}


def test_planning_in_the_browser_and_by_the_api(cast: Any, at: Any, opened: Handover) -> None:
    address, browser = reverse("handover:shadowing", args=[opened.pk]), sign_in(cast.leaver)
    assert browser.post(address, {"topic": "周会", "on_date": "2020-01-01"}).status_code == 422
    nobody = browser.post(address, {"topic": "周会", "on_date": "2026-05-22", "guide": "nobody"})
    assert nobody.status_code == 422
    assert browser.post(address, {"topic": "周会", "on_date": "2026-05-22", "guide": ""}).status_code == 302

    api, client = f"/api/v1/handovers/{opened.pk}/shadowing/", api_client(cast.head)
    body = {"topic": "看报价模型", "on_date": "2026-05-18", "guide": "bai.lu"}
    made = client.post(api, body, format="json", HTTP_IDEMPOTENCY_KEY="s1")
    assert (made.status_code, made.data["guide"]) == (201, "bai.lu")
    done = client.post(f"{api}{made.data['id']}/completion/", HTTP_IDEMPOTENCY_KEY="s2")
    assert done.data["done_by"] == "gu.chengyan"
    assert [row["topic"] for row in client.get(api).data["results"]] == ["看报价模型", "周会"]
    other = Shadowing.objects.get(topic="周会")
    assert client.post(f"{api}{other.pk}/cancellation/", HTTP_IDEMPOTENCY_KEY="s3").data["actions"] == []
