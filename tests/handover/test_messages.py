"""Words between the two sides: who reads them, what arrives, what is kept."""

from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ehr import record
from ehr.errors import Forbidden, Refused, WrongState
from handover import operations, queries
from handover.models import Handover, Message, MessageFile
from handover.permissions import Permission
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import item_of, open_one

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READS = {"leaver", "head", "successor", "hrbp", "hr_manager", "group_hr", "it", "asset_clerk", "document_clerk"}


def url(name: str, handover: Handover, **query: Any) -> str:
    more = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"handover:{name}", args=[handover.pk]) + (f"?{more}" if more else "")


def say(handover: Handover, who: Any, at: Any, text: str = "对接人是谁？", **more: Any) -> Message:
    return operations.send_message(handover=handover, text=text, by=who, at=at, **more)


def test_exactly_the_two_sides_the_confirmers_the_head_and_hr_read_it(cast: Any, at: Any, opened: Handover) -> None:
    say(opened, cast.successor, at)

    assert {n for n, user in cast.users.items() if Message.objects.visible_to(user).exists()} == READS
    for outsider in (cast.auditor, cast.stranger, cast.admin, cast.finance):
        assert sign_in(outsider).get(url("messages", opened)).status_code == 404
        with pytest.raises(Forbidden):
            say(opened, outsider, at)


def test_a_question_about_an_item_is_answered_on_the_phone(cast: Any, at: Any, opened: Handover) -> None:
    item = item_of(opened, "customers")
    sign_in(cast.successor).post(url("messages", opened), {"text": "找吴总还是采购？", "item": item.pk})

    page = sign_in(cast.leaver).get(url("messages", opened)).content.decode()
    assert "找吴总还是采购？" in page
    assert item.get_absolute_url() in page
    sign_in(cast.leaver).post(url("messages", opened), {"text": "日常找采购小郑"})

    only_item = sign_in(cast.successor).get(url("messages", opened, item=item.pk)).content.decode()
    assert "找吴总还是采购？" in only_item
    assert "日常找采购小郑" not in only_item


def test_nothing_new_is_204_after_one_statement(cast: Any, at: Any, opened: Handover) -> None:
    last = say(opened, cast.successor, at)
    browser = sign_in(cast.leaver)
    browser.get(url("news", opened, after=last.pk))

    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(url("news", opened, after=last.pk))

    assert (answer.status_code, answer.content) == (204, b"")
    assert len(asked) == 1, [one["sql"] for one in asked]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("end", ["sign-out", "another password", "access"])
def test_whoever_was_let_in_is_sent_away_as_soon_as_the_session_is_over(
    cast: Any, at: Any, opened: Handover, end: str
) -> None:
    browser, address = sign_in(cast.leaver), url("news", opened)
    assert browser.get(address).status_code == 204
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value

    if end == "sign-out":
        browser.logout()
    elif end == "another password":
        cast.leaver.set_password("another-long-password")
        cast.leaver.save()
    else:
        cast.leaver.lock(by=cast.admin, at=at)

    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    assert browser.get(address).status_code == 302


def test_another_session_of_another_person_is_asked_who_it_is(cast: Any, at: Any, opened: Handover) -> None:
    address = url("news", opened)
    assert sign_in(cast.leaver).get(address).status_code == 204

    assert sign_in(cast.stranger).get(address).status_code == 404


def test_who_looks_on_is_asked_once_who_they_are_and_who_was_sent_away_reads_nothing_more(
    cast: Any, at: Any, opened: Handover
) -> None:
    last = say(opened, cast.leaver, at)
    browser, address = sign_in(cast.successor), url("news", opened, after=last.pk)
    assert browser.get(address).status_code == 204

    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 204
    operations.name_successor(handover=opened, successor=cast.stranger, by=cast.head, at=at)
    say(opened, cast.leaver, at, "只给新的接手人")

    assert len(asked) == 1
    assert browser.get(address).status_code == 404
    assert "只给新的接手人" in sign_in(cast.stranger).get(address).content.decode()


def test_what_is_new_arrives_once_and_the_next_question_starts_behind_it(cast: Any, at: Any, opened: Handover) -> None:
    first = say(opened, cast.successor, at, "第一句")
    second = say(opened, cast.successor, at, "第二句")

    fragment = sign_in(cast.leaver).get(url("news", opened, after=first.pk)).content.decode()

    assert "第二句" in fragment
    assert "第一句" not in fragment
    assert f"after={second.pk}" in fragment
    assert 'data-poll="2"' in fragment
    assert "<html" not in fragment


def test_unread_counts_go_with_the_readers_own_mark(cast: Any, at: Any, opened: Handover) -> None:
    say(opened, cast.successor, at)
    last = say(opened, cast.successor, at, "还有一句")
    assert queries.unread_counter(cast.leaver).count() == 2
    assert queries.unread_counter(cast.successor).count() == 0
    browser = sign_in(cast.leaver)
    browser.get(url("messages", opened))
    assert queries.unread_counter(cast.leaver).count() == 2  # opening a page changes nothing

    browser.post(url("reading", opened), {"message": last.pk})

    assert queries.unread_counter(cast.leaver).count() == 0
    assert queries.unread_counter(cast.head).count() == 2


def test_a_mark_never_moves_back(cast: Any, at: Any, opened: Handover) -> None:
    first, last = say(opened, cast.successor, at), say(opened, cast.successor, at, "后一句")
    for message in (last, first):
        operations.mark_seen(handover_pk=opened.pk, message_pk=message.pk, by=cast.leaver, at=at)

    assert queries.unread_counter(cast.leaver).count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"])
def test_what_looks_like_markup_stays_text(cast: Any, at: Any, opened: Handover, text: str) -> None:
    from django.utils.html import escape

    say(opened, cast.successor, at, text)

    for address in (url("messages", opened), url("news", opened)):
        page = sign_in(cast.leaver).get(address).content.decode()
        assert text not in page or text == "{{7*7}}"
        assert escape(text) in page


def test_files_are_sniffed_kept_outside_and_leave_as_attachments(cast: Any, at: Any, opened: Handover) -> None:
    upload = operations.Upload(name="../整理.pdf", size=9, content=BytesIO(b"%PDF-1.7\n"))
    message = say(opened, cast.leaver, at, "看附件", files=[upload])

    row = message.files.get()
    answer = sign_in(cast.successor).get(row.get_absolute_url())
    assert (row.name, row.media_type) == ("整理.pdf", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert sign_in(cast.stranger).get(row.get_absolute_url()).status_code == 404
    answer.close()


@pytest.mark.parametrize(
    ("name", "data"), [("x.pdf", b"<script>alert(1)</script>"), ("x.svg", b"<svg onload=alert(1)>"), ("空.pdf", b"")]
)
def test_a_bad_file_takes_the_whole_message_back(
    cast: Any, opened: Handover, settings: Any, name: str, data: bytes
) -> None:
    from pathlib import Path

    sent = {"text": "看这个", "file": SimpleUploadedFile(name, data)}

    answer = sign_in(cast.leaver).post(url("messages", opened), sent)

    assert answer.status_code == 422
    assert "看这个" in answer.content.decode()
    assert not Message.objects.exists()
    assert not MessageFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_nobody_sends_a_password_or_nothing(cast: Any, at: Any, opened: Handover) -> None:
    for text in ("密码：Abc123!", "   ", "长" * 4001):
        with pytest.raises(Refused):
            say(opened, cast.leaver, at, text)


def test_the_record_knows_that_something_was_said_and_not_what(cast: Any, at: Any, opened: Handover) -> None:
    say(opened, cast.leaver, at, "涨价的事找吴总")

    event = record.timeline([record.ref(opened)]).get(kind="handover.message.sent")
    assert event.actor_id == cast.leaver.pk
    assert "吴总" not in str(event.payload)
    assert len(event.payload["text_sha256"]) == 64


def test_a_quiet_case_and_a_cancelled_one_are_silent(cast: Any, at: Any) -> None:
    held = open_one(cast, at, held=True)
    assert not Handover.objects.visible_to(cast.leaver, Permission.TALK).exists()
    with pytest.raises(WrongState):
        say(held, cast.head, at)


def test_a_meeting_opens_a_room_of_the_companys_own_provider(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(Refused):
        operations.start_meeting(handover=opened, by=cast.leaver, at=at)
    browser = sign_in(cast.admin)
    for bad in (
        "http://meet.example/{room}",
        "https://meet.example/",
        "javascript:alert(1)//{room}",
        "https://a@b/{room}",
    ):
        assert browser.post("/settings/meetings/", {"address": bad}).status_code == 422
    assert browser.post("/settings/meetings/", {"address": "https://meet.example/{room}"}).status_code == 302

    sign_in(cast.leaver).post(url("meeting", opened))

    message = Message.objects.get(kind="meeting")
    assert message.text.startswith("https://meet.example/")
    assert str(opened.pk) not in message.text
    page = sign_in(cast.successor).get(url("messages", opened)).content.decode()
    assert f'href="{message.text}" target="_blank" rel="noopener noreferrer"' in page


def test_the_talk_costs_the_same_with_two_and_with_eighty_messages(
    cast: Any, at: Any, opened: Handover, django_assert_max_num_queries: Any
) -> None:
    for number in range(80):
        say(opened, cast.successor, at, f"第 {number} 句", item=item_of(opened, "work") if number % 2 else None)
    browser = sign_in(cast.leaver)
    for address in (url("messages", opened), "/handovers/messages/"):
        browser.get(address)
        with django_assert_max_num_queries(12):
            browser.get(address)


def test_talking_by_the_api(cast: Any, at: Any, opened: Handover) -> None:
    address = f"/api/v1/handovers/{opened.pk}/messages/"

    sent = api_client(cast.leaver).post(address, {"text": "您好"}, format="json", HTTP_IDEMPOTENCY_KEY="m1")

    assert sent.status_code == 201
    assert [row["text"] for row in api_client(cast.head).get(address).data["results"]] == ["您好"]
    assert api_client(cast.head).get(f"{address}?after={sent.data['id']}").data["results"] == []
    assert api_client(cast.stranger).get(address).status_code == 404
