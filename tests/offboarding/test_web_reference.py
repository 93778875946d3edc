"""The editor of dated figures as people meet it: pages, files and API."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from offboarding.models import ReferenceRow, ReferenceRun
from offboarding.operations.settling import current
from offboarding.reference_files import lines_of, written
from offboarding.words import finding_words
from tests.access.cast import sign_in
from tests.factories.reference import an_average, confirmed_row, figures_unconfirmed, run_out
from tests.factories.settlements import a_parting, calculated, confirmed, page_of

pytestmark = pytest.mark.django_db
LIST = "/settings/reference/"
CITIES = [("北京", "110000"), ("广州", "440100")]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def said(**changes: Any) -> dict[str, Any]:
    facts = {
        "city": "上海",
        "adcode": "310000",
        "stat_year": "2025",
        "monthly": "13000",
        "calibre": "severance_and_tax",
        "effective_from": "2026-05-01",
        "source": "沪人社规〔2026〕1号",
    }
    return facts | changes


def test_from_the_form_to_a_settlement_somebody_looks_at(cast, at) -> None:
    case = a_parting(cast, at, wage=Decimal(60000))
    calculated(case, cast, at)
    client = sign_in(cast.group_hr)
    page = client.post(f"{LIST}new/average_wages/", said(), follow=True)
    row = ReferenceRow.objects.get(key="average-310000-2026-05-01")
    assert "13000.00" in page.content.decode()
    client.post(f"{LIST}{row.pk}/review/")

    client = sign_in(cast.legal)
    client.post(f"{LIST}{row.pk}/confirmation/", {"decision": "confirm"})
    run = run_out(at)

    client = sign_in(cast.finance)
    sheet = client.get(f"/cases/{case.pk}/settlement/").content.decode()
    told = client.get(run.get_absolute_url()).content.decode()
    assert "214,500.00" in sheet  # 5.5 x 3 x 13,000
    assert "205,161.00" in told and "214,500.00" in told
    assert current(page_of(case)).nth == 2


def test_a_figure_that_can_not_be_is_told_beside_its_field(cast, at) -> None:
    client = sign_in(cast.group_hr)

    answer = client.post(f"{LIST}new/average_wages/", said(monthly="viel"))

    assert (answer.status_code, ReferenceRow.objects.filter(entered_by=cast.group_hr).count()) == (422, 0)


def test_amounts_only_for_who_sees_pay_and_exits_only_for_who_sees_them(cast, at) -> None:
    case = a_parting(cast, at, wage=Decimal(60000))
    calculated(case, cast, at)
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run = run_out(at)

    client = sign_in(cast.admin)
    assert case.number not in client.get(run.get_absolute_url()).content.decode()
    client = sign_in(cast.legal)
    page = client.get(run.get_absolute_url()).content.decode()
    assert case.number in page and "214,500.00" not in page


def test_what_was_confirmed_says_that_a_figure_changed(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at, wage=Decimal(60000)), cast, at), cast, at)
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run_out(at)

    client = sign_in(cast.finance)
    page = client.get(settlement.url).content.decode()

    assert "这份结算单确认之后，法定数据变了" in page


def test_a_sheet_says_that_its_figures_are_unconfirmed(cast, at) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)
    figures_unconfirmed()

    client = sign_in(cast.finance)
    page = client.get(settlement.url).content.decode()

    assert "它依据的数据还没有经两人确认" in page


def test_several_at_once_or_none(cast, at) -> None:
    mine = an_average("13000", by=cast.legal, at=at)
    other = an_average("16000", by=cast.group_hr, at=at, city="北京", adcode="110000")
    for row, by in ((mine, cast.legal), (other, cast.group_hr)):
        row.ask(by=by, at=at)
    client = sign_in(cast.legal)

    answer = client.post(f"{LIST}confirmations/", {"row": [mine.key, other.key]})

    assert answer.status_code == 422
    assert not ReferenceRow.objects.filter(confirmed_by=cast.legal).exists()


def test_what_nobody_chose_or_somebody_else_decided_is_not_called_confirmed(cast, at) -> None:
    left, gone = (an_average("16000", by=cast.group_hr, at=at, city=city, adcode=code) for city, code in CITIES)
    left.ask(by=cast.group_hr, at=at)
    client = sign_in(cast.legal)

    for chosen in ([], [left.key, gone.key]):
        answer = client.post(f"{LIST}confirmations/", {"row": chosen})

        assert answer.status_code == 422
        assert finding_words("B_REF_CHOSEN") in answer.content.decode()
    assert not ReferenceRow.objects.filter(confirmed_by=cast.legal).exists()
    assert not ReferenceRun.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_goes_out_and_comes_in_again(cast, at, form) -> None:
    rows = list(ReferenceRow.objects.order_by("key"))

    read = [line for _number, line in lines_of(SimpleUploadedFile("f", written(rows, form)))]

    assert [line["key"] for line in read] == [row.key for row in rows]
    from offboarding import operations as ops

    report = ops.import_rows(lines=enumerate(read), by=cast.group_hr, at=at)
    assert [line for line in report if line.outcome != "same"] == []


def test_a_file_is_told_row_by_row(cast, at) -> None:
    rows = [
        {"table": "minimum_wages"} | said(monthly="2800"),
        {"table": "minimum_wages"} | said(monthly="x"),
        {"table": "houses"},
        {"table": "minimum_wages"} | said(effective_from="gestern"),
    ]
    file = SimpleUploadedFile("a.json", json.dumps({"rows": rows}).encode())
    client = sign_in(cast.group_hr)

    page = client.post(f"{LIST}imports/", {"file": file})

    assert page.status_code == 200
    assert [line.outcome for line in page.context["report"]] == ["entered", "refused", "refused", "refused"]
    assert ReferenceRow.objects.waiting().get().effective_from == date(2026, 5, 1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"\xff\xfe\x00", b"{", b"[1]", b"a,b\n1,2\n"])
def test_what_is_no_table_is_refused(cast, content) -> None:
    client = sign_in(cast.group_hr)

    answer = client.post(f"{LIST}imports/", {"file": SimpleUploadedFile("a.csv", content or b" ")})

    assert answer.status_code == 422


def test_the_api_takes_the_same_two_people(cast, at) -> None:
    body = {name: value for name, value in said().items() if name in ("city", "adcode", "effective_from", "source")}
    body |= {"table": "average_wages", "values": {n: said()[n] for n in ("stat_year", "monthly", "calibre")}}
    client = sign_in(cast.group_hr)
    made = post(client, "/api/v1/reference-rows/", body, "1")
    address = f"/api/v1/reference-rows/{made.json()['id']}/"

    assert (made.status_code, made.json()["status"]) == (201, "draft")
    assert post(client, f"{address}review/", {}, "2").json()["is_waiting"]
    assert post(client, f"{address}confirmation/", {"decision": "confirm"}, "3").status_code == 422
    client = sign_in(cast.legal)
    assert post(client, f"{address}confirmation/", {"decision": "confirm"}, "4").json()["status"] == "confirmed"
    run = run_out(at)
    assert client.get(f"/api/v1/reference-runs/{run.pk}/").json()["state"] == "done"
    assert client.get("/api/v1/reference-rows/?table=tax_bands").json()["results"][0]["key"] == "tax-2019"


def test_the_pages_cost_the_same_with_many_exits(cast, at, django_assert_max_num_queries) -> None:
    from tests.factories.settlements import many_partings

    many_partings(12, cast, at, wage=Decimal(60000))
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run = run_out(at)
    client = sign_in(cast.finance)
    client.get(LIST)

    with django_assert_max_num_queries(12):
        assert client.get(run.get_absolute_url()).content.decode().count("214,500.00") == 12
    with django_assert_max_num_queries(12):
        client.get(LIST)


def post(client: Any, url: str, body: Any, key: str) -> Any:
    return client.post(url, body, content_type="application/json", headers={"Idempotency-Key": f"reference-{key}"})


def test_the_notice_itself_stands_beside_the_figure(cast: Any, at: Any) -> None:
    row = an_average("13000", by=cast.group_hr, at=at)
    legal = sign_in(cast.legal)

    empty = legal.post(f"{row.get_absolute_url()}files/", {})
    sent = legal.post(f"{row.get_absolute_url()}files/", {"file": SimpleUploadedFile("通知.pdf", b"%PDF-1.7 notice")})
    shown = sign_in(cast.finance).get(row.get_absolute_url()).content.decode()
    file = sign_in(cast.finance).get(row.files.get().url)

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "通知.pdf" in shown
    assert b"".join(file) == b"%PDF-1.7 notice"
    assert "attachment" in file["Content-Disposition"]


def test_two_series_of_one_city_and_day_are_told_apart(cast: Any, at: Any) -> None:
    page = sign_in(cast.legal).get("/settings/reference/?table=average_wages").content.decode()

    assert "仅社会保险" in page


def test_how_a_place_reads_the_law_is_entered_like_any_figure(cast, at) -> None:
    client = sign_in(cast.group_hr)
    form = client.get(f"{LIST}new/second_terms/").content.decode()
    facts = {
        "city": "杭州",
        "adcode": "330100",
        "practice": "warns",
        "effective_from": "2026-05-01",
        "source": "会议纪要",
    }

    shown = client.post(f"{LIST}new/second_terms/", facts, follow=True).content.decode()
    listed = client.get(LIST, {"table": "second_terms"}).content.decode()
    refused = client.post(f"{LIST}new/second_terms/", facts | {"practice": "perhaps"})

    assert "可以终止，但须书面说明理由" in form
    assert "可以终止，但须书面说明理由" in shown
    assert "杭州" in listed and "上海" in listed and "连续第二次固定期限" in listed
    assert refused.status_code == 422
    row = ReferenceRow.objects.get(key="second-330100-2026-05-01")
    assert (row.status, row.values) == ("draft", {"practice": "warns"})
