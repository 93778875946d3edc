"""Whether an employer has a union of its own."""

import pytest

from ehr import clock, record
from ehr.notices.models import Notice
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
    admin.post(f"/legal-entities/{entity.pk}/", {"reason": "工会已并入集团工会"})

    entity.refresh_from_db()
    assert not entity.has_union
    said = Event.objects.get(kind="units.entity.union_said").payload
    assert (said["has_union"], said["reason"]) == (False, "工会已并入集团工会")


def test_nobody_lifts_the_block_without_writing_why(cast, entity) -> None:
    by_page = sign_in(cast.admin).post(f"/legal-entities/{entity.pk}/", {"reason": "  "})
    by_api = api_client(cast.admin).patch(
        f"/api/v1/legal-entities/{entity.pk}/", {"has_union": False}, format="json", HTTP_IDEMPOTENCY_KEY="one"
    )

    entity.refresh_from_db()
    assert (by_page.status_code, by_api.status_code, entity.has_union) == (422, 422, True)
    assert "id_reason" in by_page.content.decode()


def test_what_a_form_leaves_out_stays_as_it_is(cast, entity) -> None:
    """A box that is not in a multipart form is not one that somebody has emptied."""
    answer = api_client(cast.admin).patch(
        f"/api/v1/legal-entities/{entity.pk}/", {"reason": "核对"}, format="multipart", HTTP_IDEMPOTENCY_KEY="one"
    )

    entity.refresh_from_db()
    assert (answer.status_code, entity.has_union) == (200, True)


def test_legal_reads_who_lifted_it_and_why(cast, entity) -> None:
    entity.say_union(has_union=False, reason="工会已撤销", by=cast.admin, at=clock.now())
    record.deliver_all()

    [told] = Notice.objects.filter(user=cast.legal)
    assert told.kind == "offboarding.union_gone"
    assert "工会已撤销" in str(told.title)


def test_the_same_by_the_api_and_said_twice_is_one_event(cast, entity) -> None:
    admin = api_client(cast.admin)

    for key in ("one", "two"):
        answer = admin.patch(
            f"/api/v1/legal-entities/{entity.pk}/",
            {"has_union": False, "reason": "无工会"},
            format="json",
            HTTP_IDEMPOTENCY_KEY=key,
        )

    assert answer.json()["has_union"] is False
    assert admin.get("/api/v1/legal-entities/").json()["results"][0]["code"] == entity.code
    assert Event.objects.filter(kind="units.entity.union_said").count() == 1


def test_it_is_reached_from_the_unit(cast, entity) -> None:
    page = sign_in(cast.admin).get(f"/units/{cast.unit['sales_unit'].pk}/").content.decode()

    assert f"/legal-entities/{entity.pk}/" in page
