"""The browser's side of each action: works, wrong method, fragment, wrong state, refused input."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handover import operations
from handover.models import Handover, HandoverItem, ItemFile
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import ANSWERS, hand_over_everything, item_of, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def url(name: str, handover: Handover, item: HandoverItem | None = None) -> str:
    return reverse(f"handover:{name}", args=[handover.pk, *([item.pk] if item else [])])


def test_the_leaver_lands_on_their_own_list(cast: Any, opened: Handover) -> None:
    browser = sign_in(cast.leaver)

    assert browser.get("/handovers/").url == opened.get_absolute_url()
    page = browser.get(opened.get_absolute_url()).content.decode()
    assert "0 / 5 已确认" in page
    assert "在谈的商机" in page
    assert "交给顾承砚确认" in page


def test_handing_in_with_a_photo_from_the_phone(cast: Any, opened: Handover) -> None:
    item = item_of(opened, "files")
    photo = SimpleUploadedFile("白板.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40, content_type="image/jpeg")

    answer = sign_in(cast.leaver).post(url("submission", opened, item), {**ANSWERS["document"], "file": photo})

    assert answer.status_code == 302
    assert item_of(opened, "files").state == "submitted"
    assert ItemFile.objects.get().media_type == "image/jpeg"


def test_saving_keeps_the_text_without_handing_in(cast: Any, opened: Handover) -> None:
    item = item_of(opened, "work")

    sign_in(cast.leaver).post(url("submission", opened, item), {"progress": "一半", "save": "1"})

    assert item_of(opened, "work").state == "pending"
    assert item_of(opened, "work").fields["progress"] == "一半"


def test_a_refused_form_comes_back_with_what_was_typed(cast: Any, opened: Handover) -> None:
    item = item_of(opened, "work")

    answer = sign_in(cast.leaver).post(url("submission", opened, item), {"progress": "做到第三稿"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "做到第三稿" in page
    assert "请填“下一步”" in page


def test_htmx_gets_only_the_item(cast: Any, opened: Handover) -> None:
    item = item_of(opened, "work")

    for user in (cast.leaver, cast.head):
        fragment = sign_in(user).get(url("item", opened, item), headers={"HX-Request": "true"}).content.decode()
        assert "在谈的商机" in fragment
        assert "<html" not in fragment


def test_the_head_confirms_and_returns_in_the_browser(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    browser = sign_in(cast.head)
    assert "等您 1 项" in browser.get("/handovers/confirmations/").content.decode()
    assert "周五回访" in browser.get(opened.get_absolute_url()).content.decode()

    missing = browser.post(url("confirmation", opened, item), {"decision": "return", "comment": ""})
    assert missing.status_code == 422
    browser.post(url("confirmation", opened, item), {"decision": "return", "comment": "进度不符"})
    assert "进度不符" in sign_in(cast.leaver).get(opened.get_absolute_url()).content.decode()

    submit(item_of(opened, "work"), cast, at)
    browser.post(url("confirmation", opened, item), {"decision": "confirm"})
    assert item_of(opened, "work").state == "confirmed"


def test_confirming_twice_is_409(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    browser = sign_in(cast.head)
    browser.post(url("confirmation", opened, item), {"decision": "confirm"})

    assert browser.post(url("confirmation", opened, item), {"decision": "confirm"}).status_code == 409


def test_what_was_written_too_late_is_not_lost(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)

    late = sign_in(cast.leaver).post(url("submission", opened, item), {"progress": "90%", "text": "补一句：<b>周五"})

    assert late.status_code == 409
    assert "补一句：&lt;b&gt;周五</textarea>" in late.content.decode()


def test_a_double_click_has_one_effect_and_one_answer(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    browser = sign_in(cast.head)

    answers = [browser.post(url("confirmation", opened, item), {"decision": "confirm", "once": "k1"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert item.decisions.count() == 1


def test_get_on_an_action_is_405(cast: Any, opened: Handover) -> None:
    browser, item = sign_in(cast.head), item_of(opened, "work")

    for name in ("submission", "confirmation"):
        assert browser.get(url(name, opened, item)).status_code == 405
    for name in ("items", "bulk_confirmation", "completeness", "sign_off"):
        assert browser.get(url(name, opened)).status_code == 405


def test_signing_in_the_browser_and_reading_the_letter(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    browser = sign_in(cast.head)
    browser.post(url("completeness", opened))

    browser.post(url("sign_off", opened), {"decision": "sign"})

    letter = Handover.objects.get().letter
    page = sign_in(cast.leaver).get(opened.get_absolute_url()).content.decode()
    assert letter.get_absolute_url() in page
    answer = sign_in(cast.leaver).get(letter.file_url)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("合同.pdf", b"<html><script>alert(1)</script></html>", "对不上"),
        ("图.png", b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>", "对不上"),
        ("页.html", b"<p>hi</p>", "可以传照片"),
        ("x.exe", b"MZ\x90\x00", "可以传照片"),
        ("空.pdf", b"", "空的"),
        ("大.pdf", b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024), "20 MB"),
    ],
)
def test_a_bad_upload_is_refused_in_words_and_leaves_nothing(
    cast: Any, opened: Handover, settings: Any, name: str, data: bytes, words: str
) -> None:
    from pathlib import Path

    item = item_of(opened, "files")

    answer = sign_in(cast.leaver).post(
        url("submission", opened, item), {**ANSWERS["document"], "file": SimpleUploadedFile(name, data)}
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ItemFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_twenty_first_file_is_refused(cast: Any, at: Any, opened: Handover) -> None:
    from ehr.errors import Refused
    from tests.handover.conftest import attach

    item = item_of(opened, "files")
    for number in range(20):
        attach(item, cast, at, name=f"{number}.pdf")

    with pytest.raises(Refused) as refused:
        attach(item, cast, at)
    assert refused.value.code == "too_many_files"


def test_a_file_leaves_only_as_an_attachment_that_nothing_runs(cast: Any, at: Any, opened: Handover) -> None:
    from tests.handover.conftest import attach

    row = attach(item_of(opened, "files"), cast, at, name="../../合同\u202e.pdf")
    submit(item_of(opened, "files"), cast, at)

    answer = sign_in(cast.head).get(row.get_absolute_url())

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert row.name == "合同.pdf"
    answer.close()


def test_a_submitted_file_cant_be_taken_back(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "files"), cast, at)
    row = item.files.get()

    answer = sign_in(cast.leaver).post(f"{row.get_absolute_url()}removal/")

    assert answer.status_code == 409
    assert ItemFile.objects.count() == 1


def test_the_whole_way_by_the_api(cast: Any, opened: Handover) -> None:
    def call(user: Any, path: str, body: dict[str, Any]) -> Any:
        from uuid import uuid4

        address = f"/api/v1/handovers/{opened.pk}/{path}"
        return api_client(user).post(address, body, format="json", HTTP_IDEMPOTENCY_KEY=uuid4().hex)

    item = item_of(opened, "work")
    assert call(cast.leaver, f"items/{item.pk}/submission/", {"fields": {}}).status_code == 422
    assert (
        call(cast.leaver, f"items/{item.pk}/submission/", {"fields": ANSWERS["work_item"]}).data["state"] == "submitted"
    )
    assert call(cast.head, f"items/{item.pk}/confirmation/", {"decision": "confirm"}).data["state"] == "confirmed"
    again = call(cast.head, f"items/{item.pk}/confirmation/", {"decision": "confirm"})
    assert (again.status_code, again.data["allowed"]) == (409, [])
    assert call(cast.head, "completeness/", {}).data["state"] == "complete"
    early = call(cast.head, "sign-off/", {"decision": "sign"})
    assert (early.status_code, set(early.data["allowed"])) == (409, {"return", "cancel"})
    assert call(cast.stranger, "completeness/", {}).status_code == 404


def test_the_page_costs_the_same_with_five_and_with_sixty_items(
    cast: Any, at: Any, opened: Handover, django_assert_max_num_queries: Any
) -> None:
    for number in range(55):
        operations.add_item(handover=opened, kind="work_item", title=f"第 {number} 件", by=cast.leaver, at=at)
    for user in (cast.leaver, cast.head, cast.hrbp):
        browser = sign_in(user)
        browser.get(opened.get_absolute_url())
        with django_assert_max_num_queries(12):
            browser.get(opened.get_absolute_url())


def test_lists_cost_twelve_statements_at_most(cast: Any, opened: Handover, django_assert_max_num_queries: Any) -> None:
    for user in (cast.head, cast.hrbp):
        browser = sign_in(user)
        for address in ("/handovers/", "/handovers/confirmations/"):
            browser.get(address)
            with django_assert_max_num_queries(12):
                assert browser.get(address).status_code == 200
