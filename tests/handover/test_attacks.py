"""What an attacker would send into a handover. S9, S11 and S12 are the numbers of these attacks in the plan of faults."""

import json
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Browser, Page

from handover import operations
from handover.models import Handover, ItemFile
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import ANSWERS, attach, item_of, open_one, submit

pytestmark = pytest.mark.slow

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PNG = b"\x89PNG\r\n\x1a\n"
REMOTE = b'<Relationship Type="http://x/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>'


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


WORD = (("[Content_Types].xml", b"x"), ("word/document.xml", b"x"))
POLYGLOTS = {
    "a picture that is a script": ("图.gif", b"GIF89a/*" + b"\0" * 9 + b"*/=1;alert(1)//"),
    "a paper that is a page": ("合同.pdf", b"%PDF-1.7\n<html><script>alert(1)</script>"),
    "a drawing with a script": ("图.svg", SVG),
    "a drawing called a photo": ("图.png", SVG),
    "a photo with a drawing in it": ("图.png", PNG + SVG),
    "a page called a paper": ("合同.pdf", b"<!doctype html><script>alert(1)</script>"),
    "a page called text": ("说明.txt", b"hello\n<script>alert(1)</script>"),
    "a document with a template from elsewhere": ("交接.docx", zipped(*WORD, ("word/_rels/settings.xml.rels", REMOTE))),
    "a document with macros": ("交接.docx", zipped(*WORD, ("word/vbaProject.bin", b"x"))),
    "a photo with an archive behind it": ("图.png", PNG + b"\0" * 64 + zipped(("evil.html", b"x"))),
    "a program with two endings": ("报价.pdf.exe", b"MZ\x90\0"),
    "a program whose ending is turned round": ("报价\u202efdp.exe", b"%PDF-1.7\n"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("trick", POLYGLOTS)
def test_s11_what_is_two_things_at_once_is_refused_in_words_and_nothing_of_it_is_kept(
    cast: Any, opened: Handover, settings: Any, trick: str
) -> None:
    name, data = POLYGLOTS[trick]

    answer = hand_in(cast, opened, name, data)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "对不上" in said or "可以传照片" in said
    assert not ItemFile.objects.exists()
    assert stored(settings) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/合同.pdf", "合同.pdf"),
        ("..\\..\\合同.pdf", "合同.pdf"),
        ("合同\u202efdp.pdf", "合同fdp.pdf"),
        ("合\x00同.pdf", "合同.pdf"),
        ("合同.html.pdf", "合同.html.pdf"),
        ('"><img src=x onerror=alert(1)>.pdf', '"><img src=x onerror=alert(1)>.pdf'),
    ],
)
def test_s11_whatever_its_name_a_file_stays_in_its_folder_and_leaves_as_an_attachment(
    cast: Any, at: Any, opened: Handover, settings: Any, name: str, kept: str
) -> None:
    row = attach(item_of(opened, "files"), cast, at, name=name)
    submit(item_of(opened, "files"), cast, at)

    answer = sign_in(cast.head).get(row.get_absolute_url())

    assert row.name == kept
    assert [path.is_relative_to(settings.MEDIA_ROOT) for path in stored(settings)] == [True]
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert sign_in(cast.stranger).get(row.get_absolute_url()).status_code == 404
    answer.close()


def many_names(count: int) -> bytes:
    """An archive of nothing but names, as small as a name can be."""
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count & 0xFFFF, count & 0xFFFF, count * len(entry), len(local), 0)
    return local + entry * count + end


def a_large_picture() -> bytes:
    """50 000 × 50 000 points: 7.5 GB once it is unpacked."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return PNG + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


ZEROS = b"\0" * (64 * 1024**2)
BOMBS: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "an archive that unpacks a thousandfold": ("资料.zip", lambda: zipped(("zeros", ZEROS)), 302),
    "an archive in an archive": ("资料.zip", lambda: zipped(("a.zip", zipped(("b.zip", zipped(("z", ZEROS)))))), 302),
    "an archive of four hundred thousand names": ("资料.zip", lambda: many_names(400_000), 422),
    "a table whose words fill the memory": (
        "表.xlsx",
        lambda: zipped(("[Content_Types].xml", b"x"), ("xl/sharedStrings.xml", ZEROS)),
        302,
    ),
    "a picture of fifty thousand by fifty thousand": ("图.png", a_large_picture, 302),
}
MOST_MIB, MOST_SECONDS = 64, 5


@pytest.mark.django_db
@pytest.mark.parametrize("bomb", BOMBS)
def test_s12_nothing_is_unpacked_so_a_bomb_costs_no_memory_and_the_next_one_is_served(
    cast: Any, opened: Handover, bomb: str
) -> None:
    name, made, status = BOMBS[bomb]
    data = made()
    before, began = memory(), time.process_time()

    answer = hand_in(cast, opened, name, data)

    grown, seconds = (memory() - before) // 1024**2, time.process_time() - began
    assert (answer.status_code, grown < MOST_MIB, seconds < MOST_SECONDS) == (status, True, True), (grown, seconds)
    assert status == 302 or "对不上" in answer.content.decode()
    assert hand_in(cast, opened, "合同.pdf", b"%PDF-1.7\n").status_code == 302


@pytest.mark.django_db
def test_s12_a_bottomless_nesting_and_ten_thousand_fields_are_bad_requests_and_no_fault_of_ours(
    cast: Any, opened: Handover
) -> None:
    item = item_of(opened, "files")
    api = api_client(cast.leaver)

    nested = api.generic(
        "POST",
        f"/api/v1/handovers/{opened.pk}/items/{item.pk}/submission/",
        "[" * 10_000 + "]" * 10_000,
        content_type="application/json",
        HTTP_IDEMPOTENCY_KEY="nested",
    )
    crowded = sign_in(cast.leaver).post(url(opened, "files"), {f"f{n}": "x" for n in range(10_000)})

    assert (nested.status_code, crowded.status_code) == (400, 400)
    assert json.loads(nested.content)["detail"]
    assert hand_in(cast, opened, "合同.pdf", b"%PDF-1.7\n").status_code == 302


# --- S9: what is said, in a real browser ----------------------------------------------------------------------------
BODIES = (
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<iframe src='javascript:parent.ran()'></iframe>",
    "<details open ontoggle=ran()>x</details>",
    "<input autofocus onfocus=ran()>",
    "<video><source onerror=ran()></video>",
    "<audio src=x onerror=ran()></audio>",
    "<body onload=ran()>",
    "<a href='javascript:ran()'>x</a>",
    "[x](javascript:ran())",
    "[x](data:text/html,<script>ran()</script>)",
    "javascript:ran()",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "<style>@keyframes x{}</style><p style='animation-name:x' onanimationstart=ran()>x</p>",
    "<object data='javascript:ran()'></object>",
    "<div hx-on:click='ran()' hx-get='/' hx-trigger='load' hx-on::after-request='ran()'>x</div>",
    "{% load i18n %}{{ request.user.password }}{{7*7}}",
)
WRAPPED = ("{}", "\"'>{}", "</textarea></title></script>-->{}")
PAYLOADS = [wrapping.replace("{}", body) for body in BODIES for wrapping in WRAPPED]
COUNTING = "window.times = 0; window.ran = () => { window.times += 1; };"


@pytest.fixture
def today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def browse(live_server: Any, browser: Browser) -> Iterator[Callable[[Any], Page]]:
    contexts = []

    def come_in(user: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        context.add_init_script(COUNTING)
        key = sign_in(user).session.session_key or ""
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield come_in
    for context in contexts:
        context.close()


@pytest.mark.django_db(transaction=True)
def test_s9_sixty_things_said_in_a_handover_run_nothing_in_a_browser(
    cast: Any, at: Any, today: None, browse: Callable[[Any], Page]
) -> None:
    handover = said_everywhere(cast, at)
    page, broken = browse(cast.successor), []
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)

    ran = {path: ran_at(page, path) for path in places(handover)}

    assert len(PAYLOADS) == 60
    assert ran == dict.fromkeys(ran, 0)
    assert broken == []  # not even tried: it is text, not markup that the policy stops
    page.goto(reverse("handover:messages", args=[handover.pk]))
    assert page.get_by_text("<img src=x onerror=ran()>", exact=True).first.is_visible()
    assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0


def test_s9_the_same_sixty_do_run_where_nobody_escapes_them(browser: Browser) -> None:
    """Without this the test above could not fail."""
    page = browser.new_page()
    page.add_init_script(COUNTING)
    page.goto("about:blank")

    page.set_content("".join(f"<div>{one}</div>" for one in PAYLOADS[::3]))
    page.wait_for_function("window.times >= 3")

    page.close()


def said_everywhere(cast: Any, at: Any) -> Handover:
    """In words, in the name of an item, in an answer, in the name of a file, in a question and in a return."""
    handover = open_one(cast, at)
    for text in PAYLOADS:
        operations.send_message(handover=handover, text=text, by=cast.leaver, at=at)
        operations.add_item(handover=handover, kind="work_item", title=text, by=cast.leaver, at=at)
    operations.ask_question(handover=handover, text=PAYLOADS[0], by=cast.successor, at=at)
    attach(item_of(handover, "files"), cast, at, name=f"{PAYLOADS[3].replace('/', '')}.pdf")
    submit(item_of(handover, "files"), cast, at)
    item = item_of(handover, "customers")
    operations.submit_item(item=item, fields={**ANSWERS["relation"], "contact": PAYLOADS[1]}, by=cast.leaver, at=at)
    operations.return_item(item=item_of(handover, "customers"), comment=PAYLOADS[2], by=cast.successor, at=at)
    return handover


def places(handover: Handover) -> list[str]:
    words = reverse("handover:messages", args=[handover.pk])
    items = [f"{handover.get_absolute_url()}?item={item_of(handover, key).pk}" for key in ("files", "customers")]
    return [
        words,
        f"{words}?before={handover.messages.latest('id').pk}",
        *items,
        f"{handover.get_absolute_url()}takeover/",
    ]


def ran_at(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer and answer.status == 200, path
    page.wait_for_load_state("networkidle")
    return int(page.evaluate("window.times"))


# --- Small questions ------------------------------------------------------------------------------------------------
def url(handover: Handover, key: str) -> str:
    return reverse("handover:submission", args=[handover.pk, item_of(handover, key).pk])


def hand_in(cast: Any, handover: Handover, name: str, data: bytes) -> Any:
    """Each time to another item, so that the one before stands in nobody's way."""
    key = "files" if item_of(handover, "files").state == "pending" else "laptop"
    answers = ANSWERS["document" if key == "files" else "thing"]
    return sign_in(cast.leaver).post(url(handover, key), {**answers, "file": SimpleUploadedFile(name, data)})


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def memory() -> int:
    """The most this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
