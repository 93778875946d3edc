"""What handover and offboarding ask: open work with its recorded progress, results, reviews as far as one may."""

from typing import Any

import pytest

from performance import queries
from performance.models import Project, Scorecard
from tests.performance.conftest import score_all
from tests.performance.test_pages import something_of_everything

pytestmark = pytest.mark.django_db


def test_open_work_names_what_is_in_hand_with_its_progress(cast: Any, at: Any) -> None:
    something_of_everything(cast, at)
    done = Project.objects.order_by("pk").first()
    Project.objects.filter(pk=done.pk).update(state="done")
    Project.objects.order_by("pk").last().report(percent=50, by=cast.leaver, at=at)

    work = queries.open_work_of(cast.employment["leaver"])

    assert [row.percent for row in work.projects] == [0, 50]
    assert (len(work.objectives), len(work.tasks)) == (3, 3)
    assert not queries.open_work_of(cast.employment["successor"]).projects


def test_open_work_costs_the_same_for_many(cast: Any, at: Any, django_assert_num_queries: Any) -> None:
    something_of_everything(cast, at)

    with django_assert_num_queries(5):
        work = queries.open_work_of(cast.employment["leaver"])
        assert [row.percent for row in work.objectives] == [0, 0, 0]
        assert all(row.milestones.all() for row in work.projects)


def test_results_are_newest_first_and_say_whether_they_are_final(cast: Any, card: Scorecard, at: Any) -> None:
    something_of_everything(cast, at)
    score_all(card, cast, at).close(by=cast.hrbp, at=at)

    found = queries.results_of(cast.employment["leaver"])

    assert [row.month.month for row in found.months] == [3, 2, 1]
    assert [(row.period, str(row.result), row.is_final) for row in found.periods] == [("2026-05", "86.28", True)]


def test_whoever_takes_over_reads_of_the_work_and_nothing_of_the_person(cast: Any, at: Any) -> None:
    something_of_everything(cast, at)

    shown = queries.reviews_of(cast.employment["leaver"], reader=cast.successor)

    assert {row.about_work for row in shown} == {"资料齐"}
    assert {(row.author, row.about_person, row.rating) for row in shown} == {("", "", None)}
