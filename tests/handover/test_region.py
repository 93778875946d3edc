"""Twenty-one people of one region leave at once: one page, asking again in bulk, lists that differ by role."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ehr import record
from ehr.deadlines import Deadline
from ehr.notices.models import Notice
from handover import operations, queries
from handover.models import Handover, Reminder
from handover.operations import duties
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed
from tests.factories.painting import statements
from tests.handover.conftest import DUE_AT, LAST_DAY

pytestmark = pytest.mark.django_db
FAMILIES = ("sales", "rnd", "store")


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def leaving(cast: Any, at: Any) -> list[Handover]:
    return open_region(cast, at, 21)


def open_region(cast: Any, at: Any, count: int, *, first: int = 0) -> list[Handover]:
    """Seven of each family, in the region's department and store; one head and one successor for all."""
    wanted = []
    for number in range(first, first + count):
        person = employed(
            f"员工{number}", unit=cast.unit["sales_unit" if number % 2 else "store"],
            employee_number=f"R-{number:05d}", job_family=FAMILIES[number % 3], user=None,
        )  # fmt: skip
        wanted.append(
            operations.Opening(
                employment=person, origin=f"offboarding.case:region-{number}", successor=cast.successor,
                head=cast.head, due_at=DUE_AT, last_working_date=LAST_DAY,
            )
        )  # fmt: skip
    return operations.open_handovers(wanted, by=None, at=at)


def test_their_lists_differ_by_role(leaving: list[Handover]) -> None:
    titles = {
        family: {
            title
            for one in leaving
            if one.employment.job_family == family
            for title in one.items.filter(source="template").values_list("title", flat=True)
        }
        for family in FAMILIES
    }

    assert "客户的特殊要求" in titles["sales"]
    assert any("仓库" in title for title in titles["rnd"])
    for family, own in titles.items():
        others = set().union(*(titles[other] for other in FAMILIES if other != family))
        assert own - others, family


def test_one_page_shows_how_far_each_is_for_whom_it_waits_and_how_late(
    cast: Any, at: Any, leaving: list[Handover], monkeypatch: Any
) -> None:
    later = at + timedelta(days=7)
    monkeypatch.setattr("ehr.clock.now", lambda: later)

    page = queries.region_of(cast.hrbp, unit=cast.unit["east"].pk, at=later)

    assert len(page.lines) == 21
    assert {(one.who, one.late_days) for one in page.lines[0].waits} == {("顾承砚", 5)}
    assert page.late == 21
    assert (page.done, page.total) == (0, sum(one.items.count() for one in leaving))
    html = sign_in(cast.hrbp).get(reverse("handover:region"), {"unit": cast.unit["east"].pk}).content.decode()
    assert "员工20" in html
    assert "逾期 5 天" in html
    assert "确认清单是否齐全" in html


def test_whoever_confirms_in_two_places_is_named_once_since_the_older_of_the_two(cast: Any, at: Any) -> None:
    """Without a successor the head confirms for them as well."""
    first = operations.open_handover(
        employment=cast.employment["leaver"], origin="offboarding.case:alone", successor=None, head=cast.head,
        due_at=DUE_AT, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip
    for confirmer, day in (("head", 0), ("successor", 1)):
        duties.ask_to_confirm(first, confirmer, by=cast.hrbp, at=at + timedelta(days=day))

    (line,) = queries.region_of(cast.hrbp, at=at).lines

    (confirming,) = [one for one in line.waits if one.kind == duties.CONFIRM]
    oldest = Deadline.objects.filter(subject=record.ref(first), kind=duties.CONFIRM).earliest("due_at")
    assert Deadline.objects.filter(subject=record.ref(first), kind=duties.CONFIRM, owner=cast.head).count() == 2
    assert (confirming.who, confirming.due_at) == ("顾承砚", oldest.due_at)
    assert [one.due_at for one in line.waits] == sorted(one.due_at for one in line.waits)


def test_each_person_is_reminded_once_a_day_however_many_handovers_wait(
    cast: Any, at: Any, leaving: list[Handover]
) -> None:
    browser, address = sign_in(cast.hrbp), reverse("handover:reminders")

    browser.post(address, {"unit": cast.unit["east"].pk})
    again = browser.post(address, {"handover": [str(leaving[0].pk)]}, follow=True)

    (notice,) = Notice.objects.filter(kind="handover.reminded")
    assert notice.user == cast.head
    assert "今天已经催过" in again.content.decode()
    assert [row.by for row in Reminder.objects.all()] == [cast.hrbp]
    told = record.timeline([record.ref(one) for one in leaving]).filter(kind="handover.people.reminded")
    assert (told.count(), {event.payload["people"] for event in told}) == (21, {1})

    operations.remind_people(handovers=leaving, by=cast.hrbp, at=at + timedelta(days=1))
    assert Notice.objects.filter(kind="handover.reminded").count() == 2


def test_only_the_chosen_ones_are_asked_again(cast: Any, at: Any, leaving: list[Handover]) -> None:
    other = operations.open_handover(
        employment=cast.employment["leaver"], origin="offboarding.case:other", successor=None, head=cast.gm,
        due_at=DUE_AT, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip

    done = operations.remind_people(handovers=[other], by=cast.hrbp, at=at)

    assert (done.people, done.spared) == (2, 0)
    assert {row.user for row in Reminder.objects.all()} == {cast.leaver, cast.gm}


def test_hr_sees_and_reminds_only_its_own_units(cast: Any, at: Any, leaving: list[Handover]) -> None:
    elsewhere = operations.open_handover(
        employment=cast.employment["stranger"], origin="offboarding.case:elsewhere", successor=None, head=cast.gm,
        due_at=DUE_AT, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip

    assert elsewhere.pk not in {line.handover.pk for line in queries.region_of(cast.hrbp, at=at).lines}
    assert operations.remind_people(handovers=[elsewhere], by=cast.hrbp, at=at).people == 0
    assert sign_in(cast.head).get(reverse("handover:region")).status_code == 403
    client = api_client(cast.group_hr)
    assert len(client.get("/api/v1/handovers/region/").data["results"]) == 22
    done = client.post(
        "/api/v1/handovers/reminders/", {"handovers": [str(elsewhere.pk)]}, format="json", HTTP_IDEMPOTENCY_KEY="m1"
    )
    assert done.data == {"people": 2, "spared": 0}


def test_the_page_costs_the_same_for_three_and_for_sixty(cast: Any, at: Any) -> None:
    browser, path = sign_in(cast.hrbp), reverse("handover:region")
    open_region(cast, at, 3)
    few = statements(browser, path)

    open_region(cast, at, 57, first=3)

    assert few == statements(browser, path)
    assert few <= 12
