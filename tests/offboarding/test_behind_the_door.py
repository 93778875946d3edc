"""Behind the narrow door: own papers, what is still to be done on either side, and doing it; nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ehr.identity.backends import DOOR
from handover.models import HandoverItem
from offboarding import operations as ops
from offboarding.models import Case
from tests.factories.offboarding import a_resignation, approved, done, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AFTER = on(date(2026, 6, 18), hour=9)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@pytest.fixture(autouse=True)
def _day_after(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("ehr.clock.now", lambda: AFTER)


@pytest.fixture
def left(cast: Any, at: Any) -> Case:
    """The employment is over; the handover was never filled in, and the file not transferred."""
    case = approved(a_resignation(cast, at), at)
    done(case, cast, at, "settlement")
    ops.keep_clock(at=on(date(2026, 6, 17), hour=9))
    ops.keep_clock(at=on(date(2026, 6, 18), hour=0) + timedelta(minutes=1))
    cast.leaver.refresh_from_db()
    assert not cast.leaver.has_full_access
    return case


@pytest.fixture
def inside(left: Case, cast: Any) -> Client:
    client = Client()
    client.force_login(cast.leaver, backend=DOOR)
    return client


def open_item(case: Case) -> HandoverItem:
    rows = HandoverItem.objects.filter(handover__origin=case.ref, state="pending", evidence_required=False)
    return rows.select_related("handover").first()  # type: ignore[return-value]


def test_the_door_names_the_three_panels(inside) -> None:
    page = inside.get("/door/").content.decode()

    assert [f'hx-get="{url}"' in page for url in ("/documents/mine/", "/door/duties/", "/door/exit/")] == [True] * 3


def test_the_open_handover_is_there_with_a_way_in(inside, left) -> None:
    page = inside.get("/door/duties/", headers={"HX-Request": "true"}).content.decode()

    assert f'href="/handovers/{open_item(left).handover_id}/"' in page


def test_an_item_can_still_be_handed_in(inside, left) -> None:
    item = open_item(left)
    answers = {spec.name: "60%" if spec.name == "progress" else "共享盘" for spec in item.specs if spec.required}
    address = f"/handovers/{item.handover_id}/items/{item.pk}/"

    assert inside.get(address).status_code == 200
    answer = inside.post(f"{address}submission/", answers | {"text": "都在共享盘"})

    item.refresh_from_db()
    assert answer.status_code == 302, answer.context["page"].problem.detail
    assert (item.state, str(item.submitted_by)) == ("submitted", "周远航")


def test_with_a_file(inside, left) -> None:
    item = HandoverItem.objects.filter(handover__origin=left.ref, evidence_required=True).first()
    answers = {spec.name: "工位" for spec in item.specs if spec.required}
    file = SimpleUploadedFile("照片.png", PNG, content_type="image/png")

    inside.post(f"/handovers/{item.handover_id}/items/{item.pk}/submission/", answers | {"file": file})

    assert item.files.count() == 1


def test_the_page_leads_back_and_has_no_menu(inside, left) -> None:
    page = inside.get(f"/handovers/{open_item(left).handover_id}/").content.decode()

    assert 'href="/door/"' in page
    assert "/inbox/" not in page


def test_what_the_company_owes_is_said_with_its_day(inside) -> None:
    page = inside.get("/door/exit/", headers={"HX-Request": "true"}).content.decode()

    assert "社保" in page and "薪资结算" in page and "7月2日" in page
    assert "账号" not in page


def test_once_all_is_done_it_says_so(inside, left, cast) -> None:
    done(left, cast, AFTER, "social_insurance")
    left.tracks.filter(kind__in=["documents", "non_compete"]).update(state="done")

    assert "都办完了" in inside.get("/door/exit/").content.decode()


@pytest.mark.parametrize("path", ["/me/", "/handovers/", "/inbox/", "/cases/", "/handovers/confirmations/"])
def test_the_rest_of_the_house_is_not_there(inside, path) -> None:
    assert inside.get(path).status_code == 404


def test_the_handover_of_somebody_else_is_not_there(inside, cast, at) -> None:
    other = approved(a_resignation(cast, at, who="successor"), at)

    assert inside.get(f"/handovers/{open_item(other).handover_id}/").status_code == 404


def test_items_are_not_added_from_there(inside, left) -> None:
    pk = open_item(left).handover_id

    assert inside.post(f"/handovers/{pk}/items/", {"kind": "thing", "title": "电脑"}).status_code == 404
