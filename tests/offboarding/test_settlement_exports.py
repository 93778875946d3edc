"""What leaves the house: a spreadsheet, a file for the bank, the sheet as a paper. Each is an event without an amount."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from ehr.documents import Document
from ehr.documents.rendering import html_of
from ehr.errors import WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from tests.access.cast import sign_in
from tests.factories.painting import statements
from tests.factories.settlements import a_leaving, a_parting, calculated, confirmed, submitted

pytestmark = pytest.mark.django_db
ACCOUNT = "6222021001122334455"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def named(cast: Any, name: str, account: str | None = ACCOUNT, who: str = "leaver") -> None:
    person = cast.employment[who].person
    person.name, person.bank_account = name, account
    person.save()


def content(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def bank(cast: Any, *payments: Any) -> Any:
    return sign_in(cast.finance).post("/settlements/bank-files/", {"payment": [payment.pk for payment in payments]})


def test_the_spreadsheet_has_every_line_and_takes_no_name_for_a_formula(cast, at) -> None:
    named(cast, '=HYPERLINK("http://x")')
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)

    answer = sign_in(cast.finance).post(f"{settlement.url}exports/")

    sheet = load_workbook(io.BytesIO(content(answer))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert ("经济补偿（N）", "20000.00 × 5.5 = 110000.00") in [row[:2] for row in rows]
    assert rows[-1][-1] == 123793.1
    due = {row[0]: row[4] for row in rows}
    assert due["经济补偿（N）"] == "等交接"
    assert due["末月工资"] == settlement.case.termination_date.isoformat()
    assert sheet["B1"].data_type == "s"


def test_the_bank_file_holds_what_is_due_with_the_whole_account_and_reads_as_gbk(cast, at) -> None:
    named(cast, "周远航")
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    due = settlement.payments.get(when="last_day")

    answer = bank(cast, due)

    rows = list(csv.DictReader(io.StringIO(content(answer).decode("gbk"))))
    assert [(row["户名"], row["账号"], row["金额"]) for row in rows] == [("周远航", ACCOUNT, str(due.sum))]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＠"])
def test_neither_name_nor_account_becomes_a_formula_of_whoever_opens_the_bank_file(cast, at, sign) -> None:
    named(cast, f"{sign}cmd|' /C calc'!A0", account=f"{sign}1+1")
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    _head, row = csv.reader(io.StringIO(content(bank(cast, *settlement.payments.all())).decode("gb18030")))

    assert [cell for cell in row if cell.startswith(sign)] == []


def test_a_rare_character_of_a_name_survives(cast, at) -> None:
    named(cast, "㛃䶮𠮷")
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    assert "㛃䶮𠮷" in content(bank(cast, *settlement.payments.all())).decode("gb18030")


def test_an_export_is_an_event_without_an_amount_or_an_account(cast, at) -> None:
    named(cast, "周远航")
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    content(bank(cast, *settlement.payments.all()))

    event = Event.objects.get(kind="offboarding.case.settlement_exported")
    assert (event.payload["format"], event.actor) == ("bank", cast.finance)
    assert ACCOUNT not in str(event.payload) and "13793" not in str(event.payload)


def test_without_an_account_there_is_no_file_and_no_event(cast, at) -> None:
    named(cast, "周远航", account=None)
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    answer = bank(cast, *settlement.payments.all())

    assert answer.status_code == 422
    assert "没有银行账号：周远航" in answer.content.decode()
    assert not Event.objects.filter(kind="offboarding.case.settlement_exported").exists()


def test_what_waits_for_the_handover_gets_into_no_bank_file(cast, at) -> None:
    named(cast, "周远航")
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)

    assert bank(cast, settlement.payments.get(when="handover")).status_code == 409


def test_of_an_exit_that_was_taken_back_nothing_leaves_the_house(cast, at) -> None:
    named(cast, "周远航")
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    due = settlement.payments.get()
    settlement.case.withdraw(consent=True, by=cast.hrbp, at=at)

    assert bank(cast, due).status_code == 422
    assert "周远航" not in sign_in(cast.finance).get("/settlements/").content.decode().partition("<main")[2]
    assert sign_in(cast.finance).post(f"{settlement.url}exports/").status_code == 409
    for take in (ops.export_settlement, ops.issue_sheet):
        with pytest.raises(WrongState):
            take(settlement=settlement, by=cast.finance, at=at)


@pytest.mark.parametrize("who", ["hrbp", "hr_manager", "auditor", "head"])
def test_only_finance_takes_accounts_out(cast, at, who) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    browser = sign_in(cast.users[who])

    assert browser.post("/settlements/bank-files/").status_code == 403
    assert browser.post(f"{settlement.url}exports/").status_code == 403


def test_a_draft_leaves_the_house_in_no_form(cast, at) -> None:
    settlement = calculated(a_leaving(cast, at), cast, at)

    for take in (ops.export_settlement, ops.issue_sheet):
        with pytest.raises(WrongState):
            take(settlement=settlement, by=cast.finance, at=at)


def test_the_sheet_has_every_line_its_source_and_both_names(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)

    paper = ops.issue_sheet(settlement=settlement, by=cast.hrbp, at=at)

    html = html_of(paper)
    for shown in (
        "周远航",
        "20000.00 × 5.5 = 110000.00",
        "123,793.10",
        "壹拾贰万叁仟柒佰玖拾叁元壹角",
        "宋知微",
        "秦若谷",
    ):
        assert shown in html, shown
    assert "上海 2024 年社会平均工资" in html
    assert "None" not in html and "{" not in html.partition("<body")[2]


def test_a_sheet_in_both_languages_says_its_lines_in_english_too(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    page = sign_in(cast.hrbp)

    page.post(f"{settlement.url}sheets/", {"bilingual": "on"})

    html = html_of(Document.objects.get(kind="settlement"))
    for shown in (
        "Last day of work",
        "“Labour Contract Law”, art. 47",
        "when the handover is completed",
        "average wage of 2024",
    ):
        assert shown in html, shown
    assert "None" not in html and "{" not in html.partition("<body")[2]


def test_a_second_sheet_takes_the_place_of_the_first(cast, at) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    first = ops.issue_sheet(settlement=settlement, by=cast.hrbp, at=at)
    again = confirmed(calculated(settlement.case, cast, at, used_days=Decimal(0)), cast, at)

    second = ops.issue_sheet(settlement=again, by=cast.hrbp, at=at)

    first.refresh_from_db()
    assert (first.state, second.state, second.edition) == ("superseded", "issued", 2)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("hrbp", True),
        ("finance", True),
        ("leaver", True),
        ("legal", False),
        ("auditor", False),
        ("document_clerk", False),
    ],
)
def test_the_sheet_is_read_by_who_may_see_pay(cast, at, who, reads) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    paper = ops.issue_sheet(settlement=settlement, by=cast.hrbp, at=at)

    assert Document.objects.visible_to(cast.users[who]).filter(pk=paper.pk).exists() is reads


def test_the_list_shows_what_is_due_first_and_costs_the_same(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    finance = sign_in(cast.finance)
    page = finance.get("/settlements/").content.decode()
    few = statements(finance, "/settlements/")

    confirmed(calculated(a_leaving(cast, at, who="successor"), cast, at), cast, at)
    calculated(a_leaving(cast, at, who="asset_clerk"), cast, at)

    assert "周远航" in page and settlement.url in page
    assert statements(finance, "/settlements/") == few <= 12
    assert "何书瑶" in finance.get("/settlements/").content.decode()


def test_a_draft_that_nobody_submitted_does_not_wait_for_finance(cast, at) -> None:
    draft = calculated(a_leaving(cast, at, who="successor"), cast, at)
    waits = submitted(calculated(a_leaving(cast, at, who="asset_clerk"), cast, at), cast, at)
    finance = sign_in(cast.finance)

    whole, to_confirm, drafts = (
        finance.get(f"/settlements/{query}").content.decode().partition("<main")[2]
        for query in ("", "?show=to_confirm", "?show=drafts")
    )

    assert (waits.url in to_confirm, draft.url in to_confirm) == (True, False)
    assert (waits.url in drafts, draft.url in drafts) == (False, True)
    assert whole.index(waits.url) < whole.index("未提交</h") < whole.index(draft.url)
    assert [tab["count"] for tab in finance.get("/settlements/").context["tabs"]] == [2, 0, 0, 1, 1]


def test_nobody_finds_their_own_in_the_list(cast, at) -> None:
    calculated(a_leaving(cast, at, who="finance"), cast, at)

    assert (
        cast.finance.display_name
        not in sign_in(cast.finance).get("/settlements/").content.decode().partition("<main")[2]
    )
