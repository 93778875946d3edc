"""What the law ends by itself: only a paper shows that it came about (LCL 44(2) to (5); REG 18, 19)."""

from datetime import timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.kinds import Starter
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import add_paper, approved, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAPER = {
    "LCL44_2": "E_PENSION_PROOF",
    "LCL44_3": "E_DEATH_CERTIFICATE",
    "LCL44_4": "E_BANKRUPTCY_RULING",
    "LCL44_5": "E_DISSOLUTION",
}
each = pytest.mark.parametrize("ground", PAPER)


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def an_ending(cast: Any, at: Any, ground: str, **fields: Any) -> Case:
    said = {
        "kind": "retirement" if ground == "LCL44_2" else "other_ending",
        "reason": "依法终止",
        "requested_last_working_date": at.date() + timedelta(days=0 if ground == "LCL44_3" else 5),
        "by": cast.hrbp,
    } | fields
    return ops.request_ending(employment=cast.employment["leaver"], ground=ground, starter=Starter.HR, at=at, **said)


@each
def test_nobody_sends_it_without_its_paper(cast, at, ground) -> None:
    case = an_ending(cast, at, ground)

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.hrbp, at=at)
    item = ground[-1]
    assert refusal.value.code == f"B_MISSING_EVIDENCE:{PAPER[ground]}"
    assert refusal.value.article == f"LCL 44({item}), JI1 44"

    add_paper(case, PAPER[ground], at=at, dated=at.date() - timedelta(days=1))
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    assert case.state == "in_approval"


def test_browser_and_api_are_refused_alike(cast, at) -> None:
    case = an_ending(cast, at, "LCL44_5")

    shown = sign_in(cast.hrbp).get(f"{case.url}wizard/evidence/").content.decode()
    page = sign_in(cast.hrbp).post(f"{case.url}submission/")
    answer = api_client(cast.hrbp).post(f"/api/v1/cases/{case.pk}/submission/", HTTP_IDEMPOTENCY_KEY="a")

    assert "吊销营业执照、责令关闭、撤销或提前解散的决定" in shown
    assert page.status_code == 422 and "E_DISSOLUTION" in answer.json()["code"]
    case.refresh_from_db()
    assert case.state == "draft"


@each
def test_with_its_paper_it_takes_effect_by_its_day(cast, at, ground) -> None:
    case = an_ending(cast, at, ground)
    add_paper(case, PAPER[ground], at=at, dated=at.date())
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    approved(case, at)

    fresh = Case.objects.for_page().get(pk=case.pk)

    assert ops.end_employment(fresh, at=on(case.termination_date + timedelta(days=1)))
