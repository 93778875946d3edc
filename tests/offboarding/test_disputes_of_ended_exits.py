"""A dispute has a life of its own: it goes on whatever becomes of the exit."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ehr.deadlines.models import Deadline
from ehr.errors import WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, Dispute, Obligation
from offboarding.operations.after_exit import open_after_exit
from offboarding.operations.withdrawing import drop
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal_draft, a_resignation, approved, duties_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUTY = "offboarding.obligation"
FILED, HEARING = date(2026, 5, 18), date(2026, 6, 8)
FACTS = ops.DisputeFacts(about="wages", body="arbitration", filed_date=FILED, received_date=FILED, hearing_date=HEARING)


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def disputed(cast, at) -> Dispute:
    case = approved(a_resignation(cast, at), at)
    return ops.record_dispute(case=case, facts=FACTS, by=cast.legal, at=at)


def taken_back(row: Dispute, cast: Any, at: Any) -> Dispute:
    ops.withdraw(case=row.case, by=cast.leaver, at=at)
    ops.answer_withdrawal(case=row.case, agree=True, by=cast.hrbp, at=at)
    return again(row)


def again(row: Dispute) -> Dispute:
    found = Dispute.objects.get(pk=row.pk)
    found.case = Case.objects.for_page().get(pk=row.case_id)
    return found


def open_days(row: Dispute) -> dict[str, date]:
    rows = row.case.obligations.running().filter(kind__startswith="dispute")
    return {duty.kind: duty.due_date for duty in rows}


def test_it_keeps_its_days_when_the_exit_is_withdrawn(disputed, cast, at) -> None:
    asked = {duty.pk for duty in duties_of(cast.legal, DUTY)}

    row = taken_back(disputed, cast, at)

    assert row.case.state == "withdrawn"
    assert open_days(row) == {"dispute_defence": date(2026, 5, 28), "dispute_hearing": HEARING}
    assert {duty.pk for duty in duties_of(cast.legal, DUTY)} == asked and len(asked) == 2
    assert not Deadline.objects.still_open().filter(subject=row.case.ref).exclude(pk__in=asked).exists()


def test_everything_else_that_was_owed_falls_away_and_is_said_once(disputed, cast, at) -> None:
    open_after_exit(disputed.case, at=at)
    others = set(disputed.case.obligations.exclude(kind__startswith="dispute").values_list("pk", flat=True))

    row = taken_back(disputed, cast, at)

    assert set(row.case.obligations.filter(outcome="cancelled").values_list("pk", flat=True)) == others
    said = Event.objects.filter(kind="offboarding.case.obligation_cancelled", subject=row.case.ref)
    assert Counter(event.payload["obligation_id"] for event in said) == {str(pk): 1 for pk in others}
    closed = Event.objects.filter(kind="deadlines.deadline.closed", subject=row.case.ref)
    assert set(Counter(event.payload["deadline_id"] for event in closed).values()) == {1}


def test_the_same_where_another_case_ended_the_employment(disputed, cast, at) -> None:
    drop(disputed.case, at=at)

    assert len(open_days(again(disputed))) == len(duties_of(cast.legal, DUTY)) == 2


def test_of_a_withdrawn_exit_it_is_followed_worked_on_and_finished(disputed, cast, at) -> None:
    row = taken_back(disputed, cast, at)

    ops.follow_dispute(dispute=row, edition=1, said={"hearing_date": date(2026, 6, 15)}, by=cast.legal, at=at)
    answer = Obligation.objects.for_work().get(case=row.case, kind="dispute_defence")
    ops.finish_obligation(obligation=answer, note="答辩书已交", by=cast.legal, at=at)
    assert open_days(row) == {"dispute_hearing": date(2026, 6, 15)}
    ops.follow_dispute(dispute=row, edition=2, said={"outcome": "settled"}, by=cast.legal, at=at)

    assert not open_days(row) and not duties_of(cast.legal, DUTY)


def test_of_an_exit_that_was_withdrawn_before_one_is_recorded(cast, at) -> None:
    case = a_resignation(cast, at)
    assert ops.withdraw(case=case, by=cast.leaver, at=at)

    ops.record_dispute(case=case, facts=FACTS, by=cast.legal, at=at)

    assert len(duties_of(cast.legal, DUTY)) == 2


def test_of_a_draft_there_is_none(cast, at) -> None:
    draft = a_dismissal_draft(cast, at)

    with pytest.raises(WrongState):
        ops.record_dispute(case=draft, facts=FACTS, by=cast.legal, at=at)


def test_other_duties_of_a_withdrawn_exit_are_not_worked_on(disputed, cast, at) -> None:
    open_after_exit(disputed.case, at=at)
    row = taken_back(disputed, cast, at)
    review = Obligation.objects.for_work().get(case=row.case, kind="contact_review")

    with pytest.raises(WrongState):
        ops.finish_obligation(obligation=review, note="已删", by=cast.hrbp, at=at)


def test_in_the_browser_one_gets_there_from_the_case_and_records_another(disputed, cast, at) -> None:
    row, browser = taken_back(disputed, cast, at), sign_in(cast.legal)

    assert f"{row.case.url}after/" in browser.get(row.case.url).content.decode()
    page = browser.get(f"{row.case.url}after/").content.decode()
    assert row.url in page and f"{row.case.url}disputes/" in page
    assert f"{row.case.url}non-compete/" not in page and "劳动关系终止于" not in page
    form = {"about": "leave", "body": "mediation", "filed_date": "2026-05-18"}
    assert browser.post(f"{row.case.url}disputes/", form).status_code == 302
    assert row.case.disputes.count() == 2


def test_over_the_api_too(disputed, cast, at) -> None:
    row = taken_back(disputed, cast, at)
    path = f"/api/v1/cases/{row.case_id}/disputes/1/"

    answer = api_client(cast.legal).post(
        path, {"edition": 1, "outcome": "withdrawn"}, format="json", HTTP_IDEMPOTENCY_KEY="a"
    )

    assert (answer.status_code, answer.json()["outcome"]) == (200, "withdrawn")


def test_who_does_not_see_disputes_gets_no_link_there_once_it_is_withdrawn(disputed, cast, at) -> None:
    row = taken_back(disputed, cast, at)

    assert "/after/" not in sign_in(cast.hrbp).get(row.case.url).content.decode()


def test_the_rate_counts_exits_that_came_about(disputed, cast, at) -> None:
    taken_back(disputed, cast, at)

    whole = sign_in(cast.legal).get("/disputes/").context["page"].whole

    assert (whole.exits, whole.disputes, whole.per_hundred) == (0, 0, None)
