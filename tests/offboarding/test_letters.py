"""A resignation that came on paper (LCL 37): HR records it, it counts from its receipt, and its person may object."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from ehr.errors import Forbidden, Refused, WrongState
from ehr.notices.models import Notice
from ehr.record.models import Event
from employees.models import Employment
from offboarding import operations as ops
from offboarding.models import Case
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, decide, duties_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch, at) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def a_scan() -> Any:
    return ops.Scan(name="辞职信.pdf", size=15, content=BytesIO(b"%PDF-1.7 letter"))


def recorded(cast: Any, at: Any, **fields: Any) -> Case:
    said = {
        "employment": cast.employment["leaver"],
        "kind": "resignation",
        "received_on": at.date(),
        "scan": a_scan(),
        "by": cast.hrbp,
    } | fields
    return ops.record_letter(at=at, **said)


def sent(cast: Any, **fields: Any) -> dict[str, Any]:
    scan = BytesIO(b"%PDF-1.7 letter")
    scan.name = "letter.pdf"
    return {"kind": "resignation", "received_on": "2026-05-18", "file": scan} | fields


def by_page(cast: Any, user: Any, **fields: Any) -> Any:
    said = sent(cast, employment=str(cast.employment["leaver"].pk), once=fields.pop("once", "l1"), **fields)
    return sign_in(user).post("/cases/letters/new/", {k: v for k, v in said.items() if v is not None})


def by_api(cast: Any, user: Any, **fields: Any) -> Any:
    said = sent(cast, employee_number=cast.employment["leaver"].employee_number, **fields)
    body = {k: v for k, v in said.items() if v is not None}
    return api_client(user).post("/api/v1/cases/letters/", body, format="multipart", HTTP_IDEMPOTENCY_KEY="l")


# --- recording ----------------------------------------------------------------------------------------------
def test_the_notice_runs_from_the_day_of_receipt(cast, at) -> None:
    case = recorded(cast, at, received_on=at.date() - timedelta(days=1))

    assert case.filed_date == date(2026, 5, 17)
    assert case.termination_date == date(2026, 6, 16)
    assert case.state == "in_approval"


def test_the_record_says_who_recorded_it_and_keeps_the_scan(cast, at) -> None:
    case = recorded(cast, at, reason="家里有事")

    event = Event.objects.get(kind="offboarding.case.letter_recorded")
    assert (event.actor, event.payload["received_on"]) == (cast.hrbp, "2026-05-18")
    assert "家里" not in str(event.payload)
    assert [row.paper for row in case.evidence.all()] == ["E_RESIGNATION_LETTER"]
    assert case.reason() == "家里有事"


def test_what_had_its_time_to_answer_is_acknowledged_at_once(cast, at) -> None:
    case = recorded(cast, at, received_on=at.date() - timedelta(days=10))

    case.refresh_from_db()
    assert case.state == "approved" and case.tracks.exists()
    assert Event.objects.get(kind="offboarding.case.approved").payload["by_law"] is True


def test_the_person_is_told_at_once(cast, at) -> None:
    case = recorded(cast, at)

    notice = Notice.objects.get(user=cast.leaver, kind="offboarding.letter_recorded")
    assert notice.params["number"] == case.number
    page = sign_in(cast.leaver).get("/me/").content.decode()
    assert "提出异议" in page and str(cast.hrbp) in page


def test_somebody_without_an_account_can_leave_by_letter(cast, at) -> None:
    person = cast.employment["leaver"].person
    person.user = None
    person.save()

    case = recorded(cast, at, employment=Employment.objects.get(pk=cast.employment["leaver"].pk))

    assert case.state == "in_approval"


@pytest.fixture
def stranger(cast, at) -> Employment:
    """Works here and has no account."""
    person = cast.employment["leaver"].person
    person.user = None
    person.save()
    return Employment.objects.get(pk=cast.employment["leaver"].pk)


@pytest.mark.parametrize("address", [None, "zhou@private.example"])
def test_without_a_mailbox_or_a_mail_server_whoever_recorded_it_has_to_tell_them(cast, at, stranger, address, settings):
    settings.EMAIL_BACKEND = "integrations.mail.EffectBackend"
    stranger.person.personal_email = address
    stranger.person.save()

    case = recorded(cast, at, employment=stranger)

    [duty] = duties_of(cast.hrbp, "offboarding.letter_untold")
    browser = sign_in(cast.hrbp)
    assert "请打电话" in browser.get(duty.url).content.decode()
    assert browser.post(f"{case.url}letter/told/", {"text": "", "once": "t1"}).status_code == 422
    assert browser.post(f"{case.url}letter/told/", {"text": "5月18日电话告知", "once": "t2"}).status_code == 302
    assert browser.post(f"{case.url}letter/told/", {"text": "再一次", "once": "t3"}).status_code == 409
    assert duties_of(cast.hrbp, "offboarding.letter_untold") == []
    assert "5月18日电话告知" in browser.get(duty.url).content.decode()
    assert "电话" not in str(Event.objects.get(kind="offboarding.case.letter_told").payload)


def test_who_has_an_account_is_nobodys_duty_to_tell(cast, at) -> None:
    recorded(cast, at)

    assert duties_of(cast.hrbp, "offboarding.letter_untold") == []


def test_a_forced_one_names_its_item_and_asks_legal(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(cast, at, kind="forced_resignation")
    case = recorded(cast, at, kind="forced_resignation", items=["LCL38_3"], requested_last_working_date=at.date())

    assert refusal.value.code == "B_ITEM_MISSING"
    assert (case.forced_items, case.termination_date) == (["LCL38_3"], at.date())
    assert [row.paper for row in case.evidence.all()] == ["E_EMPLOYEE_NOTICE_38"]
    assert duties_of(cast.legal, "offboarding.arrears")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"received_on": "2026-05-19"}, "B_FUTURE_DATE"),
        ({"received_on": "1999-01-01"}, "B_BEFORE_HIRE"),
        ({"kind": "forced_resignation"}, "B_ITEM_MISSING"),
    ],
)
def test_page_and_api_refuse_the_same(cast, fields, code) -> None:
    page, answer = by_page(cast, cast.hrbp, **fields), by_api(cast, cast.hrbp, **fields)

    assert (page.status_code, answer.status_code) == (422, 422)
    assert answer.json()["code"] == code
    assert not Case.objects.exists()


def test_without_the_scan_nothing_is_recorded(cast) -> None:
    page, answer = by_page(cast, cast.hrbp, file=None), by_api(cast, cast.hrbp, file=None)

    assert (page.status_code, answer.status_code) == (422, 422)
    assert not Case.objects.exists()


def test_another_kind_is_no_letter(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(cast, at, kind="dismissal")

    assert refusal.value.code == "B_NOTICE_KIND"


@pytest.mark.parametrize("record", [by_page, by_api])
def test_hr_records_it_by_page_and_api(cast, record) -> None:
    answer = record(cast, cast.hrbp)

    assert answer.status_code in (201, 302)
    assert Case.objects.get().letter_received_on == date(2026, 5, 18)


@pytest.mark.parametrize("who", ["leaver", "head", "finance"])
@pytest.mark.parametrize("record", [by_page, by_api])
def test_nobody_else_does(cast, record, who) -> None:
    assert record(cast, getattr(cast, who)).status_code == 403
    assert not Case.objects.exists()


def test_neither_the_person_nor_the_own_head_records_it(cast, at) -> None:
    for by in (cast.leaver, cast.head):
        with pytest.raises(Forbidden):
            recorded(cast, at, by=by)


def test_a_double_click_gives_one_case(cast) -> None:
    by_page(cast, cast.hrbp)
    by_page(cast, cast.hrbp)

    assert Case.objects.count() == 1


def test_a_second_hr_person_is_told_that_there_is_one(cast, at) -> None:
    recorded(cast, at)

    with pytest.raises(WrongState):
        recorded(cast, at, by=cast.hr_manager)
    assert Case.objects.count() == 1


def test_it_is_not_recorded_beside_one_filed_online(cast, at) -> None:
    a_resignation(cast, at)

    assert by_api(cast, cast.hrbp).status_code == 409


# --- objecting ----------------------------------------------------------------------------------------------
def test_the_person_objects_and_hr_sees_it(cast, at) -> None:
    case = recorded(cast, at)

    answer = sign_in(cast.leaver).post("/me/objection/", {"text": "这封信不是我写的", "once": "o"})

    assert answer.status_code == 302
    [duty] = duties_of(cast.hrbp, "offboarding.objection")
    assert "这封信不是我写的" in sign_in(cast.hrbp).get(duty.url).content.decode()
    assert "信" not in str(Event.objects.get(kind="offboarding.case.letter_disputed").payload)
    case.refresh_from_db()
    assert case.state == "in_approval"


def test_nobody_objects_for_them(cast, at) -> None:
    case = recorded(cast, at)

    with pytest.raises(Forbidden):
        ops.dispute_letter(case=case, text="不是", by=cast.head, at=at)


def test_there_is_nothing_to_object_to_where_they_filed_it_themselves(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(WrongState):
        ops.dispute_letter(case=case, text="不是", by=cast.leaver, at=at)


def test_hr_strikes_off_what_was_an_error_with_a_reason(cast, at) -> None:
    case = recorded(cast, at)
    browser = sign_in(cast.hrbp)

    none = browser.post(f"/cases/{case.pk}/letter/", {"reason": "", "once": "s1"})
    done = browser.post(f"/cases/{case.pk}/letter/", {"reason": "同名同姓，录错了人", "once": "s2"})

    case.refresh_from_db()
    assert (none.status_code, done.status_code, case.state) == (422, 302, "withdrawn")
    assert duties_of(cast.hrbp) == []
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "active"


def test_what_took_effect_is_not_struck_off(cast, at) -> None:
    case = recorded(cast, at, received_on=at.date() - timedelta(days=40))
    ops.keep_clock(at=at)

    answer = api_client(cast.hrbp).post(
        f"/api/v1/cases/{case.pk}/letter/", {"reason": "录错了"}, format="json", HTTP_IDEMPOTENCY_KEY="s"
    )

    case.refresh_from_db()
    assert case.employment_ended_at
    assert answer.status_code == 409


def test_what_was_filed_online_is_never_struck_off(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(WrongState):
        ops.strike_letter(case=case, reason="录错了", by=cast.hrbp, at=at)
    assert sign_in(cast.hrbp).get(f"/cases/{case.pk}/letter/").status_code == 404


def test_whoever_judges_the_letter_can_open_its_scan(cast, at) -> None:
    case = recorded(cast, at)
    browser = sign_in(cast.hrbp)

    page = browser.get(f"{case.url}letter/").content.decode()

    [scan] = case.evidence.all()
    assert "辞职信.pdf" in page and scan.url in page
    assert browser.get(scan.url).status_code == 200


# --- returned -----------------------------------------------------------------------------------------------
@pytest.fixture
def returned(cast, at, stranger) -> Case:
    case = recorded(cast, at, employment=stranger)
    decide(case, at, "return", comment="信里写的是被迫解除")
    return Case.objects.get(pk=case.pk)


def test_of_a_person_without_account_hr_corrects_it_and_sends_it_again(cast, at, returned) -> None:
    [duty] = duties_of(cast.hrbp, "offboarding.returned")
    browser = sign_in(cast.hrbp)
    said = {"kind": "forced_resignation", "items": ["LCL38_2"], "reason": "欠薪两个月"}

    page = browser.get(duty.url).content.decode()
    none = browser.post(f"{duty.url}again/", said | {"items": [], "once": "a1"})
    answer = browser.post(f"{duty.url}again/", said | {"file": sent(cast)["file"], "once": "a2"})

    returned.refresh_from_db()
    assert "信里写的是被迫解除" in page and "重新提交" in page
    assert (none.status_code, answer.status_code) == (422, 302)
    assert (returned.state, returned.kind, returned.ground) == ("in_approval", "forced_resignation", "LCL38")
    assert (returned.filed_date, returned.forced_items) == (at.date(), ["LCL38_2"])
    assert returned.evidence.filter(paper="E_EMPLOYEE_NOTICE_38").count() == 1
    assert duties_of(cast.hrbp, "offboarding.returned") == []
    assert duties_of(cast.legal, "offboarding.arrears")
    assert browser.post(f"{duty.url}again/", said | {"once": "a3"}).status_code == 409


@pytest.mark.parametrize(("kind", "told"), [("forced_resignation", 1), ("resignation", 0)])
def test_of_another_notice_in_their_name_the_person_is_told_anew(cast, at, returned, kind, told) -> None:
    ops.note_told(case=returned, text="电话告知", by=cast.hrbp, at=at)

    items = ["LCL38_2"] if kind == "forced_resignation" else []
    day = returned.requested_last_working_date
    ops.send_letter_again(case=returned, kind=kind, items=items, requested_last_working_date=day, by=cast.hrbp, at=at)

    assert len(duties_of(cast.hrbp, "offboarding.letter_untold")) == told


def test_by_the_api_hr_sends_it_again_too(cast, at, returned) -> None:
    url, body = f"/api/v1/cases/{returned.pk}/submission/", {"kind": "forced_resignation", "items": ["LCL38_3"]}

    by_head = api_client(cast.head).post(url, body, format="json", HTTP_IDEMPOTENCY_KEY="h")
    other = api_client(cast.hrbp).post(url, {"kind": "dismissal"}, format="json", HTTP_IDEMPOTENCY_KEY="o")
    answer = api_client(cast.hrbp).post(url, body, format="json", HTTP_IDEMPOTENCY_KEY="k")

    assert (by_head.status_code, other.status_code, other.json()["code"]) == (403, 422, "B_NOTICE_KIND")
    assert (answer.status_code, answer.json()["kind"]) == (200, "forced_resignation")


def test_who_has_an_account_corrects_it_themself(cast, at) -> None:
    case = recorded(cast, at)
    decide(case, at, "return", comment="请补充")

    answer = sign_in(cast.hrbp).post(f"{case.url}letter/again/", {"kind": "resignation", "once": "w"})

    assert answer.status_code == 403
    assert duties_of(cast.leaver, "offboarding.returned") and not duties_of(cast.hrbp, "offboarding.returned")
