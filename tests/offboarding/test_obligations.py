"""What is still owed once an employment is over (decisions 5)."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.access.models import RoleGrant
from ehr.errors import Forbidden, Refused, WrongState
from ehr.identity.models import User
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, Obligation
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved, done, duties_of, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = date(2026, 6, 17)
DUTY = "offboarding.obligation"


@pytest.fixture
def left(cast, at) -> Case:
    """The employment is over; the handover never ended, so the case is open."""
    case = approved(a_resignation(cast, at), at)
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    case.refresh_from_db()
    return case


def duty(case: Case, kind: str) -> Obligation:
    return Obligation.objects.for_work().get(case=case, kind=kind)


def reviews_asked_of(user: User) -> list[Any]:
    return [row for row in duties_of(user, DUTY) if row.key == "contact_review"]


def test_they_begin_with_the_end_of_the_employment_not_of_the_case(left) -> None:
    assert left.state == "approved"
    kinds = set(left.obligations.values_list("kind", flat=True))
    assert kinds == {
        *("file_transfer", "unemployment_list", "housing_fund", "contact_review", "non_compete_decision"),
        *("retention", "wage_records", "arbitration_window"),
    }


def test_the_transfer_is_done_where_its_track_is(left, cast, at) -> None:
    assert duty(left, "file_transfer").url == f"/cases/{left.pk}/tracks/social_insurance/"
    with pytest.raises(WrongState):
        ops.finish_obligation(obligation=duty(left, "file_transfer"), note="已转", by=cast.hrbp, at=at)

    done(left, cast, at, "social_insurance")

    settled = duty(left, "file_transfer")
    assert (settled.outcome, settled.done_by) == ("done", cast.hrbp)


def test_a_transfer_done_early_is_no_second_duty(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)
    done(case, cast, at, "social_insurance")

    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))

    assert duty(case, "file_transfer").outcome == "done"


def test_a_review_is_asked_for_a_month_ahead_and_once(left, cast) -> None:
    review = duty(left, "contact_review")
    ops.keep_clock(at=on(review.ask_date - timedelta(days=1)))
    assert not reviews_asked_of(cast.hrbp)

    ops.keep_clock(at=on(review.ask_date))
    ops.keep_clock(at=on(review.ask_date + timedelta(days=1)))

    (asked,) = reviews_asked_of(cast.hrbp)
    assert (asked.due_at.date(), asked.key, asked.url) == (review.due_date, "contact_review", review.url)
    assert "周远航" in asked.title


def test_done_needs_a_paper_or_a_word(left, cast, at) -> None:
    review = duty(left, "contact_review")
    with pytest.raises(Refused):
        ops.finish_obligation(obligation=review, note=" ", by=cast.hrbp, at=at)
    assert duty(left, "contact_review").is_open

    paper = BytesIO(b"%PDF-1.7 a list")
    ops.add_obligation_proof(obligation=review, name="删除记录.pdf", size=15, content=paper, by=cast.hrbp, at=at)
    ops.finish_obligation(obligation=review, by=cast.hrbp, at=at)

    assert duty(left, "contact_review").outcome == "done"
    event = Event.objects.get(kind="offboarding.case.obligation_finished")
    assert (event.payload["obligation"], event.payload["outcome"]) == ("contact_review", "done")


def test_its_to_do_goes_with_it(left, cast) -> None:
    review = duty(left, "contact_review")
    ops.keep_clock(at=on(review.ask_date))

    ops.finish_obligation(obligation=review, note="已删除手机号", by=cast.hrbp, at=on(review.ask_date))

    assert not reviews_asked_of(cast.hrbp)


def test_of_two_who_say_it_one_did_it(left, cast, at) -> None:
    first, second = duty(left, "contact_review"), duty(left, "contact_review")
    ops.finish_obligation(obligation=first, note="已删除", by=cast.hrbp, at=at)

    with pytest.raises(WrongState):
        ops.finish_obligation(obligation=second, note="我来", by=cast.hr_manager, at=at)


def test_the_contract_text_is_kept_to_its_day_by_everybody(left, cast, at) -> None:
    with pytest.raises(WrongState):
        ops.finish_obligation(obligation=duty(left, "retention"), note="不用了", by=cast.hr_manager, at=at)

    until = duty(left, "retention").due_date
    ops.keep_clock(at=on(until))
    assert duty(left, "retention").is_open
    ops.keep_clock(at=on(until + timedelta(days=1)))
    assert (duty(left, "retention").outcome, duty(left, "retention").done_by) == ("over", None)


def test_others_do_not_settle_it(left, cast, at) -> None:
    for nobody in (cast.finance, cast.legal, cast.auditor, cast.leaver):
        with pytest.raises(Forbidden):
            ops.finish_obligation(obligation=duty(left, "contact_review"), note="好了", by=nobody, at=at)


def asking(case: Case, role: str) -> Obligation:
    row = Obligation.objects.create(
        case=case, kind="non_compete_pay", nth=1, due_date=LAST, role=role, article="LCL 23"
    )
    return Obligation.objects.for_work().get(pk=row.pk)


@pytest.mark.parametrize(
    ("role", "theirs"),
    [
        ("hrbp", {"hrbp", "hr_manager", "group_hr"}),
        ("finance", {"finance"}),
        ("hr_legal", {"legal"}),
    ],
)
def test_a_duty_is_done_by_those_it_asks(left, cast, at, role, theirs) -> None:
    row = asking(left, role)

    for name in ("hrbp", "hr_manager", "group_hr", "finance", "legal"):
        assert row.is_workable_by(getattr(cast, name)) is (name in theirs), name


def test_nobody_of_hr_says_that_finance_paid(left, cast, at) -> None:
    row, form = asking(left, "finance"), {"action": "done", "note": "已付"}

    for name in ("hr_manager", "hrbp", "legal"):
        browser = sign_in(getattr(cast, name))
        assert 'value="done"' not in browser.get(row.url).content.decode()
        assert browser.post(row.url, form).status_code == 403

    payer = sign_in(cast.finance)
    assert 'value="done"' in payer.get(row.url).content.decode()
    assert payer.post(row.url, form).status_code == 302


def test_a_role_held_elsewhere_does_not_do_it(left, cast, at) -> None:
    """HR here and finance of another company: two roles, and neither is finance here."""
    RoleGrant.objects.create(user=cast.hrbp, role="finance", unit=cast.unit["supply"])

    assert not asking(left, "finance").is_workable_by(User.objects.get(pk=cast.hrbp.pk))


def test_what_is_settled_takes_no_paper_and_offers_no_form(left, cast, at) -> None:
    review = duty(left, "contact_review")
    ops.finish_obligation(obligation=review, note="已删除", by=cast.hrbp, at=at)
    browser = sign_in(cast.hrbp)

    with pytest.raises(WrongState):
        ops.add_obligation_proof(
            obligation=review, name="补.pdf", size=9, content=BytesIO(b"%PDF-1.7 "), by=cast.hrbp, at=at
        )

    assert 'value="add"' not in browser.get(review.url).content.decode()
    answer = browser.post(review.url, {"action": "add", "file": SimpleUploadedFile("补.pdf", b"%PDF-1.7 x")})
    assert (answer.status_code, review.files.count()) == (409, 0)
    assert "这一项已经完成" in answer.content.decode()


def test_what_its_track_does_takes_its_papers_there(left, cast, at) -> None:
    with pytest.raises(WrongState):
        ops.add_obligation_proof(
            obligation=duty(left, "file_transfer"),
            name="回执.pdf",
            size=9,
            content=BytesIO(b"%PDF-1.7 "),
            by=cast.hrbp,
            at=at,
        )


def test_a_track_given_back_opens_its_duty_again(left, cast, at) -> None:
    done(left, cast, at, "social_insurance")
    track = left.tracks.select_related("case__employment__person", "case__unit").get(kind="social_insurance")

    ops.return_track(track=track, note="回执是别人的", by=cast.hr_manager, at=at)

    again = duty(left, "file_transfer")
    assert (again.is_open, again.done_by, again.outcome) == (True, None, "")
    assert Event.objects.filter(kind="offboarding.case.obligation_reopened").count() == 1
    done(left, cast, at, "social_insurance")
    assert duty(left, "file_transfer").outcome == "done"


def test_the_page_says_what_is_owed_until_when(left, cast) -> None:
    page = sign_in(cast.hrbp).get(f"/cases/{left.pk}/after/").content.decode()

    assert "2028-06-17" in page and "2027-06-17" in page and "2026-07-02" in page
    assert f"/cases/{left.pk}/after/" in sign_in(cast.hrbp).get(left.url).content.decode()


def test_it_is_settled_in_the_browser(left, cast) -> None:
    review = duty(left, "contact_review")
    browser = sign_in(cast.hrbp)
    assert browser.post(review.url, {"action": "done", "note": ""}).status_code == 422

    answer = browser.post(review.url, {"action": "done", "note": "邮箱已删, 手机号留到竞业结束"})

    assert answer.status_code == 302
    assert duty(left, "contact_review").note == "邮箱已删, 手机号留到竞业结束"


def test_the_list_shows_who_is_owed_what_the_soonest_first(left, cast) -> None:
    page = sign_in(cast.hrbp).get("/obligations/").content.decode()

    assert page.index("2026-07-02") < page.index("2027-06-17") < page.index("2028-06-17")
    assert "周远航" in page
    assert "周远航" not in sign_in(cast.finance).get("/obligations/").content.decode()


def test_of_those_laid_off_the_list_asks_for_the_employer(left, cast) -> None:
    employer = cast.employment["leaver"].employer
    Obligation.objects.create(
        case=left, kind="rehire_priority", due_date=LAST + timedelta(days=180), role="hrbp", article="LCL 41"
    )
    browser = sign_in(cast.hrbp)

    mine = browser.get(f"/obligations/?view=rehire_priority&entity={employer.code}").content.decode()
    other = browser.get("/obligations/?view=rehire_priority&entity=NONE").content.decode()

    assert "周远航" in mine and employer.name in mine
    assert "周远航" not in other


def test_the_late_ones_are_a_list_of_their_own(left, cast, monkeypatch) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2026, 7, 3)))

    page = sign_in(cast.hrbp).get("/obligations/?view=late").content.decode()

    assert "2026-07-02" in page and "2028-06-17" not in page


def test_the_list_costs_the_same_for_three_and_for_three_hundred(left, cast, django_assert_max_num_queries) -> None:
    rows = [Obligation(case=left, kind="contact_review", nth=nth, due_date=LAST, role="hrbp") for nth in range(1, 60)]
    Obligation.objects.bulk_create(rows)
    browser = sign_in(cast.hrbp)
    browser.get("/obligations/")

    with django_assert_max_num_queries(12):
        page = browser.get("/obligations/")

    assert "cursor=" in page.content.decode()


def test_the_same_over_the_api(left, cast) -> None:
    client = api_client(cast.hrbp, HTTP_IDEMPOTENCY_KEY="one")
    listed = client.get("/api/v1/obligations/?kind=contact_review").json()["results"]
    review = duty(left, "contact_review")
    assert [row["id"] for row in listed] == [str(review.pk)]

    answer = client.post(f"/api/v1/cases/{left.pk}/obligations/{review.pk}/", {"note": "已删除"}, format="json")

    assert (answer.status_code, answer.json()["outcome"]) == (200, "done")
