"""What the API is sent: a field nobody knows would be lost in silence, so it is refused by its name."""

from typing import Any

import pytest

from offboarding.models import Case
from tests.access.cast import api_client
from tests.factories.offboarding import a_dismissal_draft

pytestmark = pytest.mark.django_db


def test_a_misspelt_field_is_named_and_nothing_is_filed(cast: Any) -> None:
    body = {
        "employee_number": cast.employment["leaver"].employee_number,
        "kind": "resignation",
        "last_day": "2026-12-31",
    }

    answer = api_client(cast.hr_manager).post("/api/v1/cases/", body, format="json", HTTP_IDEMPOTENCY_KEY="once")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["last_day"]
    assert "requested_last_working_date" in answer.json()["errors"]["last_day"][0]
    assert not Case.objects.exists()


def test_so_is_one_beside_what_may_be_left_out(cast: Any, at: Any) -> None:
    case = a_dismissal_draft(cast, at)
    address = f"/api/v1/cases/{case.pk}/submission/"

    answer = api_client(cast.head).post(address, {"reson": "关店"}, format="json", HTTP_IDEMPOTENCY_KEY="once")

    case.refresh_from_db()
    assert (answer.status_code, case.state) == (422, "draft")


def test_what_was_read_may_be_sent_back_whole(cast: Any) -> None:
    """Fields that are only read are left alone."""
    client = api_client(cast.admin)
    entity = client.get("/api/v1/legal-entities/").json()["results"][0]

    address, sent = f"/api/v1/legal-entities/{entity['id']}/", entity | {"reason": "工会已成立"}
    answer = client.patch(address, sent, format="json", HTTP_IDEMPOTENCY_KEY="once")

    assert answer.status_code == 200, answer.content
