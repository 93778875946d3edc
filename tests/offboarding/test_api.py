"""A resignation by API: the same verbs, the same refusals."""

from datetime import UTC, datetime

import pytest

from tests.access.cast import api_client
from tests.factories.offboarding import a_resignation, approved, decide, signing_code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)


def call(user, path, body=None, key="k1"):
    return api_client(user).post(f"/api/v1/cases/{path}", body or {}, format="json", HTTP_IDEMPOTENCY_KEY=key)


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def a_case(cast, code: str = "") -> dict:
    code = code or signing_code(cast.leaver, AT)
    number = cast.employment["leaver"].employee_number
    signed = {"typed_name": "周远航", "code": code}
    body = {"employee_number": number, "kind": "resignation", "reason": "读研"} | signed
    answer = call(cast.leaver, "", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_it_files_and_says_what_is_possible(cast) -> None:
    case = a_case(cast)

    assert (case["state"], case["dates"]["last_working_date"]) == ("in_approval", "2026-06-17")
    assert "withdraw" in case["actions"]


def test_without_a_key_it_is_a_bad_request(cast) -> None:
    assert api_client(cast.leaver).post("/api/v1/cases/", {}, format="json").status_code == 400


def test_the_same_key_gives_the_same_case(cast) -> None:
    code = signing_code(cast.leaver, AT)

    assert a_case(cast, code)["id"] == a_case(cast, code)["id"]


def test_two_people_acknowledge_and_the_tracks_are_there(cast) -> None:
    pk = a_case(cast)["id"]

    assert call(cast.head, f"{pk}/approvals/", {"decision": "acknowledge"}).json()["state"] == "in_approval"
    case = call(cast.hrbp, f"{pk}/approvals/", {"decision": "acknowledge"}).json()

    assert case["state"] == "approved"
    assert len(case["tracks"]) == 9


def test_a_rejection_answers_409_with_what_is_allowed(cast) -> None:
    pk = a_case(cast)["id"]

    answer = call(cast.head, f"{pk}/approvals/", {"decision": "reject", "comment": "不行"})

    assert answer.status_code == 409
    assert "acknowledge" in str(answer.json())


def test_a_second_decision_answers_409_with_who(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")

    answer = call(cast.head, f"{case.pk}/approvals/", {"decision": "acknowledge"})

    assert answer.status_code == 409
    assert "顾承砚" in str(answer.json()["detail"])


def test_somebody_not_asked_gets_403_and_who_does_not_see_it_404(cast, at) -> None:
    case = a_resignation(cast, at)

    assert call(cast.auditor, f"{case.pk}/approvals/", {"decision": "acknowledge"}).status_code == 403
    assert call(cast.stranger, f"{case.pk}/approvals/", {"decision": "acknowledge"}).status_code == 404


def test_a_clerk_sees_and_finishes_only_the_own_track(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)
    tracks = api_client(cast.finance).get(f"/api/v1/cases/{case.pk}/tracks/").json()["results"]

    assert [track["kind"] for track in tracks] == ["settlement"]
    done = call(cast.finance, f"{case.pk}/tracks/settlement/", {"action": "done", "note": "已结"})
    assert done.json()["state"] == "done"
    assert call(cast.finance, f"{case.pk}/tracks/assets/", {"action": "done"}, key="k2").status_code == 404


def test_a_withdrawal_before_the_acknowledgement_is_free(cast) -> None:
    pk = a_case(cast)["id"]

    assert call(cast.leaver, f"{pk}/withdrawal/", key="k2").json()["state"] == "withdrawn"
    assert call(cast.leaver, f"{pk}/withdrawal/", key="k3").status_code == 409


def test_a_manager_cannot_dismiss_somebody_elsewhere(cast) -> None:
    body = {"employee_number": cast.employment["stranger"].employee_number, "kind": "dismissal", "ground": "LCL39_2"}

    assert call(cast.head, "", body).status_code == 404


def test_a_dismissal_without_a_legal_ground_is_refused_with_its_code(cast) -> None:
    body = {"employee_number": cast.employment["leaver"].employee_number, "kind": "dismissal", "reason": "不合适"}
    pk = call(cast.head, "", body).json()["id"]

    answer = call(cast.head, f"{pk}/submission/", key="k2")

    assert answer.status_code == 422
    assert "B_GROUND_NOT_LEGAL" in str(answer.json())
