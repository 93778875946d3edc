"""The nightly scoring on real rows: everybody active, once a day, off until the note is written, HR alone."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analytics.models import Alert, RiskScore, Scoring
from analytics.operations import score_everybody
from ehr.errors import Refused, WrongState
from ehr.identity.models import User
from ehr.record.models import Event
from performance.models import AttendanceMonth, MonthlyResult

pytestmark = pytest.mark.slow

ON = date(2026, 5, 18)


@pytest.fixture
def scoring_on(cast, at):
    Scoring.current().switch(on=True, threshold=50, impact_note="业绩与事假，仅 HR 可见。", by=cast.group_hr, at=at)


def _results(employment, ratios, at):
    months = [date(2026, 5 - back, 1) for back in range(len(ratios), 0, -1)]
    for month, ratio in zip(months, ratios, strict=True):
        MonthlyResult.objects.create(
            employment=employment,
            month=month,
            target_ratio=Decimal(ratio),
            source="t",
            source_id=f"{employment.pk}{month}",
            received_at=at,
        )


def _leaves(employment, days_by_month, at):
    for month, days in days_by_month.items():
        AttendanceMonth.objects.create(
            employment=employment,
            month=date(2026, month, 1),
            leave_days=days,
            source="t",
            source_id=f"{employment.pk}{month}",
            received_at=at,
        )


def test_it_is_off_until_the_impact_note_is_written(cast, at):
    with pytest.raises(Refused):
        score_everybody(on=ON, at=at)
    with pytest.raises(Refused) as refusal:
        Scoring.current().switch(on=True, threshold=80, impact_note=" ", by=cast.group_hr, at=at)
    assert refusal.value.code == "impact_note_missing"


def test_it_scores_everybody_active_once_a_day(cast, scoring_on, at):
    first = score_everybody(on=ON, at=at)
    second = score_everybody(on=ON, at=at)

    assert first.scored == second.scored == RiskScore.objects.count() > 10


def test_two_months_under_target_raise_one_alert_with_the_reason(cast, scoring_on, at):
    _results(cast.employment["leaver"], ["0.75", "0.70"], at)

    score_everybody(on=ON, at=at)
    again = score_everybody(on=ON, at=at)

    scored = RiskScore.objects.get(employment=cast.employment["leaver"])
    assert [reason["code"] for reason in scored.reasons][0] == "performance_under_target"
    assert again.alerts == 0
    assert Alert.objects.filter(employment=cast.employment["leaver"]).count() == 1


def test_only_leave_beyond_the_quarter_before_counts(cast, scoring_on, at):
    _leaves(cast.employment["leaver"], {11 - 9: 0, 3: 2, 4: 2, 1: 1}, at)

    score_everybody(on=ON, at=at)

    scored = RiskScore.objects.get(employment=cast.employment["leaver"])
    assert {reason["code"]: reason["values"] for reason in scored.reasons}["personal_leave"] == {"extra": 3}


def test_a_later_fact_never_travels_back(cast, scoring_on, at):
    score_everybody(on=ON, at=at)
    before = RiskScore.objects.get(employment=cast.employment["leaver"]).index
    MonthlyResult.objects.create(
        employment=cast.employment["leaver"],
        month=date(2026, 6, 1),
        target_ratio=0,
        source="t",
        source_id="later",
        received_at=at,
    )

    score_everybody(on=ON, at=at)

    assert RiskScore.objects.get(employment=cast.employment["leaver"]).index == before


def test_somebody_with_an_open_exit_is_not_scored(cast, scoring_on, at):
    cast.employment["leaver"].file_exit(by=None, at=at)

    score_everybody(on=ON, at=at)

    assert not RiskScore.objects.filter(employment=cast.employment["leaver"]).exists()


def test_an_alert_is_closed_once(cast, scoring_on, at):
    _results(cast.employment["leaver"], ["0.75", "0.70"], at)
    score_everybody(on=ON, at=at)
    alert = Alert.objects.get(employment=cast.employment["leaver"])

    alert.close(outcome="talked", by=cast.hrbp, at=at)

    with pytest.raises(WrongState):
        alert.close(outcome="wrong", by=cast.hrbp, at=at)


def test_the_command_says_what_it_did_or_why_not(cast, at):
    with pytest.raises(CommandError):
        call_command("attrition_score")
    Scoring.current().switch(on=True, threshold=60, impact_note="说明", by=cast.group_hr, at=at)

    said = StringIO()
    call_command("attrition_score", "--as-of", "2026-05-18", stdout=said)

    assert said.getvalue().startswith("2026-05-18: ")


def test_statements_do_not_grow_with_the_head_count(cast, scoring_on, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        score_everybody(on=ON, at=at)


@pytest.mark.django_db(transaction=True)
def test_the_switch_and_its_event_are_one_transaction(at):
    by = User.objects.create_user("lu.xingjian")

    Scoring.current().switch(on=True, threshold=80, impact_note="说明", by=by, at=at)

    assert Event.objects.filter(kind="analytics.scoring.switched", actor_id=by.pk).count() == 1
