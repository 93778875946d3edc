"""Projects and points of other systems: in bulk, each once, the wrong rows named and the others taken."""

from decimal import Decimal
from typing import Any

import pytest

from ehr.record.models import Event
from performance.models import Project, ProjectReport, Score, Scorecard
from tests.access.cast import api_client
from tests.performance.conftest import card_of, score_all

pytestmark = pytest.mark.django_db
PROJECTS, SCORES = "/api/v1/signals/projects/", "/api/v1/signals/scores/"


def send(cast: Any, address: str, *rows: dict[str, Any], source: str = "jira") -> Any:
    return api_client(cast.admin).post(address, {"source": source, "rows": list(rows)}, format="json")


def project(cast: Any, who: str = "leaver", **facts: Any) -> dict[str, Any]:
    number = cast.employment[who].employee_number
    steps = [{"title": "签约", "due_date": "2026-04-01", "done_date": "2026-03-30"}, {"title": "回款"}]
    return {
        "source_id": "P-1",
        "employee_number": number,
        "name": "锦程物流",
        "percent": 50,
        "milestones": steps,
    } | facts


def test_a_project_is_taken_once(cast: Any) -> None:
    first, second = (send(cast, PROJECTS, project(cast)).json() for _ in range(2))

    assert (first["created"], second["created"], second["unchanged"]) == (1, 0, 1)
    kept = Project.objects.get()
    assert (kept.percent, kept.employment, kept.source) == (50, cast.employment["leaver"], "jira")
    assert [step.title for step in kept.milestones.all()] == ["签约", "回款"]
    assert ProjectReport.objects.count() == 1


def test_progress_is_followed_and_what_was_reported_stays(cast: Any) -> None:
    send(cast, PROJECTS, project(cast))

    answer = send(cast, PROJECTS, project(cast, percent=80)).json()

    assert answer["updated"] == 1
    assert list(ProjectReport.objects.order_by("pk").values_list("percent", flat=True)) == [50, 80]


def test_a_project_moves_to_another_owner(cast: Any) -> None:
    send(cast, PROJECTS, project(cast))

    send(cast, PROJECTS, project(cast, "successor"))

    assert Project.objects.get().employment == cast.employment["successor"]
    moved = Event.objects.get(kind="performance.project.moved").payload
    assert moved["from_employment_id"] == str(cast.employment["leaver"].pk)


def test_new_milestones_replace_the_old(cast: Any) -> None:
    send(cast, PROJECTS, project(cast))

    send(cast, PROJECTS, project(cast, milestones=[{"title": "重签"}]))

    assert [step.title for step in Project.objects.get().milestones.all()] == ["重签"]


def test_two_systems_may_use_the_same_id(cast: Any) -> None:
    send(cast, PROJECTS, project(cast))
    send(cast, PROJECTS, project(cast), source="tapd")

    assert Project.objects.count() == 2


def test_a_system_s_project_is_not_changed_by_hand(cast: Any) -> None:
    send(cast, PROJECTS, project(cast))

    answer = api_client(cast.leaver).post(
        f"/api/v1/projects/{Project.objects.get().pk}/progress/", {"percent": 99}, HTTP_IDEMPOTENCY_KEY="p"
    )

    assert answer.status_code == 409


def test_an_unknown_owner_stops_nobody_else(cast: Any) -> None:
    answer = send(cast, PROJECTS, project(cast), project(cast, source_id="P-2", employee_number="NOBODY")).json()

    assert answer["created"] == 1
    assert answer["rejected"] == [{"source_id": "P-2", "reason": "employee_unknown"}]


@pytest.mark.parametrize("wrong", [{"percent": 101}, {"percent": -1}, {"owner": "x"}, {"state": "lost"}])
def test_a_wrong_project_is_refused_at_the_door(cast: Any, wrong: dict[str, Any]) -> None:
    assert send(cast, PROJECTS, project(cast, **wrong)).status_code == 422
    assert not Project.objects.exists()


def test_many_projects_cost_few_statements(cast: Any, django_assert_max_num_queries: Any) -> None:
    rows = [project(cast, source_id=f"P-{n}") for n in range(200)]

    with django_assert_max_num_queries(30):
        assert send(cast, PROJECTS, *rows).json()["created"] == 200


# --- Points -----------------------------------------------------------------------------------------------


def points(cast: Any, who: str = "leaver", **facts: Any) -> dict[str, Any]:
    number = cast.employment[who].employee_number
    given = {"source_id": f"s-{who}", "employee_number": number, "period": "2026-05", "indicator": "sales"}
    return given | {"points": "88.5"} | facts


def test_points_are_taken_once_and_a_later_report_replaces_them(cast: Any, card: Scorecard) -> None:
    first, same = (send(cast, SCORES, points(cast)).json() for _ in range(2))
    later = send(cast, SCORES, points(cast, points="95")).json()

    assert (first["created"], same["unchanged"], later["updated"]) == (1, 1, 1)
    assert list(Score.objects.order_by("pk").values_list("points", flat=True)) == [Decimal("88.50"), Decimal("95.00")]
    assert Score.objects.current().get().source == "jira"


def test_points_of_a_feed_complete_a_result(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at)

    send(cast, SCORES, points(cast, points="98"))

    assert card_of(card.employment).result == Decimal("89.28")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"employee_number": "NOBODY"}, "employee_unknown"),
        ({"period": "2026-04"}, "no_scorecard"),
        ({"indicator": "satisfaction"}, "no_such_feed_indicator"),
        ({"indicator": "other"}, "no_such_feed_indicator"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_are_taken(
    cast: Any, card: Scorecard, wrong: dict[str, str], reason: str
) -> None:
    answer = send(cast, SCORES, points(cast, "successor"), points(cast, **wrong)).json()

    assert answer["created"] == 1
    assert answer["rejected"] == [{"source_id": "s-leaver", "reason": reason}]


def test_a_final_card_takes_no_points_from_a_feed(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at).close(by=cast.hrbp, at=at)

    answer = send(cast, SCORES, points(cast)).json()

    assert answer["rejected"][0]["reason"] == "scores_final"


def test_an_id_of_the_source_means_one_person(cast: Any, card: Scorecard) -> None:
    send(cast, SCORES, points(cast))

    answer = send(cast, SCORES, points(cast, "successor", source_id="s-leaver")).json()

    assert answer["rejected"][0]["reason"] == "source_id_reused"
