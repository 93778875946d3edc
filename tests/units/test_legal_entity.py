"""Whether an employer has a union of its own."""

import pytest

from ehr.record.models import Event
from ehr.units.models import LegalEntity
from tests.access.cast import api_client, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def entity(cast) -> LegalEntity:
    return LegalEntity.objects.get(pk=cast.employer.pk)


def test_an_employer_has_a_union_unless_somebody_says_otherwise(cast, entity) -> None:
    admin = sign_in(cast.admin)

    assert entity.has_union
    assert "checked" in admin.get(f"/legal-entities/{entity.pk}/").content.decode()
    admin.post(f"/legal-entities/{entity.pk}/", {})

    entity.refresh_from_db()
    assert not entity.has_union
    assert Event.objects.get(kind="units.entity.union_said").payload["has_union"] is False


def test_the_same_by_the_api_and_said_twice_is_one_event(cast, entity) -> None:
    admin = api_client(cast.admin)

    for key in ("one", "two"):
        answer = admin.patch(
            f"/api/v1/legal-entities/{entity.pk}/", {"has_union": False}, format="json", HTTP_IDEMPOTENCY_KEY=key
        )

    assert answer.json()["has_union"] is False
    assert admin.get("/api/v1/legal-entities/").json()["results"][0]["code"] == entity.code
    assert Event.objects.filter(kind="units.entity.union_said").count() == 1


def test_it_is_reached_from_the_unit(cast, entity) -> None:
    page = sign_in(cast.admin).get(f"/units/{cast.unit['sales_unit'].pk}/").content.decode()

    assert f"/legal-entities/{entity.pk}/" in page
