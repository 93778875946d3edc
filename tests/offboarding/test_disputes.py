"""Disputes after an exit (capability C77)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ehr.errors import Forbidden, Refused
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, Dispute
from offboarding.queries import disputes as queries
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved, duties_of, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = date(2026, 6, 17)
FILED = date(2026, 7, 1)
NOW = on(date(2026, 7, 6))
DUTY = "offboarding.obligation"


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: NOW)


@pytest.fixture
def left(cast, at) -> Case:
    case = approved(a_resignation(cast, at), at)
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    return Case.objects.for_page().get(pk=case.pk)


def facts(**said: Any) -> ops.DisputeFacts:
    known = {"about": "severance", "body": "arbitration", "filed_date": FILED, "claim": Decimal("88000.50")}
    return ops.DisputeFacts(**{**known, **said})


def recorded(case: Case, cast: Any, **said: Any) -> Dispute:
    row = ops.record_dispute(case=case, facts=facts(**said), by=cast.legal, at=NOW)
    row.case = case
    return row


def follow(row: Dispute, cast: Any, at: Any = NOW, **said: Any) -> None:
    """As somebody who just opened it."""
    ops.follow_dispute(dispute=row, edition=row.edition, said=said, by=cast.legal, at=at)


def days_of(case: Case) -> dict[str, tuple[date, str]]:
    rows = case.obligations.filter(kind__startswith="dispute")
    return {row.kind: (row.due_date, row.outcome) for row in rows}


def test_a_claim_received_is_answered_within_ten_days(left, cast) -> None:
    recorded(left, cast, received_date=date(2026, 7, 3))

    assert days_of(left) == {"dispute_defence": (date(2026, 7, 13), "")}
    (asked,) = duties_of(cast.legal, DUTY)
    assert (asked.key, asked.due_at.date()) == ("dispute_defence:1", date(2026, 7, 13))


def test_a_hearing_put_off_moves_its_duty(left, cast) -> None:
    row = recorded(left, cast, hearing_date=date(2026, 8, 3))

    follow(row, cast, hearing_date=date(2026, 8, 24))

    assert days_of(left) == {"dispute_hearing": (date(2026, 8, 24), "")}
    assert [asked.due_at.date() for asked in duties_of(cast.legal, DUTY)] == [date(2026, 8, 24)]


def test_an_award_opens_fifteen_days_and_ends_the_rest(left, cast) -> None:
    row = recorded(left, cast, received_date=date(2026, 7, 3), hearing_date=date(2026, 7, 20))

    follow(row, cast, on(date(2026, 8, 10)), decided_date=date(2026, 8, 7))

    assert days_of(left) == {
        "dispute_defence": (date(2026, 7, 13), "cancelled"),
        "dispute_hearing": (date(2026, 7, 20), "cancelled"),
        "dispute_sue": (date(2026, 8, 22), ""),
    }


def test_a_day_wanted_again_is_opened_and_asked_for_again(left, cast) -> None:
    row = recorded(left, cast, hearing_date=date(2026, 8, 3))
    follow(row, cast, outcome="withdrawn")
    assert not duties_of(cast.legal, DUTY)

    follow(row, cast, outcome="")

    assert days_of(left) == {"dispute_hearing": (date(2026, 8, 3), "")}
    assert [asked.key for asked in duties_of(cast.legal, DUTY)] == ["dispute_hearing:1"]
    assert Event.objects.filter(kind="offboarding.case.obligation_reopened").count() == 1


def test_a_hearing_held_opens_again_for_another_day_only(left, cast) -> None:
    row = recorded(left, cast, hearing_date=date(2026, 7, 5))
    held = left.obligations.for_work().get(kind="dispute_hearing")
    ops.finish_obligation(obligation=held, note="已开庭", by=cast.legal, at=NOW)

    follow(row, cast, hearing_date=date(2026, 7, 5))
    assert days_of(left) == {"dispute_hearing": (date(2026, 7, 5), "done")}
    follow(row, cast, hearing_date=date(2026, 9, 1))

    assert days_of(left) == {"dispute_hearing": (date(2026, 9, 1), "")}
    assert [asked.due_at.date() for asked in duties_of(cast.legal, DUTY)] == [date(2026, 9, 1)]


def test_an_award_found_to_be_final_changes_day_and_article(left, cast) -> None:
    row = recorded(left, cast, decided_date=date(2026, 7, 5))

    follow(row, cast, is_final=True)

    duty = left.obligations.get(kind="dispute_sue")
    assert (duty.due_date, duty.article) == (date(2026, 8, 4), "调解仲裁法 47, 49")


@pytest.mark.parametrize("outcome", ["won", "partly", "lost"])
def test_a_decision_says_when_it_was_received(left, cast, outcome) -> None:
    row = recorded(left, cast)

    with pytest.raises(Refused) as refusal:
        follow(row, cast, outcome=outcome)

    assert (refusal.value.code, refusal.value.field) == ("B_DISPUTE_DATE", "decided_date")


def test_settled_leaves_no_day_open(left, cast) -> None:
    row = recorded(left, cast, hearing_date=date(2026, 8, 3))

    follow(row, cast, outcome="settled", awarded=Decimal(30000))

    assert not left.obligations.running().filter(kind__startswith="dispute").exists()
    assert not duties_of(cast.legal, DUTY)


def test_a_second_round_has_days_of_its_own(left, cast) -> None:
    recorded(left, cast, hearing_date=date(2026, 8, 3))
    recorded(left, cast, body="court_first", hearing_date=date(2026, 9, 3))

    hearings = left.obligations.filter(kind="dispute_hearing").order_by("nth")
    assert [(row.nth, row.due_date) for row in hearings] == [(1, date(2026, 8, 3)), (2, date(2026, 9, 3))]


def test_days_out_of_order_are_refused_beside_their_field(left, cast) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(left, cast, decided_date=FILED - timedelta(days=1))

    assert refusal.value.field == "decided_date"
    assert not Dispute.objects.exists()


def test_an_event_says_which_dispute_it_is_about_and_nothing_of_it(left, cast) -> None:
    row = recorded(left, cast)
    follow(row, cast, outcome="settled", awarded=Decimal(30000))

    told = Event.objects.filter(kind__startswith="offboarding.case.dispute_")
    assert [(event.payload["dispute_id"], event.payload["nth"]) for event in told] == [(str(row.pk), 1)] * 2
    said = " ".join(str(event.payload) for event in Event.objects.filter(subject=left.ref))
    assert not [word for word in ("88000", "30000", "severance", "arbitration", "settled") if word in said]


def test_nobody_records_their_own(left, cast) -> None:
    with pytest.raises(Forbidden):
        ops.record_dispute(case=left, facts=facts(), by=cast.leaver, at=NOW)


def test_it_is_recorded_and_followed_in_the_browser(left, cast) -> None:
    browser = sign_in(cast.legal)
    form = {"about": "wages", "body": "arbitration", "filed_date": "2026-07-01", "claim": "1200.00"}

    assert browser.post(f"/cases/{left.pk}/disputes/", {}).status_code == 422
    assert browser.post(f"/cases/{left.pk}/disputes/", form).status_code == 302
    row = Dispute.objects.get()
    form |= {"edition": 1}
    assert browser.post(row.url, form | {"outcome": "won"}).status_code == 422
    decided = form | {"outcome": "won", "decided_date": "2026-07-05"}
    assert browser.post(row.url, decided).status_code == 302

    row.refresh_from_db()
    assert (row.outcome, row.claim) == ("won", "1200.00")
    page = browser.get(f"/cases/{left.pk}/after/").content.decode()
    assert "1,200.00" in page and row.url in page


def test_who_only_handles_the_exit_sees_its_days_but_not_the_claim(left, cast) -> None:
    row = recorded(left, cast, hearing_date=date(2026, 8, 3))

    page = sign_in(cast.hrbp).get(f"/cases/{left.pk}/after/").content.decode()

    assert "2026-08-03" in page and "88,000.50" not in page
    assert sign_in(cast.hrbp).get(row.url).status_code == 403


def test_the_register_counts_disputes_per_hundred_exits(left, cast, at) -> None:
    recorded(left, cast)

    page = sign_in(cast.legal).get("/disputes/")

    register = page.context["page"]
    assert (register.whole.exits, register.whole.disputes, register.whole.per_hundred) == (1, 1, Decimal("100.0"))
    assert "88,000.50" in page.content.decode()
    assert [rate.disputes for rate in register.by_unit] == [1]


def test_an_exit_with_two_rounds_is_one_disputed_exit(left, cast) -> None:
    recorded(left, cast)
    recorded(left, cast, body="court_first")

    register = sign_in(cast.legal).get("/disputes/").context["page"]

    assert (register.whole.disputes, register.whole.per_hundred) == (1, Decimal("100.0"))
    assert [(rate.label, rate.disputes) for rate in register.by_unit] == [(left.unit.name, 1)]


def of_somebody_in(cast: Any, at: Any, who: str) -> Case:
    """An exit that is over and led to a dispute."""
    case = approved(a_resignation(cast, at, who=who), at)
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    case = Case.objects.for_page().get(pk=case.pk)
    ops.record_dispute(case=case, facts=facts(), by=cast.group_hr, at=NOW)
    return case


def test_the_rate_is_of_the_exits_in_reach(left, cast, at) -> None:
    of_somebody_in(cast, at, "stranger")

    near, whole = (
        queries.register(user, state="", cursor="", today=NOW.date()) for user in (cast.hr_manager, cast.legal)
    )

    assert (near.whole.exits, near.whole.disputes, near.whole.per_hundred) == (1, 0, Decimal("0.0"))
    assert [rate.label for rate in near.by_unit] == [left.unit.name]
    assert (whole.whole.exits, whole.whole.disputes, whole.whole.per_hundred) == (2, 1, Decimal("50.0"))


def test_nobody_reads_of_their_own_dispute_in_the_rate(left, cast, at) -> None:
    of_somebody_in(cast, at, "hr_manager")

    own, others = (
        queries.register(user, state="", cursor="", today=NOW.date()) for user in (cast.hr_manager, cast.legal)
    )

    assert (own.whole.exits, own.whole.disputes) == (1, 0)
    assert (others.whole.exits, others.whole.disputes) == (2, 1)


@pytest.mark.parametrize(
    ("is_final", "shows"),
    [
        (False, ["双方均可：向人民法院起诉"]),
        (True, ["用人单位：向仲裁委员会所在地的中级人民法院申请撤销裁决", "劳动者：向人民法院起诉", "2026-08-04"]),
    ],
)
def test_the_page_says_who_can_do_what_until_when(left, cast, is_final, shows) -> None:
    row = recorded(left, cast, decided_date=date(2026, 7, 5), is_final=is_final, outcome="lost")

    page = sign_in(cast.legal).get(row.url).content.decode()

    assert all(words in page for words in [*shows, "2026-07-20", "《劳动争议调解仲裁法》第"])
    follow(row, cast, outcome="settled")
    assert shows[0] not in sign_in(cast.legal).get(row.url).content.decode()


def test_what_ended_more_than_a_year_ago_no_longer_counts(left, cast) -> None:
    recorded(left, cast)
    over = date(2025, 7, 5)
    Case.objects.filter(pk=left.pk).update(last_working_date=over, termination_date=over)

    assert sign_in(cast.legal).get("/disputes/").context["page"].whole.exits == 0


def test_the_register_costs_the_same_however_long_it_is(left, cast, django_assert_max_num_queries) -> None:
    for _nth in range(6):
        recorded(left, cast)
    browser = sign_in(cast.legal)
    browser.get("/disputes/")

    with django_assert_max_num_queries(12):
        browser.get("/disputes/")


def test_the_same_over_the_api(left, cast) -> None:
    client = api_client(cast.legal, HTTP_IDEMPOTENCY_KEY="one")
    said = {"about": "severance", "body": "arbitration", "filed_date": "2026-07-01", "claim": "500.00"}

    made = client.post(f"/api/v1/cases/{left.pk}/disputes/", said, format="json")

    assert (made.status_code, made.json()["nth"]) == (201, 1)
    assert client.get("/api/v1/disputes/").json()["results"][0]["claim"] == "500.00"
    assert client.get("/api/v1/disputes/rates/").json()["whole"]["per_hundred"] == "100.0"


def test_an_award_that_is_set_aside_opens_the_way_to_court_for_both(left, cast) -> None:
    """Art. 49: the employer asked within thirty days, the ruling came, and from its receipt run fifteen."""
    row = recorded(left, cast, body="set_aside")
    assert days_of(left) == {}

    follow(row, cast, outcome="annulled", decided_date=date(2026, 7, 5))

    assert days_of(left) == {"dispute_sue": (date(2026, 7, 20), "")}
    page = sign_in(cast.legal).get(row.url).content.decode()
    assert "2026-07-20" in page and "第49条" in page
    steps = api_client(cast.legal).get(f"/api/v1/cases/{left.pk}/disputes/{row.nth}/").json()["next_steps"]
    assert steps == [{"side": "either", "way": "sue", "until": "2026-07-20", "article": "调解仲裁法 49"}]


def test_where_the_award_stands_nothing_is_left_to_do(left, cast) -> None:
    recorded(left, cast, body="set_aside", outcome="upheld", decided_date=date(2026, 7, 5))

    assert days_of(left) == {}


@pytest.mark.parametrize(("body", "outcome"), [("set_aside", "won"), ("arbitration", "annulled")])
def test_an_outcome_of_another_body_is_refused(left, cast, body, outcome) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(left, cast, body=body, outcome=outcome, decided_date=date(2026, 7, 5))

    assert (refusal.value.code, refusal.value.field) == ("B_DISPUTE_OUTCOME", "outcome")


def kept(case: Case) -> Any:
    return case.obligations.get(kind="retention")


def test_an_open_dispute_holds_the_contract_text_beyond_its_day(left, cast) -> None:
    row = recorded(left, cast)
    long_after = on(kept(left).due_date + timedelta(days=40))

    ops.keep_clock(at=long_after)
    assert (kept(left).done_at, kept(left).is_held) == (None, True)
    assert "争议期间继续保留" in sign_in(cast.legal).get(kept(left).url).content.decode()

    follow(row, cast, long_after, outcome="settled")
    assert (kept(left).outcome, kept(left).is_held) == ("over", False)


def test_before_its_day_the_end_of_a_dispute_ends_nothing(left, cast) -> None:
    row = recorded(left, cast)

    follow(row, cast, outcome="withdrawn")

    assert kept(left).is_open


def test_an_award_that_may_still_be_gone_on_from_holds_it_too(left, cast) -> None:
    until = kept(left).due_date
    row = recorded(left, cast)
    follow(row, cast, on(until), outcome="lost", decided_date=until)

    ops.keep_clock(at=on(until + timedelta(days=1)))
    assert kept(left).is_open

    left.obligations.filter(kind="dispute_sue").update(done_at=on(until), outcome="done")
    ops.keep_clock(at=on(until + timedelta(days=2)))
    assert kept(left).outcome == "over"
