"""The report: one numbered, sealed paper with everything that is on record of a handover."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from ehr import documents, record
from ehr.documents import rendering, storage
from ehr.documents.models import Document
from ehr.errors import Forbidden, WrongState
from handover import operations
from handover.models import Handover, ItemFile
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import hand_over_everything, item_of, open_one, submit

pytestmark = pytest.mark.django_db
SAID = "客户只认老合同的折扣口径"


@pytest.fixture
def signed(cast: Any, at: Any, opened: Handover) -> Handover:
    """With one item that came back once, a question with its answer, and a signature."""
    item = submit(item_of(opened, "work"), cast, at)
    operations.return_item(item=item, comment="回款计划缺最近一次沟通", by=cast.head, at=at)
    asked = operations.ask_question(handover=opened, text=SAID, item=item, by=cast.successor, at=at)
    operations.answer_question(question=asked, text="对", by=cast.leaver, at=at)
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)
    return Handover.objects.for_page().get(pk=opened.pk)


def pdf_of(paper: Document, cast: Any, at: Any) -> bytes:
    documents.release(paper, by=cast.document_clerk, at=at)
    made = rendering.render(paper.pk, at=at)
    with storage.open_stored(made.file_key) as file:
        return bytes(file.read())


def words(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    tool = shutil.which("pdftotext")
    assert tool, "poppler-utils is missing: `make quick` installs it"
    out = subprocess.run([tool, str(path), "-"], check=True, capture_output=True, timeout=60)
    return "".join(out.stdout.decode().split())


def test_it_tells_items_rounds_messages_files_and_the_way_on_a_sealed_signed_paper(
    cast: Any, at: Any, signed: Handover, tmp_path: Path
) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    paper = operations.issue_report(handover=signed, by=cast.hrbp, at=at)

    assert paper.state == "waiting"
    pdf = pdf_of(paper, cast, at)
    text = words(pdf, tmp_path)
    for fact in (
        "工作交接报告",
        "在谈的商机",
        "回款计划缺最近一次沟通",
        "第1轮已退回",
        "第2轮已确认",
        "提问",
        "回答",
        "合同.pdf",
    ):
        assert fact in text, fact
    assert ItemFile.objects.get().sha256 in text
    assert paper.number in text
    assert SAID not in text
    assert len(PdfFileReader(io.BytesIO(pdf)).embedded_signatures) == 1
    page = sign_in(cast.stranger).get(f"/verify/{paper.verify_code}/").content.decode()
    assert paper.number in page
    assert record.timeline([record.ref(signed)]).filter(kind="handover.report.asked").exists()


def test_it_speaks_the_language_of_whoever_has_it_drawn_up_whoever_makes_the_file(
    cast: Any, at: Any, signed: Handover, tmp_path: Path
) -> None:
    with translation.override("en"):
        paper = operations.issue_report(handover=signed, by=cast.hrbp, at=at)

    with translation.override("zh-hans"):
        pdf = pdf_of(paper, cast, at)

    text = words(pdf, tmp_path)
    for fact in ("Reportofthehandover", "Round1,Returned", "Round2,Confirmed", "Question", "Page1of", "Lastworkingday"):
        assert fact in text, fact
    for chinese in ("工作交接报告", "第1轮", "扫码", "交接事项", "年", "："):
        assert chinese not in text, chinese


def test_a_later_report_takes_the_place_of_the_one_before(cast: Any, at: Any, signed: Handover) -> None:
    first = operations.issue_report(handover=signed, by=cast.hrbp, at=at)
    documents.release(first, by=cast.document_clerk, at=at)

    second = operations.issue_report(handover=signed, by=cast.hrbp, at=at)
    documents.release(second, by=cast.document_clerk, at=at)

    first.refresh_from_db()
    assert (first.state, second.edition, second.supersedes_id) == ("superseded", 2, first.pk)
    assert first.number != second.number


def test_hr_of_the_unit_draws_it_up_and_the_person_does_not_see_it(cast: Any, at: Any, signed: Handover) -> None:
    address = reverse("handover:report", args=[signed.pk])
    for who in (cast.leaver, cast.successor, cast.head, cast.auditor):
        assert sign_in(who).post(address).status_code in (403, 404)
    assert "出具交接报告" in sign_in(cast.hrbp).get(signed.get_absolute_url()).content.decode()

    answer = sign_in(cast.hrbp).post(address)

    paper = Document.objects.get(kind="handover_report")
    assert answer.url == paper.get_absolute_url()
    assert sign_in(cast.leaver).get(paper.get_absolute_url()).status_code == 404
    made = api_client(cast.group_hr).post(f"/api/v1/handovers/{signed.pk}/report/", HTTP_IDEMPOTENCY_KEY="r1")
    assert (made.status_code, made.data["kind"]) == (201, "handover_report")


def test_there_is_none_of_a_quiet_case_and_none_by_those_it_is_not_their_unit(cast: Any, at: Any) -> None:
    held = open_one(cast, at, held=True)

    with pytest.raises(WrongState):
        operations.issue_report(handover=held, by=cast.hrbp, at=at)
    with pytest.raises(Forbidden):
        operations.issue_report(handover=held, by=cast.head, at=at)
