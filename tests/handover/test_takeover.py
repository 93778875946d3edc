"""The successor's page: what is on it, who sees it, how long, and the questions that are asked from it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ehr import record
from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from ehr.identity.backends import DOOR
from ehr.notices.models import Notice
from handover import operations, queries
from handover.models import Handover, HandoverItem, Message
from performance.models import KeyResult, Milestone, MonthlyResult, Objective, Project, Review, Task
from tests.access.cast import api_client, sign_in
from tests.factories.painting import statements
from tests.handover.conftest import LAST_DAY, item_of, open_one, submit

pytestmark = pytest.mark.django_db
PRIVATE = "情绪不稳，薪酬偏高"


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    stand_at(monkeypatch, at)


def stand_at(monkeypatch: Any, moment: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: moment)


def url(name: str, handover: Handover, *more: Any) -> str:
    return reverse(f"handover:{name}", args=[handover.pk, *more])


def page_of(user: Any, handover: Handover) -> str:
    return sign_in(user).get(url("takeover", handover)).content.decode()


def work_of(employment: Any, cast: Any, at: Any) -> None:
    project = Project.objects.create(
        employment=employment, name="锦程物流框架合同", counterpart="吴总", percent=50, changed_at=at
    )
    for number, (title, due, done) in enumerate(
        [("合同签署", date(2026, 4, 1), date(2026, 4, 1)), ("对方验收", date(2026, 5, 10), None)]
    ):
        Milestone.objects.create(project=project, position=number, title=title, due_date=due, done_date=done)
    objective = Objective.objects.create(
        employment=employment, title="守住五大客户", rhythm="quarter", start_date=date(2026, 4, 1), set_at=at
    )
    KeyResult.objects.create(objective=objective, position=0, title="续约", target=5, current=3, measure="家")
    Task.objects.create(employment=employment, title="寄样品", opened_at=at)
    MonthlyResult.objects.create(
        employment=employment, month=date(2026, 4, 1), target_ratio=Decimal("1.0800"),
        source="erp", source_id=f"{employment.pk}-4", received_at=at,
    )  # fmt: skip


def review_of(employment: Any, cast: Any, at: Any, *, side: str = "manager", by: Any = None) -> Review:
    return Review.objects.create(
        employment=employment, data_key=employment.person.data_key, title="年中评价", on_date=date(2026, 4, 30),
        side=side, about_work="大客户关系最稳", about_person=PRIVATE, rating=4, by=by or cast.head, at=at,
    )  # fmt: skip


def test_the_successor_finds_the_predecessors_work_on_one_page(cast: Any, at: Any, opened: Handover) -> None:
    work_of(opened.employment, cast, at)
    submit(item_of(opened, "customers"), cast, at)

    page = page_of(cast.successor, opened)

    for words in (
        "在谈的商机",
        "锦程物流框架合同",
        "卡在对方验收",
        "守住五大客户",
        "3 / 5家",
        "寄样品",
        "108%",
        "邱工",
    ):
        assert words in page, words
    assert "6月17日" in page
    assert "7月17日" in page


def test_a_private_word_of_a_review_never_leaks_to_whoever_takes_over(cast: Any, at: Any, opened: Handover) -> None:
    review_of(opened.employment, cast, at)
    review_of(opened.employment, cast, at, side="peer", by=cast.stranger)

    for user in (cast.successor, cast.head, cast.hrbp):
        page = page_of(user, opened)
        body = api_client(user).get(f"/api/v1/handovers/{opened.pk}/takeover/")
        for shown in (page, body.content.decode()):
            assert "大客户关系最稳" in shown
            assert PRIVATE not in shown
            assert "rating" not in shown
    assert "唐景行" not in page_of(cast.successor, opened)
    assert "年中评价" in page_of(cast.successor, opened)


def test_only_the_successor_the_head_and_hr_in_scope_see_it(cast: Any, opened: Handover) -> None:
    seen = {name for name, user in cast.users.items() if sign_in(user).get(url("takeover", opened)).status_code == 200}

    assert seen == {"successor", "head", "hrbp", "hr_manager", "group_hr"}
    assert sign_in(cast.leaver).get(url("takeover", opened)).status_code == 404
    assert sign_in(cast.auditor).get(url("takeover", opened)).status_code == 404


def test_its_heading_speaks_of_the_successor_to_everybody_else(cast: Any, opened: Handover) -> None:
    person, successor = opened.employment.person.name, cast.successor.display_name
    to_them, to_hr = page_of(cast.successor, opened), page_of(cast.hrbp, opened)

    assert f"接手{person}的工作</h1>" in to_them and f"{successor}接手" not in to_them
    assert f"{successor}接手{person}的工作</h1>" in to_hr
    assert "之后仍可在这里留言问到" in to_them and "之后仍可在这里留言问到" not in to_hr


def test_exactly_those_who_may_open_it_find_the_way_there_on_the_handovers_page(cast: Any, opened: Handover) -> None:
    def has_link(user: Any) -> bool:
        return url("takeover", opened) in sign_in(user).get(opened.get_absolute_url()).content.decode()

    found = {name for name, user in cast.users.items() if has_link(user)}

    assert found == {"successor", "head", "hrbp", "hr_manager", "group_hr"}


def test_while_a_case_is_quiet_and_after_it_was_called_off_there_is_no_page(cast: Any, at: Any) -> None:
    held = open_one(cast, at, held=True)
    assert sign_in(cast.successor).get(url("takeover", held)).status_code == 404

    operations.release_handover(origin=held.origin, by=cast.hrbp, at=at)
    assert sign_in(cast.successor).get(url("takeover", held)).status_code == 200

    operations.cancel_handover(origin=held.origin, by=cast.hrbp, at=at)
    assert sign_in(cast.successor).get(url("takeover", held)).status_code == 404


def test_on_the_first_day_the_way_there_stands_in_the_successors_inbox(cast: Any, opened: Handover) -> None:
    browser = sign_in(cast.successor)

    inbox = browser.get("/inbox/").content.decode()

    assert f'href="{url("takeover", opened)}"' in inbox
    assert "看一遍要从周远航接手的工作" in inbox
    assert browser.get(reverse("handover:takeovers")).url == url("takeover", opened)


def test_having_looked_through_it_is_noted_once(cast: Any, at: Any, opened: Handover) -> None:
    for _ in range(2):
        assert sign_in(cast.successor).post(url("takeover_note", opened)).status_code == 302

    assert record.timeline([record.ref(opened)]).filter(kind="handover.takeover.noted").count() == 1
    assert not Deadline.objects.still_open().filter(kind="handover.take_over").exists()
    with pytest.raises(Forbidden):
        operations.take_note(handover=opened, by=cast.head, at=at)


def test_another_successor_gets_the_page_and_the_duty_and_the_former_one_neither(
    cast: Any, at: Any, opened: Handover
) -> None:
    operations.take_note(handover=opened, by=cast.successor, at=at)

    operations.name_successor(handover=opened, successor=cast.stranger, by=cast.head, at=at)

    assert sign_in(cast.successor).get(url("takeover", opened)).status_code == 404
    assert sign_in(cast.stranger).get(url("takeover", opened)).status_code == 200
    (duty,) = Deadline.objects.still_open().filter(kind="handover.take_over")
    assert duty.owner == cast.stranger
    assert Handover.objects.get().taken_note_at is None


def test_who_takes_over_is_named_after_the_approval_too_and_confirms_what_the_head_was_asked(
    cast: Any, at: Any
) -> None:
    alone = open_one(cast, at, successor=None)
    submit(item_of(alone, "customers"), cast, at)
    (asked,) = Deadline.objects.still_open().filter(kind="handover.confirm", key="successor")
    assert asked.owner == cast.head

    answer = sign_in(cast.head).post(url("successor", alone), {"username": cast.stranger.username}, follow=True)

    assert "已指定接手人：唐景行" in answer.content.decode()
    (asked,) = Deadline.objects.still_open().filter(kind="handover.confirm", key="successor")
    assert asked.owner == cast.stranger
    assert sign_in(cast.stranger).get(url("takeover", alone)).status_code == 200
    operations.confirm_item(item=item_of(alone, "customers"), by=cast.stranger, at=at)


def test_neither_the_leaver_nor_the_witness_takes_over_and_nobody_after_the_list_was_called_off(
    cast: Any, at: Any, opened: Handover
) -> None:
    operations.name_witness(handover=opened, witness=cast.it, by=cast.head, at=at)
    named = {
        who: sign_in(cast.hrbp).post(url("successor", opened), {"username": cast.users[who].username})
        for who in ("leaver", "it", "stranger")
    }
    assert {who: answer.status_code for who, answer in named.items()} == {"leaver": 422, "it": 422, "stranger": 302}
    assert "监交人" in named["it"].content.decode()

    operations.cancel_handover(origin=opened.origin, by=cast.hrbp, at=at)
    assert sign_in(cast.hrbp).post(url("successor", opened), {"username": "he.shuyao"}).status_code == 409


def test_a_successor_is_named_by_the_api(cast: Any, at: Any, opened: Handover) -> None:
    address = f"/api/v1/handovers/{opened.pk}/successor/"

    said = api_client(cast.head).post(address, {"username": cast.stranger.username}, HTTP_IDEMPOTENCY_KEY="n1")

    assert (said.status_code, Handover.objects.get().successor) == (200, cast.stranger)
    assert api_client(cast.head).post(address, {"username": "nobody"}, HTTP_IDEMPOTENCY_KEY="n2").status_code == 404


def test_after_the_exit_the_page_stays_and_questions_end_after_thirty_days(
    cast: Any, at: Any, opened: Handover, monkeypatch: Any
) -> None:
    work_of(opened.employment, cast, at)
    review_of(opened.employment, cast, at)
    last = at.replace(month=7, day=17)
    stand_at(monkeypatch, last)
    assert "108%" in page_of(cast.successor, opened)
    operations.ask_question(handover=opened, text="合同在哪？", by=cast.successor, at=last)

    later = last + timedelta(days=1)
    stand_at(monkeypatch, later)
    page = page_of(cast.successor, opened)

    assert "锦程物流框架合同" in page
    assert "合同在哪？" in page
    assert "108%" not in page
    assert "大客户关系最稳" not in page
    with pytest.raises(WrongState):
        operations.ask_question(handover=opened, text="还有呢？", by=cast.successor, at=later)


def test_a_question_is_asked_from_the_page_answered_by_the_leaver_and_kept(
    cast: Any, at: Any, opened: Handover
) -> None:
    successor, leaver = sign_in(cast.successor), sign_in(cast.leaver)
    item = item_of(opened, "customers")
    asked = successor.post(url("takeover_question", opened), {"text": "底价谁批的？", "item": str(item.pk)})
    assert asked.status_code == 302
    question = Message.objects.get()
    assert (question.kind, question.item) == ("question", item)
    assert "1 个待回" in page_of(cast.successor, opened)
    assert "何书瑶问您工作上的事" in leaver.get("/inbox/").content.decode()

    answered = leaver.post(url("answer", opened, question.pk), {"text": "顾总批的"})

    assert answered.status_code == 302
    page = page_of(cast.successor, opened)
    assert "顾总批的" in page
    assert "个待回" not in page
    assert not Deadline.objects.still_open().filter(kind="handover.answer").exists()
    assert Notice.objects.get(kind="handover.answered").user == cast.successor
    facts = record.timeline([record.ref(opened)]).filter(kind="handover.message.sent")
    assert [(fact.payload["message_kind"], bool(fact.payload["answers_id"])) for fact in facts] == [
        ("text", True),
        ("question", False),
    ]
    assert "底价" not in str([fact.payload for fact in facts])
    talk = sign_in(cast.hrbp).get(url("messages", opened)).content.decode()
    assert "底价谁批的？" in talk


def test_who_left_is_still_asked_and_answers_behind_the_narrow_door(
    cast: Any, at: Any, opened: Handover, monkeypatch: Any
) -> None:
    gone = at.replace(month=6, day=20)
    stand_at(monkeypatch, gone)
    cast.leaver.close_access(at=gone)
    question = operations.ask_question(handover=opened, text="备用钥匙在哪？", by=cast.successor, at=gone)
    door = Client()
    door.force_login(cast.leaver, backend=DOOR)

    assert url("questions", opened) in door.get("/door/duties/", headers={"HX-Request": "true"}).content.decode()
    page = door.get(url("questions", opened)).content.decode()
    assert "备用钥匙在哪？" in page
    assert "出于情分" in page
    assert door.post(url("answer", opened, question.pk), {"text": "前台"}).status_code == 302
    assert question.answers.get().text == "前台"
    assert door.get(url("messages", opened)).status_code == 404


def test_nobody_answers_their_own_question_or_writes_a_password(cast: Any, at: Any, opened: Handover) -> None:
    asked = operations.ask_question(handover=opened, text="谁批的？", by=cast.head, at=at)

    with pytest.raises(Forbidden):
        operations.answer_question(question=asked, text="我", by=cast.head, at=at)
    with pytest.raises(Refused):
        operations.answer_question(question=asked, text="密码：Abc12345", by=cast.leaver, at=at)
    with pytest.raises(Forbidden):
        operations.answer_question(question=asked, text="我知道", by=cast.successor, at=at)
    empty = sign_in(cast.successor).post(url("takeover_question", opened), {"text": "  "})
    assert empty.status_code == 422


def test_the_page_says_what_waits_for_the_successor(cast: Any, at: Any, opened: Handover) -> None:
    submit(item_of(opened, "customers"), cast, at)
    operations.send_message(handover=opened, text="见附件", by=cast.leaver, at=at)

    page = queries.takeover_of(cast.successor, Handover.objects.for_page().get(), today=at.date())

    assert [row.key for row in page.waiting] == ["customers"]
    assert (page.to_do, page.unread) == (2, 1)
    assert queries.takeover_of(cast.head, page.handover, today=at.date()).waiting == []


def test_the_page_costs_twelve_statements_however_much_there_is(cast: Any, at: Any, opened: Handover) -> None:
    path, browser = url("takeover", opened), sign_in(cast.successor)
    few = statements(browser, path)
    for number in range(12):
        work_of(opened.employment, cast, at) if number == 0 else None
        review_of(opened.employment, cast, at)
        asked = operations.ask_question(handover=opened, text=f"问题 {number}", by=cast.successor, at=at)
        operations.answer_question(question=asked, text="答", by=cast.leaver, at=at)
        operations.plan_shadowing(handover=opened, topic=f"第 {number} 次", on_date=LAST_DAY, by=cast.head, at=at)

    assert few == statements(browser, path)
    assert few <= 12


def test_it_is_read_by_the_api(cast: Any, at: Any, opened: Handover) -> None:
    work_of(opened.employment, cast, at)
    client, base = api_client(cast.successor), f"/api/v1/handovers/{opened.pk}"
    asked = client.post(f"{base}/questions/", {"text": "谁批的？"}, format="json", HTTP_IDEMPOTENCY_KEY="q1")
    answer = f"{base}/questions/{asked.data['id']}/answer/"
    given = api_client(cast.leaver).post(answer, {"text": "顾总"}, format="json", HTTP_IDEMPOTENCY_KEY="a1")
    assert (asked.status_code, given.status_code) == (201, 201)
    assert client.post(f"{base}/takeover/note/", HTTP_IDEMPOTENCY_KEY="n1").data["taken_note_at"]

    body = client.get(f"{base}/takeover/").data

    assert body["projects"][0]["milestones"][1]["mark"] == "late"
    assert body["objectives"][0]["key_results"][0]["percent"] == 60
    assert body["months"] == [{"month": "2026-04-01", "target_ratio": "1.0800"}]
    assert body["questions"][0]["answers"][0]["text"] == "顾总"
    assert body["asked_until"] == "2026-07-17"


def test_a_head_who_took_over_alone_stays_the_head_when_somebody_else_takes_over(cast: Any, at: Any) -> None:
    alone = open_one(cast, at, successor=cast.head)
    for key in ("work", "customers"):
        submit(item_of(alone, key), cast, at)

    operations.name_successor(handover=alone, successor=cast.stranger, by=cast.head, at=at)

    assert who_is_asked(alone) == {
        ("handover.fill", ""): cast.leaver,
        ("handover.completeness", ""): cast.head,
        ("handover.confirm", "head"): cast.head,
        ("handover.confirm", "successor"): cast.stranger,
        ("handover.take_over", ""): cast.stranger,
    }


def test_who_took_over_and_left_is_asked_nothing_and_the_head_stands_in(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "customers"), cast, at)

    assert operations.leave_places(user=cast.successor, by=None, at=at) == 1

    left = Handover.objects.get()
    assert left.successor is None
    assert not Handover.objects.visible_to(cast.successor).exists()
    assert cast.successor not in who_is_asked(left).values()
    assert who_is_asked(left)["handover.confirm", "successor"] == cast.head
    operations.confirm_item(item=item, by=cast.head, at=at)


def test_a_witness_who_left_is_missed_by_the_head_and_never_becomes_the_head(
    cast: Any, at: Any, opened: Handover
) -> None:
    HandoverItem.objects.filter(pk=item_of(opened, "work").pk).update(witness_required=True)
    submit(item_of(opened, "work"), cast, at)
    operations.name_witness(handover=opened, witness=cast.gm, by=cast.head, at=at)
    assert who_is_asked(opened)["handover.witness", ""] == cast.gm

    operations.leave_places(user=cast.head, by=None, at=at)
    assert Handover.objects.get().head not in (cast.head, cast.gm)
    operations.leave_places(user=cast.gm, by=None, at=at)

    assert Handover.objects.get().witness is None
    assert who_is_asked(opened)["handover.witness", ""] == Handover.objects.get().head


def who_is_asked(handover: Handover) -> dict[tuple[str, str], Any]:
    rows = Deadline.objects.still_open().filter(subject=record.ref(handover)).select_related("owner")
    return {(row.kind, row.key): row.owner for row in rows}


def test_whoever_takes_over_is_named_as_people_name_each_other(cast: Any, at: Any) -> None:
    alone, stranger = open_one(cast, at, successor=None), cast.stranger
    number = stranger.person.employments.get().employee_number
    browser, address = sign_in(cast.head), url("successor", alone)

    for named in (stranger.person.name, number, stranger.username):
        Handover.objects.update(successor=None)
        assert browser.post(address, {"username": f" {named} "}).status_code == 302
        assert Handover.objects.get().successor == stranger

    cast.it.person.name = stranger.person.name
    cast.it.person.save()
    twice = browser.post(address, {"username": stranger.person.name})
    assert twice.status_code == 422
    assert "有几位同名，请填工号。" in twice.content.decode()
