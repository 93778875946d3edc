"""Delegations and reminders by the API: the same verbs as the pages."""

from datetime import timedelta
from typing import Any

import pytest

from ehr.notices.models import Notice
from ehr.record.models import Event
from offboarding.models import Approval, Delegation
from tests.access.cast import api_client
from tests.factories.offboarding import a_dismissal, a_resignation, pending

pytestmark = pytest.mark.django_db
AWAY = {"delegate": "he.shuyao", "from_date": "2026-05-18", "until_date": "2026-05-22"}


@pytest.fixture(autouse=True)
def today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def post(user: Any, path: str, body: Any = None, key: str = "k1") -> Any:
    return api_client(user).post(f"/api/v1/{path}", body or {}, format="json", HTTP_IDEMPOTENCY_KEY=key)


def test_a_colleague_signs_while_one_is_away(cast, at) -> None:
    answer = post(cast.head, "delegations/", AWAY)
    case = a_resignation(cast, at)

    assert (answer.status_code, answer.json()["delegate"]) == (201, "he.shuyao")
    assert Approval.objects.waiting_for(cast.successor).get() == pending(case)
    signed = post(cast.successor, f"cases/{case.pk}/approvals/", {"decision": "acknowledge"}, key="k2")
    assert signed.status_code == 200
    assert case.decisions.get(kind="acknowledge").on_behalf_of == cast.head
    assert Event.objects.get(kind="offboarding.delegation.set").actor == cast.head


def test_only_the_own_ones_are_listed(cast) -> None:
    post(cast.head, "delegations/", AWAY)

    mine, others = (api_client(user).get("/api/v1/delegations/").json()["results"] for user in (cast.head, cast.gm))
    assert [(row["delegate"], row["until_date"]) for row in mine] == [("he.shuyao", "2026-05-22")]
    assert others == []


@pytest.mark.parametrize(
    "wrong",
    [{"delegate": "gu.chengyan"}, {"delegate": "nobody"}, {"until_date": "2026-05-01"}, {"from_date": "soon"}],
)
def test_what_is_wrong_is_said_and_nothing_kept(cast, wrong) -> None:
    answer = post(cast.head, "delegations/", AWAY | wrong)

    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_the_same_key_makes_one(cast) -> None:
    assert post(cast.head, "delegations/", AWAY).json() == post(cast.head, "delegations/", AWAY).json()
    assert Delegation.objects.count() == 1


def test_everybody_it_waits_for_is_reminded_once_in_four_hours(cast, at, monkeypatch) -> None:
    case = a_resignation(cast, at)

    assert post(cast.hrbp, f"cases/{case.pk}/nudges/").json() == {"people": 1}
    assert list(Notice.objects.filter(kind="offboarding.nudge").values_list("user", flat=True)) == [cast.head.pk]
    assert post(cast.hrbp, f"cases/{case.pk}/nudges/", key="k2").json() == {"people": 0}
    monkeypatch.setattr("ehr.clock.now", lambda: at + timedelta(hours=5))
    assert post(cast.hrbp, f"cases/{case.pk}/nudges/", key="k3").json() == {"people": 1}


def test_who_only_reads_may_not_and_who_sees_nothing_finds_nothing(cast, at) -> None:
    case, quiet = a_resignation(cast, at), a_dismissal(cast, at, who="successor")

    assert post(cast.auditor, f"cases/{case.pk}/nudges/").status_code == 403
    assert post(cast.stranger, f"cases/{case.pk}/nudges/").status_code == 404
    assert post(cast.successor, f"cases/{quiet.pk}/nudges/").status_code == 404
