"""Said of several exits at once: no non-compete was agreed."""

from typing import Any

import pytest

from offboarding.models import Case, NonCompete
from offboarding.queries.non_compete import undecided
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGE = "/obligations/no-clauses/"


@pytest.fixture
def cases(cast: Any, at: Any) -> list[Case]:
    return [approved(a_resignation(cast, at, who), at) for who in ("leaver", "successor")]


def test_it_is_said_of_the_chosen_ones_and_their_tracks_are_done(cases, cast) -> None:
    page = sign_in(cast.legal).get(PAGE).content.decode()
    assert all(case.number in page for case in cases)

    answer = sign_in(cast.legal).post(PAGE, {"cases": [str(cases[0].pk)]}, follow=True)

    assert "已记录 1 项，未通过 0 项" in answer.content.decode()
    assert [clause.state for clause in NonCompete.objects.all()] == ["none"]
    assert [case.tracks.get(kind="non_compete").state for case in cases] == ["done", "planned"]
    assert list(undecided(cast.legal)) == [cases[1]]


def test_a_decision_that_came_first_is_told_and_nothing_is_written(cases, cast) -> None:
    legal = sign_in(cast.legal)
    both = {"cases": [str(case.pk) for case in cases]}
    assert legal.post(PAGE, both).status_code == 302

    again = legal.post(PAGE, both)

    assert again.status_code == 422
    assert "其中有的已经决定" in again.content.decode()


def test_nothing_chosen_says_so(cases, cast) -> None:
    answer = sign_in(cast.legal).post(PAGE, {"csrfmiddlewaretoken": "as every form sends"})

    assert answer.status_code == 422
    assert "请至少选择一项" in answer.content.decode()
    assert cases[0].number in answer.content.decode()


def test_nobody_says_it_of_themselves_or_of_a_unit_out_of_reach(cases, cast, at) -> None:
    own = approved(a_resignation(cast, at, "legal"), at)

    assert set(undecided(cast.legal)) == set(cases)
    answer = api_client(cast.legal).post(
        "/api/v1/non-competes/none/", {"cases": [str(own.pk)]}, format="json", HTTP_IDEMPOTENCY_KEY="own"
    )
    assert answer.json() == {"results": []}
    assert not NonCompete.objects.exists()


def test_the_same_over_the_api(cases, cast) -> None:
    body = {"cases": [str(case.pk) for case in cases]}

    answer = api_client(cast.legal).post("/api/v1/non-competes/none/", body, format="json", HTTP_IDEMPOTENCY_KEY="none")

    assert [(one["number"], one["code"]) for one in answer.json()["results"]] == [(case.number, "") for case in cases]
    assert NonCompete.objects.filter(state="none").count() == 2


def test_the_list_of_duties_leads_there_whoever_decides(cases, cast) -> None:
    assert PAGE in sign_in(cast.legal).get("/obligations/?view=non_compete").content.decode()
    assert PAGE not in sign_in(cast.auditor).get("/obligations/?view=non_compete").content.decode()
