"""An agreement counts as signed by its paper and the day on it, never by a click (LCL 36)."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.errors import Forbidden, Refused, WrongState
from ehr.notices.models import Notice
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, add_paper, approved, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7 both signed"
LATER = timedelta(days=3)


@pytest.fixture
def case(cast, at, monkeypatch) -> Case:
    """Asked for on 18 May, looked at three days later."""
    made = approved(a_dismissal(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER", without=PAPER), at)
    monkeypatch.setattr("ehr.clock.now", lambda: at + LATER)
    return made


PAPER = ("E_MUTUAL_AGREEMENT",)
DAY = date(2026, 5, 20)


def scan() -> ops.Scan:
    return ops.Scan(name="协议.pdf", size=len(PDF), content=BytesIO(PDF))


def signed(case: Case, cast: Any, at: Any, **said: Any) -> Any:
    given = {"signed_on": DAY, "scan": scan(), "by": cast.hr_manager, "at": at + LATER} | said
    return ops.sign_agreement(case=case, **given)


def stops(case: Case, at: Any) -> list[str]:
    fresh = Case.objects.get(pk=case.pk)
    return [each.code for each in fresh.stopping("effect", at=at + LATER)]


def test_the_day_is_that_of_the_paper_and_its_scan_is_on_file(cast, at, case) -> None:
    signed(case, cast, at)

    row = case.evidence.get(paper="E_MUTUAL_AGREEMENT")
    event = Event.objects.get(kind="offboarding.case.service_recorded")
    assert (row.dated, event.payload["delivered_date"]) == (DAY, "2026-05-20")
    assert Case.objects.get(pk=case.pk).plan(at=at + LATER).notice_date == DAY
    assert "B_NO_CONSENT" not in stops(case, at)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"scan": None}, "B_AGREEMENT_PAPER", "file"),
        ({"signed_on": date(2026, 5, 22)}, "B_FUTURE_DATE", "signed_on"),
        ({"signed_on": date(2026, 5, 17)}, "B_AGREEMENT_BEFORE_REQUEST", "signed_on"),
    ],
)
def test_without_a_paper_or_with_a_day_that_can_not_be_nobody_has_signed(cast, at, case, said, code, field) -> None:
    with pytest.raises(Refused) as refusal:
        signed(case, cast, at, **said)

    assert (refusal.value.code, refusal.value.field, refusal.value.article) == (code, field, "LCL 36")
    assert "B_NO_CONSENT" in stops(case, at)


def test_the_paper_on_file_may_be_pointed_at_if_it_is_of_that_day(cast, at, case) -> None:
    row = add_paper(case, "E_MUTUAL_AGREEMENT", at=at + LATER, dated=DAY)
    other = add_paper(case, "E_PROPOSER_RECORD", at=at + LATER, dated=DAY)

    for said, code in (
        ({"paper": row.pk, "signed_on": date(2026, 5, 21)}, "B_AGREEMENT_OTHER_DAY"),
        ({"paper": other.pk}, "B_AGREEMENT_PAPER"),
    ):
        with pytest.raises(Refused) as refusal:
            signed(case, cast, at, scan=None, **said)
        assert refusal.value.code == code
    signed(case, cast, at, scan=None, paper=row.pk)

    assert case.evidence.filter(paper="E_MUTUAL_AGREEMENT").count() == 1
    assert "B_NO_CONSENT" not in stops(case, at)


def test_taken_back_it_stops_the_ending_again_and_the_paper_counts_no_longer(cast, at, case) -> None:
    row = signed(case, cast, at)

    ops.take_back_agreement(case=case, reason="扫描件是另一人的", by=cast.hr_manager, at=at + LATER)

    told = dict(Notice.objects.filter(kind__startswith="offboarding.agreement_").values_list("user__username", "kind"))
    assert told == {
        cast.leaver.username: "offboarding.agreement_set_aside",
        cast.legal.username: "offboarding.agreement_taken_back",
    }
    event = Event.objects.get(kind="offboarding.case.agreement_taken_back")
    assert "另一人" not in str(event.payload) and event.payload["reason_sha256"]
    assert "B_NO_CONSENT" in stops(case, at)
    with pytest.raises(Refused) as refusal:
        signed(case, cast, at, scan=None, paper=row.pk)
    assert refusal.value.code == "B_AGREEMENT_PAPER"
    signed(case, cast, at)
    assert case.evidence.filter(paper="E_MUTUAL_AGREEMENT").count() == 2


def test_it_is_signed_once_and_taken_back_only_before_it_took_effect(cast, at, case) -> None:
    signed(case, cast, at)
    with pytest.raises(WrongState):
        signed(case, cast, at)
    with pytest.raises(Refused) as refusal:
        ops.take_back_agreement(case=case, reason=" ", by=cast.hr_manager, at=at + LATER)
    assert refusal.value.code == "B_REASON_MISSING"

    after = on(date(2026, 6, 18))
    ops.end_now(case=Case.objects.for_page().get(pk=case.pk), by=cast.hr_manager, at=after)

    with pytest.raises(WrongState):
        ops.take_back_agreement(case=case, reason="误记", by=cast.hr_manager, at=after)


def test_nobody_notes_it_of_a_dismissal_or_of_their_own_exit(cast, at, case) -> None:
    with pytest.raises(Forbidden):
        signed(case, cast, at, by=cast.leaver)
    dismissed = approved(a_dismissal(cast, at, who="successor"), at)
    with pytest.raises(WrongState):
        signed(dismissed, cast, at)


def test_in_the_browser_the_click_alone_is_not_enough(cast, at, case) -> None:
    browser, url = sign_in(cast.hr_manager), f"{case.url}agreement/"
    page = browser.get(url).content.decode()
    assert "双方签字日期" in page and 'enctype="multipart/form-data"' in page

    assert browser.post(url).status_code == 422
    bare = browser.post(url, {"signed_on": "2026-05-20"})
    assert bare.status_code == 422 and "请上传双方签字的协议扫描件" in bare.content.decode()
    sent = {"signed_on": "2026-05-20", "file": SimpleUploadedFile("协议.pdf", PDF)}
    assert browser.post(url, sent).status_code == 302

    page = browser.get(url).content.decode()
    assert "协议.pdf" in page and "撤销双方已签记录" in page
    assert browser.post(f"{url}taking-back/", {"reason": ""}).status_code == 422
    assert browser.post(f"{url}taking-back/", {"reason": "误传"}).status_code == 302
    assert browser.post(f"{url}taking-back/", {"reason": "误传"}).status_code == 409
    assert "B_NO_CONSENT" in stops(case, at)


def test_the_api_takes_the_same(cast, at, case) -> None:
    client, url = api_client(cast.hr_manager), f"/api/v1/cases/{case.pk}/agreement/"

    bare = client.post(url, {"signed_on": "2026-05-20"}, format="json", HTTP_IDEMPOTENCY_KEY="a")
    sent = {"signed_on": "2026-05-20", "file": SimpleUploadedFile("a.pdf", PDF)}
    done = client.post(url, sent, format="multipart", HTTP_IDEMPOTENCY_KEY="b")
    assert (bare.status_code, bare.json()["code"]) == (422, "B_AGREEMENT_PAPER")
    assert done.status_code == 200 and "take_back_agreement" in done.json()["actions"]

    back = client.post(f"{url}taking-back/", {"reason": "误记"}, format="json", HTTP_IDEMPOTENCY_KEY="c")
    row = case.evidence.get(paper="E_MUTUAL_AGREEMENT")
    assert back.status_code == 200 and row.set_aside_at is not None
    pointed = {"signed_on": "2026-05-20", "paper": str(row.pk)}
    again = client.post(url, pointed, format="json", HTTP_IDEMPOTENCY_KEY="d")
    assert (again.status_code, again.json()["code"]) == (422, "B_AGREEMENT_PAPER")


def test_the_page_says_when_both_signed_and_shows_what_was_set_aside(cast, at, case) -> None:
    browser = sign_in(cast.hr_manager)
    fresh = browser.get(f"{case.url}agreement/").content.decode()
    signed(case, cast, at)

    standing = browser.get(f"{case.url}agreement/").content.decode()
    head = browser.get(case.url).content.decode()
    ops.take_back_agreement(case=case, reason="扫描件是另一人的", by=cast.hr_manager, at=at + LATER)
    again = browser.get(f"{case.url}agreement/").content.decode()

    assert "选填" not in fresh
    assert "双方已于" in standing and "协议.pdf" in standing
    assert "已送达" not in head
    assert "双方已于" not in again and "协议.pdf" in again
