"""What the law ends by itself: only a paper shows that it came about (LCL 44(2) to (5); REG 18, 19)."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from ehr.documents import Document
from ehr.errors import Refused, WrongState
from ehr.notices.models import Notice
from handover.models import Handover
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.kinds import Starter
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import add_paper, approved, decide, duties_of, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAPER = {
    "LCL44_2": "E_PENSION_PROOF",
    "LCL44_3": "E_DEATH_CERTIFICATE",
    "LCL44_4": "E_BANKRUPTCY_RULING",
    "LCL44_5": "E_DISSOLUTION",
}
each = pytest.mark.parametrize("ground", PAPER)


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def an_ending(cast: Any, at: Any, ground: str, **fields: Any) -> Case:
    said = {
        "kind": "retirement" if ground == "LCL44_2" else "other_ending",
        "reason": "依法终止",
        "requested_last_working_date": at.date() + timedelta(days=0 if ground == "LCL44_3" else 5),
        "by": cast.hrbp,
    } | fields
    return ops.request_ending(employment=cast.employment["leaver"], ground=ground, starter=Starter.HR, at=at, **said)


@each
def test_nobody_sends_it_without_its_paper(cast, at, ground) -> None:
    case = an_ending(cast, at, ground)

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.hrbp, at=at)
    item = ground[-1]
    assert refusal.value.code == f"B_MISSING_EVIDENCE:{PAPER[ground]}"
    assert refusal.value.article == f"LCL 44({item}), JI1 44"

    add_paper(case, PAPER[ground], at=at, dated=at.date() - timedelta(days=1))
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    assert case.state == "in_approval"


def test_browser_and_api_are_refused_alike(cast, at) -> None:
    case = an_ending(cast, at, "LCL44_5")

    shown = sign_in(cast.hrbp).get(f"{case.url}wizard/evidence/").content.decode()
    page = sign_in(cast.hrbp).post(f"{case.url}submission/")
    answer = api_client(cast.hrbp).post(f"/api/v1/cases/{case.pk}/submission/", HTTP_IDEMPOTENCY_KEY="a")

    assert "吊销营业执照、责令关闭、撤销或提前解散的决定" in shown
    assert page.status_code == 422 and "E_DISSOLUTION" in answer.json()["code"]
    case.refresh_from_db()
    assert case.state == "draft"


@each
def test_with_its_paper_it_takes_effect_by_its_day(cast, at, ground) -> None:
    case = an_ending(cast, at, ground)
    add_paper(case, PAPER[ground], at=at, dated=at.date())
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    approved(case, at)

    fresh = Case.objects.for_page().get(pk=case.pk)

    assert ops.end_employment(fresh, at=on(case.termination_date + timedelta(days=1)))


def died(cast: Any, at: Any, day: Any, **fields: Any) -> Case:
    case = an_ending(cast, at, "LCL44_3", requested_last_working_date=day, **fields)
    add_paper(case, "E_DEATH_CERTIFICATE", at=at, dated=at.date())
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    return approved(case, at)


def test_the_day_of_a_death_has_passed_when_it_is_filed(cast, at) -> None:
    day = at.date() - timedelta(days=3)

    case = died(cast, at, day)

    assert case.termination_date == day
    assert ops.end_employment(Case.objects.for_page().get(pk=case.pk), at=at)


@pytest.mark.parametrize(
    ("ground", "shift", "code"),
    [
        ("LCL44_3", 1, "B_FUTURE_DATE"),
        ("LCL44_3", -20_000, "B_LAST_DAY_BEFORE_FILING"),
        ("LCL44_2", -1, "B_LAST_DAY_BEFORE_FILING"),
    ],
)
def test_but_nobody_files_what_has_not_happened(cast, at, ground, shift, code) -> None:
    with pytest.raises(Refused) as refusal:
        an_ending(cast, at, ground, requested_last_working_date=at.date() + timedelta(days=shift))

    assert refusal.value.code == code


def test_nothing_is_sent_to_whoever_has_died_and_legal_hears_of_it_at_once(cast, at) -> None:
    case = died(cast, at, at.date() - timedelta(days=3))

    told = Notice.objects.filter(kind="offboarding.death")
    assert {notice.user for notice in told} == {cast.legal}
    assert not Notice.objects.filter(user=cast.leaver).exists()
    assert duties_of(cast.leaver) == []
    page = sign_in(cast.finance).get(f"{case.url}settlement/").content.decode()
    assert "款项付至遗产" in page


def test_the_account_is_closed_with_the_request_and_opens_for_nobody_afterwards(cast, at) -> None:
    session = sign_in(cast.leaver)
    assert session.get("/me/").status_code == 200

    case = died(cast, at, at.date() - timedelta(days=3))

    assert session.get("/me/").status_code == 302
    ops.end_employment(Case.objects.for_page().get(pk=case.pk), at=at)
    cast.leaver.refresh_from_db()
    assert not cast.leaver.has_full_access and not cast.leaver.may_use_door(at + timedelta(days=1))


@pytest.mark.parametrize("was_locked", [False, True])
def test_a_death_reported_by_mistake_opens_again_what_it_locked_and_nothing_else(cast, at, was_locked) -> None:
    if was_locked:
        cast.leaver.lock(by=cast.admin, at=at - timedelta(days=1))
        cast.employment["leaver"].refresh_from_db()
    case = died(cast, at, at.date())
    cast.leaver.refresh_from_db()
    assert not cast.leaver.is_active

    ops.withdraw(case=Case.objects.for_page().get(pk=case.pk), reason="误报", by=cast.hrbp, at=at)

    cast.leaver.refresh_from_db()
    assert cast.leaver.is_active is not was_locked


def test_a_death_that_is_rejected_locks_nobody_out(cast, at) -> None:
    case = an_ending(cast, at, "LCL44_3")
    add_paper(case, "E_DEATH_CERTIFICATE", at=at, dated=at.date())
    ops.submit_case(case=case, by=cast.hrbp, at=at)

    decide(Case.objects.for_page().get(pk=case.pk), at, "reject", comment="证明不是本人的")

    cast.leaver.refresh_from_db()
    assert cast.leaver.is_active


def test_nothing_is_late_on_the_day_on_which_a_past_death_is_decided(cast, at) -> None:
    case = died(cast, at, at.date() - timedelta(days=3))

    assert all(track.due_at > at for track in case.tracks.all())


def test_the_employment_is_over_at_once_and_what_is_owed_still_keeps_the_case_open(cast, at) -> None:
    case = died(cast, at, at.date() - timedelta(days=3))

    ops.keep_clock(at=at)

    case.refresh_from_db()
    assert case.employment_ended_at and case.state == "approved"
    assert {track.kind for track in case.tracks.blocking_close_of(case)} == {
        "settlement", "accounts", "assets", "documents",
    }  # fmt: skip
    assert Document.objects.for_subject(case.ref).filter(kind="certificate").exists()


def test_nobody_decides_on_a_non_compete_of_whoever_has_died(cast, at) -> None:
    case = died(cast, at, at.date())

    with pytest.raises(WrongState):
        ops.note_no_clause(case=case, by=cast.legal, at=at)


def test_the_work_still_passes_from_whoever_has_died(cast, at) -> None:
    case = died(cast, at, at.date())

    handover = Handover.objects.get(origin=case.ref)
    assert handover.leaver == cast.leaver and handover.filler is None


def test_the_certificate_is_issued_and_the_survivors_are_thought_of(cast, at) -> None:
    day = at.date() - timedelta(days=3)
    case = died(cast, at, day)

    assert ops.issue_certificate(Case.objects.for_page().get(pk=case.pk), at=at)
    assert ops.end_employment(Case.objects.for_page().get(pk=case.pk), at=at)

    paper = Document.objects.for_subject(case.ref).get(kind="certificate")
    assert paper.context["ending"] == "终止" and paper.context["end_date"] == day.isoformat()
    owed = case.obligations.get(kind="survivors")
    assert owed.due_date == day + timedelta(days=30) and owed.asked_at == at


@pytest.mark.parametrize(("is_of_death", "signs"), [(True, "继承人领取"), (False, "本人确认")])
def test_the_estate_signs_the_sheet_of_whoever_has_died(is_of_death, signs) -> None:
    facts = {"is_of_death": is_of_death, "bilingual": False}

    assert signs in render_to_string("offboarding/documents/_settlement_signatures.html", facts)


def test_whoever_knew_of_an_exit_that_is_rejected_stays_and_hears_of_it(cast, at) -> None:
    case = an_ending(cast, at, "LCL44_5")
    add_paper(case, "E_DISSOLUTION", at=at, dated=at.date())
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    post = case.employment
    assert post.status == "leaving"

    decide(case, at, "reject", comment="决议未生效")

    post.refresh_from_db(fields=["status"])
    assert post.status == "active"
    assert Notice.objects.filter(user=cast.leaver, kind="offboarding.stopped").count() == 1
