"""What migrations open for exits that ended before the duties were kept."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from ehr.lib.months import after_months, last_of_months
from offboarding import operations as ops
from offboarding.models import Case
from tests.factories.offboarding import a_resignation, approved, done, on

fill = import_module("offboarding.migrations.0015_duties_of_earlier_exits")
undecided = import_module("offboarding.migrations.0024_undecided_non_competes")
clocks = import_module("offboarding.migrations.0029_clocks_after_the_last_day")


@pytest.fixture
def ended(cast: Any, at: Any) -> Case:
    """As an earlier version left it: over, and nothing kept of what is owed."""
    case = approved(a_resignation(cast, at), at)
    ops.keep_clock(at=on(date(2026, 6, 18), hour=0))
    case.obligations.all().delete()
    return case


def kept(case: Case) -> dict[str, Any]:
    return {row.kind: row for row in case.obligations.select_related("track")}


@pytest.mark.django_db
def test_an_exit_that_is_over_but_open_owes_the_transfer_by_its_track(ended) -> None:
    fill.fill(apps, None)

    row = kept(ended)["file_transfer"]
    assert (row.track.kind, row.done_at, row.due_date) == ("social_insurance", None, date(2026, 7, 2))


@pytest.mark.django_db
def test_a_transfer_that_was_done_says_by_whom(ended, cast, at) -> None:
    done(ended, cast, at, "social_insurance")

    fill.fill(apps, None)

    row = kept(ended)["file_transfer"]
    assert (row.outcome, row.done_by) == ("done", cast.hrbp)


@pytest.mark.django_db
def test_a_review_of_an_old_exit_is_not_late_on_the_day_it_begins(ended) -> None:
    today = timezone.localdate()
    long_ago = today - timedelta(days=500)
    Case.objects.filter(pk=ended.pk).update(termination_date=long_ago, last_working_date=long_ago)

    fill.fill(apps, None)

    review = kept(ended)["contact_review"]
    assert (review.ask_date, review.due_date) == (today, today + timedelta(days=30))


@pytest.mark.django_db
def test_run_again_it_changes_nothing(ended) -> None:
    fill.fill(apps, None)
    before = sorted(ended.obligations.values_list("kind", "due_date"))

    fill.fill(apps, None)

    assert sorted(ended.obligations.values_list("kind", "due_date")) == before


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 8, 30), date(2025, 8, 31), date(2025, 12, 31)])
def test_its_days_are_those_of_the_law(day) -> None:
    assert fill.after_years(day, 1) == after_months(day, 12)
    assert fill.after_years(day, 2) == after_months(day, 24)
    assert fill.half_a_year(day) == last_of_months(day + timedelta(days=1), 6)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_an_undecided_non_compete_is_asked_for_and_settled_by_the_decision(ended, cast, state) -> None:
    ended.tracks.filter(kind="non_compete").update(state=state)

    undecided.ask(apps, None)

    row = kept(ended)["non_compete_decision"]
    assert (row.due_date, row.track_id is None) == (timezone.localdate() + timedelta(days=30), state == "cancelled")
    left = Case.objects.for_page().get(pk=ended.pk)
    ops.note_no_clause(case=left, by=cast.legal, at=on(date(2026, 6, 20)))
    assert kept(ended)["non_compete_decision"].outcome == "done"


@pytest.mark.django_db
def test_a_decided_one_is_not_asked_for(ended, cast) -> None:
    left = Case.objects.for_page().get(pk=ended.pk)
    ops.note_no_clause(case=left, by=cast.legal, at=on(date(2026, 6, 20)))

    undecided.ask(apps, None)

    assert "non_compete_decision" not in kept(ended)


def ended_ago(case: Case, days: int) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(termination_date=day, last_working_date=day)
    clocks.fill(apps, None)
    return kept(case)


@pytest.mark.django_db
def test_of_an_exit_of_last_week_the_clocks_run_on(ended) -> None:
    assert {"unemployment_list", "housing_fund", "wage_records", "arbitration_window"} <= set(ended_ago(ended, 5))


@pytest.mark.django_db
def test_of_an_exit_of_long_ago_nothing_is_asked_that_is_late_already(ended) -> None:
    rows = ended_ago(ended, 400)

    assert set(rows) == {"wage_records"}
    assert min(row.due_date for row in rows.values()) >= timezone.localdate()


@pytest.mark.django_db
@pytest.mark.parametrize(("ground", "told"), [("LCL37", False), ("LCL40_1", True)])
def test_of_benefits_those_are_told_who_lost_the_job(ended, ground, told) -> None:
    Case.objects.filter(pk=ended.pk).update(ground=ground)

    assert ("unemployment_notice" in ended_ago(ended, 0)) is told
