"""Every item says why it is on the list; when its reason is gone, so is the item."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr import deadlines
from employees.models import Employment, Holding
from handover import operations, sources
from handover.models import Handover, HandoverItem
from handover.operations import Opening
from handover.rules.checklist import Source
from handover.rules.items import Kind
from tests.access.cast import sign_in
from tests.handover.conftest import DUE_AT, LAST_DAY, open_one

pytestmark = pytest.mark.django_db


def holding(cast: Any, at: Any, kind: str, presence: str = "has") -> None:
    Holding.objects.create(
        employment=cast.employment["leaver"], system="资产系统", kind=kind, ref=kind, title=f"一件{kind}",
        presence=presence, observed_at=at,
    )  # fmt: skip


def duty(cast: Any, at: Any, kind: str, subject: str = "offboarding.case:other", **owner: Any) -> None:
    deadlines.open_deadline(
        kind=kind, subject=subject, owner=cast.leaver, due_at=DUE_AT, params={"name": "机密的人"}, by=None, at=at
    )


def report(cast: Any) -> None:
    Employment.objects.filter(pk=cast.employment["stranger"].pk).update(line_manager=cast.employment["leaver"])


def project(cast: Any, at: Any, percent: int = 50) -> Any:
    from performance.models import Project

    return Project.objects.create(
        employment=cast.employment["leaver"], name="锦程物流上线", percent=percent, changed_at=at
    )


SOURCES = {
    "performance": lambda cast, at: project(cast, at),
    "system": lambda cast, at: holding(cast, at, "repository"),
    "asset": lambda cast, at: holding(cast, at, "asset"),
    "subordinate": lambda cast, at: report(cast),
    "approval": lambda cast, at: duty(cast, at, "offboarding.approval"),
    "todo": lambda cast, at: duty(cast, at, "offboarding.track"),
}


@pytest.mark.parametrize("source", SOURCES)
def test_an_item_of_each_source_is_listed_with_its_reason_and_gone_when_the_source_is_empty(
    cast: Any, at: Any, source: str
) -> None:
    assert not open_one(cast, at, origin="offboarding.case:empty").items.filter(source=source).exists()

    SOURCES[source](cast, at)
    opened = open_one(cast, at, origin="offboarding.case:full")

    item = opened.items.get(source=source)
    page = sign_in(cast.leaver).get(item.get_absolute_url()).content.decode()
    assert item.title in page
    assert "为什么在清单上" in page


def test_what_waits_for_the_leaver_is_counted_without_naming_whom_it_is_about(cast: Any, at: Any) -> None:
    for number in range(3):
        duty(cast, at, "offboarding.approval", f"offboarding.case:secret-{number}")

    item = open_one(cast, at).items.get(source="approval")

    assert "3" in item.title
    assert "机密" not in item.title


def test_the_duties_of_ones_own_exit_are_not_handed_over(cast: Any, at: Any) -> None:
    duty(cast, at, "offboarding.track", "offboarding.case:1")

    opened = open_one(cast, at, origin="offboarding.case:1")

    assert not opened.items.filter(source__in=["todo", "approval"]).exists()


def test_somebody_who_left_already_is_nobodys_report(cast: Any, at: Any) -> None:
    report(cast)
    Employment.objects.filter(pk=cast.employment["stranger"].pk).update(status="left", termination_date=LAST_DAY)

    assert not open_one(cast, at).items.filter(source="subordinate").exists()


def test_an_upper_room_brings_its_own_source(cast: Any, at: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sources, "_finders", list(sources._finders))

    @sources.register
    def from_a_room_above(handovers: Any) -> Any:
        made = sources.plan(Kind.WORK_ITEM, Source.SYSTEM, key="above", title="楼上的事", system="楼上")
        return {handover.pk: [made] for handover in handovers}

    assert open_one(cast, at).items.get(key="above").why == {"system": "楼上"}


def openings(cast: Any, count: int) -> list[Opening]:
    people = [cast.employment[name] for name in ("leaver", "successor", "stranger", "it")]
    return [
        Opening(
            employment=people[number % len(people)], origin=f"offboarding.case:{number}", successor=None,
            head=cast.head, due_at=DUE_AT, last_working_date=LAST_DAY,
        )
        for number in range(count)
    ]  # fmt: skip


def test_twenty_are_opened_in_as_many_statements_as_two_and_their_lists_differ_by_role(cast: Any, at: Any) -> None:
    holding(cast, at, "repository")
    costs = []
    for first, count in ((0, 2), (100, 20)):
        wanted = [Opening(**{**vars(o), "origin": f"{o.origin}-{first}"}) for o in openings(cast, count)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            operations.open_handovers(wanted, by=None, at=at)
        costs.append(len(queries))

    assert costs[1] <= costs[0]
    titles = {frozenset(h.items.values_list("title", flat=True)) for h in Handover.objects.all()}
    assert len(titles) >= 3


def test_opening_a_batch_again_generates_nothing_twice(cast: Any, at: Any) -> None:
    first = operations.open_handovers(openings(cast, 3), by=None, at=at)
    items = HandoverItem.objects.count()

    again = operations.open_handovers(openings(cast, 4), by=None, at=at)

    assert [h.pk for h in again[:3]] == [h.pk for h in first]
    assert Handover.objects.count() == 4
    assert HandoverItem.objects.filter(handover__in=first).count() == items


def test_a_project_recorded_at_half_and_claimed_done_is_doubted_until_it_is_explained(cast: Any, at: Any) -> None:
    project(cast, at, percent=50)
    item = open_one(cast, at).items.get(source="performance")

    answers = {"progress": "已完成", "next_step": "无"}
    operations.submit_item(item=item, fields=answers, by=cast.leaver, at=at)

    item = HandoverItem.objects.select_related("handover").get(pk=item.pk)
    assert (item.claimed_percent, item.recorded_percent, item.actions) == (100, 50, ("explain", "return"))
    operations.explain_item(item=item, explanation="周五已上线，记录没更新", by=cast.leaver, at=at)
    operations.confirm_item(item=item, by=cast.head, at=at)


def test_work_that_is_finished_there_is_not_listed_here(cast: Any, at: Any) -> None:
    from performance.models import Project

    Project.objects.filter(pk=project(cast, at).pk).update(state="done")

    assert not open_one(cast, at).items.filter(source="performance").exists()
