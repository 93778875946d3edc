"""Two people write on in one dispute: nobody overwrites what they have not read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ehr.errors import WrongState
from offboarding import operations as ops
from offboarding.models import Case, Dispute
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEARING = date(2026, 8, 3)
KNOWN = {"about": "severance", "body": "arbitration", "filed_date": "2026-05-18"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2026, 5, 20)))


@pytest.fixture
def row(cast, at) -> Dispute:
    case = approved(a_resignation(cast, at), at)
    facts = ops.DisputeFacts(
        about="severance",
        body="arbitration",
        filed_date=date(2026, 5, 18),
        office="上海市劳动人事争议仲裁院",
        hearing_date=HEARING,
        claim=Decimal("88000.50"),
        note="证人两名",
    )
    return ops.record_dispute(case=case, facts=facts, by=cast.legal, at=at)


def opened(row: Dispute) -> Dispute:
    found = Dispute.objects.get(pk=row.pk)
    found.case = Case.objects.for_page().get(pk=row.case_id)
    return found


def test_what_is_not_said_stays(row, cast, at) -> None:
    ops.follow_dispute(dispute=opened(row), edition=1, said={"reference": "沪劳人仲(2026)1号"}, by=cast.legal, at=at)

    now = opened(row)
    assert (now.reference, now.edition) == ("沪劳人仲(2026)1号", 2)
    assert (now.hearing_date, now.claim, now.note) == (HEARING, "88000.50", "证人两名")


def test_of_two_who_opened_it_the_second_is_told(row, cast, at) -> None:
    first, second = opened(row), opened(row)
    ops.follow_dispute(dispute=first, edition=1, said={"note": "法务写的"}, by=cast.legal, at=at)

    with pytest.raises(WrongState) as refusal:
        ops.follow_dispute(dispute=second, edition=1, said={"note": "人事写的"}, by=cast.hr_manager, at=at)

    assert "重新打开" in refusal.value.detail
    assert opened(row).note == "法务写的"


def test_nobody_gets_past_it_by_naming_an_edition_they_did_not_read(row, cast, at) -> None:
    old = opened(row)
    ops.follow_dispute(dispute=opened(row), edition=1, said={"note": "法务写的"}, by=cast.legal, at=at)

    with pytest.raises(WrongState):
        ops.follow_dispute(dispute=old, edition=2, said={"office": ""}, by=cast.legal, at=at)


def test_in_the_browser_the_second_reads_what_to_do_and_keeps_the_words(row, cast) -> None:
    page = sign_in(cast.hr_manager).get(row.url).content.decode()
    assert 'name="edition" value="1"' in page
    assert sign_in(cast.legal).post(row.url, KNOWN | {"edition": 1, "note": "法务写的"}).status_code == 302

    answer = sign_in(cast.hr_manager).post(row.url, KNOWN | {"edition": 1, "note": "人事写的"})

    assert answer.status_code == 409
    assert "其他人刚刚更新过" in answer.content.decode() and "人事写的" in answer.content.decode()
    assert opened(row).note == "法务写的"


def test_a_form_without_a_field_clears_nothing(row, cast) -> None:
    assert sign_in(cast.legal).post(row.url, KNOWN | {"edition": 1, "note": ""}).status_code == 302

    now = opened(row)
    assert (now.note, now.hearing_date, now.claim) == ("", HEARING, "88000.50")


def test_a_form_without_an_edition_is_not_taken(row, cast) -> None:
    assert sign_in(cast.legal).post(row.url, KNOWN | {"note": "盲写"}).status_code == 422


def test_over_the_api_what_is_left_out_stays_and_null_clears(row, cast) -> None:
    client, path = api_client(cast.legal), f"/api/v1/cases/{row.case_id}/disputes/1/"
    read = client.get(path).json()["edition"]

    said = {"edition": read, "reference": "1号", "hearing_date": None}
    answer = client.post(path, said, format="json", HTTP_IDEMPOTENCY_KEY="one")

    assert (answer.status_code, answer.json()["edition"]) == (200, 2)
    assert (answer.json()["reference"], answer.json()["hearing_date"]) == ("1号", None)
    assert (answer.json()["claim"], answer.json()["office"]) == ("88000.50", "上海市劳动人事争议仲裁院")


def test_over_the_api_an_edition_that_was_overtaken_is_409_and_a_missing_one_is_named(row, cast) -> None:
    client, path = api_client(cast.legal), f"/api/v1/cases/{row.case_id}/disputes/1/"
    assert client.post(path, {"edition": 1, "note": "先"}, format="json", HTTP_IDEMPOTENCY_KEY="a").status_code == 200

    late = client.post(path, {"edition": 1, "note": "后"}, format="json", HTTP_IDEMPOTENCY_KEY="b")
    blind = client.post(path, {"note": "后"}, format="json", HTTP_IDEMPOTENCY_KEY="c")

    assert (late.status_code, "重新打开" in late.json()["detail"]) == (409, True)
    assert "edition" in blind.json()["errors"] and blind.status_code in (400, 422)
    assert opened(row).note == "先"
