"""Ending it because the company is at fault (LCL 38): the items, what the company sees, and that nobody refuses it."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.operations.keeping import keep_clock
from offboarding.settlement_paper import _person
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal_draft, a_resignation, decide, duties_of

pytestmark = pytest.mark.django_db
WORDS = "九月、十月的工资到今天没有发"


def a_forced(cast: Any, at: Any, **fields: Any) -> Case:
    said = {"kind": "forced_resignation", "items": ["LCL38_2"], "reason": WORDS} | fields
    return a_resignation(cast, at, **said)


def page_of(user: Any, case: Case) -> str:
    return sign_in(user).get(f"/cases/{case.pk}/forced/").content.decode()


@pytest.fixture(autouse=True)
def today(monkeypatch, at) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


# --- filing -------------------------------------------------------------------------------------------------
def test_it_keeps_the_items_in_the_order_of_the_law(cast, at) -> None:
    case = a_forced(cast, at, items=["LCL38_P2", "LCL38_2", "LCL38_2"])

    assert (case.ground, case.forced_items) == ("LCL38", ["LCL38_2", "LCL38_P2"])
    filed = Event.objects.get(kind="offboarding.case.submitted")
    assert filed.payload["items"] == ["LCL38_2", "LCL38_P2"]
    assert "工资" not in str(filed.payload)


def test_without_an_item_it_is_refused_by_name(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        a_forced(cast, at, items=[])

    assert (refusal.value.code, refusal.value.field) == ("B_ITEM_MISSING", "items")
    assert not Case.objects.exists()


def test_an_ordinary_resignation_names_none(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        a_resignation(cast, at, items=["LCL38_2"])

    assert refusal.value.code == "B_ITEM_OUT_OF_PLACE"


def test_no_thirty_days_are_asked_for(cast, at) -> None:
    case = a_forced(cast, at, requested_last_working_date=at.date())

    assert case.last_working_date == case.termination_date == at.date()


def test_agreeing_on_a_day_gives_up_no_notice(cast, at) -> None:
    case = a_forced(cast, at, requested_last_working_date=at.date() + timedelta(days=10))

    decide(case, at, "acknowledge", last_working_date=at.date() + timedelta(days=5))

    assert case.last_working_date == at.date() + timedelta(days=5)
    assert not Event.objects.filter(kind="offboarding.case.notice_waived").exists()


def test_the_page_offers_both_and_chooses_neither(cast) -> None:
    page = sign_in(cast.leaver).get("/me/").content.decode()

    ticks = re.findall(r'<input type="radio" name="kind"[^>]*>', page)
    assert len(ticks) == 2
    assert not any("checked" in tick for tick in ticks)
    assert "被迫" in page and page.count('name="items"') == 7


def test_it_is_filed_on_the_page(cast, at, mailoutbox) -> None:
    browser = sign_in(cast.leaver)
    said = {"kind": "forced_resignation", "items": ["LCL38_2", "LCL38_3"], "reason": WORDS, "typed_name": "周远航"}
    said |= {"requested_last_working_date": str(at.date()), "once": "f1"}
    browser.post("/me/resignation/code/", said)
    code = re.search(r"\b\d{6}\b", mailoutbox[-1].body)
    assert code

    without = browser.post("/me/resignation/", said | {"items": [], "code": code[0]})
    answer = browser.post("/me/resignation/", said | {"code": code[0], "once": "f2"})

    assert without.status_code == 422 and "至少选一项" in without.content.decode()
    assert (answer.status_code, Case.objects.get().forced_items) == (302, ["LCL38_2", "LCL38_3"])
    assert "未及时足额支付劳动报酬" in browser.get("/me/").content.decode()


def test_neither_kind_is_taken_for_granted(cast, at) -> None:
    said = {"typed_name": "周远航", "requested_last_working_date": str(at.date()), "once": "f3", "code": "123456"}

    answer = sign_in(cast.leaver).post("/me/resignation/", said)

    assert answer.status_code == 422 and not Case.objects.exists()


def test_the_api_takes_and_shows_the_items(cast, mailoutbox) -> None:
    browser = api_client(cast.leaver)
    browser.post("/api/v1/cases/signing-codes/", {}, format="json", HTTP_IDEMPOTENCY_KEY="c")
    code = re.search(r"\b\d{6}\b", mailoutbox[-1].body)
    assert code
    body = {"employee_number": cast.employment["leaver"].employee_number, "kind": "forced_resignation"}
    body |= {"typed_name": "周远航", "code": code[0]}

    refused = browser.post("/api/v1/cases/", body, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    filed = browser.post("/api/v1/cases/", body | {"items": ["LCL38_2"]}, format="json", HTTP_IDEMPOTENCY_KEY="k2")

    assert (refused.status_code, refused.json()["code"]) == (422, "B_ITEM_MISSING")
    assert (filed.status_code, filed.json()["items"]) == (201, ["LCL38_2"])


def test_the_employee_corrects_the_items_of_what_was_returned(cast, at) -> None:
    case = a_forced(cast, at)
    decide(case, at, "return", comment="请说明是哪几个月")
    browser = sign_in(cast.leaver)
    said = {"kind": "forced_resignation", "requested_last_working_date": str(at.date()), "reason": "", "once": "a1"}

    none = browser.post("/me/amendment/", said)
    answer = browser.post("/me/amendment/", said | {"items": ["LCL38_3"], "once": "a2"})

    case.refresh_from_db()
    assert (none.status_code, answer.status_code) == (422, 302)
    assert (case.state, case.forced_items, case.filed_at) == ("in_approval", ["LCL38_3"], at)


@pytest.mark.parametrize("way", ["page", "api"])
def test_who_was_forced_may_say_so_when_it_was_returned(cast, at, way) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "return", comment="请写明原因")

    said = {"kind": "forced_resignation", "items": ["LCL38_2"], "requested_last_working_date": str(at.date())}
    if way == "page":
        sign_in(cast.leaver).post("/me/amendment/", said | {"once": "f"})
    else:
        url = f"/api/v1/cases/{case.pk}/submission/"
        api_client(cast.leaver).post(url, said, format="json", HTTP_IDEMPOTENCY_KEY="f")

    case.refresh_from_db()
    assert (case.state, case.kind, case.ground) == ("in_approval", "forced_resignation", "LCL38")
    assert (case.termination_date, case.filed_at) == (at.date(), at)
    assert duties_of(cast.legal, "offboarding.arrears")


def test_what_is_an_ordinary_resignation_after_all_has_its_thirty_days_and_no_items(cast, at) -> None:
    case = a_forced(cast, at, requested_last_working_date=at.date())
    decide(case, at, "return", comment="工资已补发")

    said = {"kind": "resignation", "items": ["LCL38_2"], "requested_last_working_date": "2026-06-17", "once": "r"}
    answer = sign_in(cast.leaver).post("/me/amendment/", said)

    case.refresh_from_db()
    assert answer.status_code == 302
    assert (case.kind, case.ground, case.forced_items) == ("resignation", "LCL37", [])
    assert case.termination_date == date(2026, 6, 17)
    assert duties_of(cast.legal, "offboarding.arrears") == []


def test_an_ending_by_the_employer_becomes_no_notice(cast, at) -> None:
    case = a_dismissal_draft(cast, at)

    with pytest.raises(Refused) as refusal:
        ops.amend_case(case=case, kind="resignation", by=cast.head, at=at)

    assert refusal.value.code == "B_NOTICE_KIND"


def test_hr_corrects_neither_kind_nor_items(cast, at) -> None:
    case = a_forced(cast, at)
    decide(case, at, "return", comment="请补充")

    answer = api_client(cast.hrbp).post(
        f"/api/v1/cases/{case.pk}/submission/", {"items": ["LCL38_1"]}, format="json", HTTP_IDEMPOTENCY_KEY="h"
    )

    case.refresh_from_db()
    assert (answer.status_code, case.forced_items, case.state) == (403, ["LCL38_2"], "returned")


# --- what the company sees ----------------------------------------------------------------------------------
def test_legal_is_asked_to_check_the_arrears_first(cast, at) -> None:
    case = a_forced(cast, at)

    [duty] = duties_of(cast.legal, "offboarding.arrears")
    assert duty.url == f"/cases/{case.pk}/forced/"
    assert sign_in(cast.legal).get(duty.url).status_code == 200


def test_what_legal_found_closes_it_and_stays_encrypted(cast, at) -> None:
    case = a_forced(cast, at)

    ops.note_arrears(case=case, text="两个月工资未发，社保已缴", by=cast.legal, at=at)

    assert duties_of(cast.legal, "offboarding.arrears") == []
    event = Event.objects.get(kind="offboarding.case.arrears_checked")
    assert "工资" not in str(event.payload) and event.payload["reason_sha256"]
    assert "两个月工资未发" in page_of(cast.legal, case)
    with pytest.raises(WrongState):
        ops.note_arrears(case=case, text="再写一次", by=cast.legal, at=at)


def test_the_line_manager_reads_no_finding(cast, at) -> None:
    case = a_forced(cast, at)
    ops.note_arrears(case=case, text="两个月工资未发", by=cast.legal, at=at)

    page = page_of(cast.head, case)

    assert "未及时足额支付劳动报酬" in page
    assert "两个月工资未发" not in page and WORDS not in page


def test_hr_may_not_check_for_legal(cast, at) -> None:
    case = a_forced(cast, at)

    answer = sign_in(cast.hrbp).post(f"/cases/{case.pk}/forced/", {"text": "没有欠薪", "once": "x"})
    by_api = api_client(cast.hrbp).post(
        f"/api/v1/cases/{case.pk}/arrears/", {"text": "没有欠薪"}, format="json", HTTP_IDEMPOTENCY_KEY="x"
    )

    assert (answer.status_code, by_api.status_code) == (403, 403)


def test_nobody_checks_their_own(cast, at) -> None:
    case = a_forced(cast, at)

    with pytest.raises(Forbidden):
        ops.note_arrears(case=case, text="欠我两个月", by=cast.leaver, at=at)


def test_the_checklist_is_advice_on_the_page_and_by_the_api(cast, at) -> None:
    case = a_forced(cast, at)

    found = api_client(cast.hrbp).get(f"/api/v1/cases/{case.pk}/findings/").json()["results"]

    assert [(row["code"], row["level"]) for row in found] == [
        ("W_MISSING_EVIDENCE:E_PAY_AND_INSURANCE_LEDGER", "advice")
    ]
    assert "工资与社保台账" in page_of(cast.hrbp, case)


def test_a_paper_of_it_is_added_by_hr(cast, at) -> None:
    case = a_forced(cast, at)
    ledger = BytesIO(b"%PDF-1.7 ledger")
    ledger.name = "台账.pdf"
    said = {"paper": "E_PAY_AND_INSURANCE_LEDGER", "dated": str(at.date()), "file": ledger, "once": "e"}

    answer = sign_in(cast.hrbp).post(f"/cases/{case.pk}/evidence/", said)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.pk}/forced/")
    assert not api_client(cast.hrbp).get(f"/api/v1/cases/{case.pk}/findings/").json()["results"]


def test_it_takes_effect_though_nobody_answers_and_no_paper_is_there(cast, at) -> None:
    case = a_forced(cast, at, requested_last_working_date=at.date())

    keep_clock(at=at + timedelta(days=5))

    case.refresh_from_db()
    assert case.approved_at and case.employment_ended_at
    assert case.termination_date == date(2026, 5, 18)


def test_the_settlement_names_the_item_with_the_ground(cast, at) -> None:
    case = a_forced(cast, at)

    assert "第2项" in _person(case)["ground"] and "第38条" in _person(case)["ground"]


def test_a_resignation_has_no_such_page(cast, at) -> None:
    case = a_resignation(cast, at)

    assert sign_in(cast.hrbp).get(f"/cases/{case.pk}/forced/").status_code == 404
