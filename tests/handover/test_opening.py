from datetime import date, timedelta
from typing import Any

import pytest

from ehr import deadlines, record
from employees.models import Holding
from handover import operations, queries
from handover.models import Handover, HandoverItem, Template
from handover.operations import load_templates, publish
from tests.handover.conftest import LAST_DAY, SHORT, open_one

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_six_templates_are_shipped_and_loading_them_again_adds_none(at: Any) -> None:
    families = set(Template.objects.in_force().values_list("job_family", flat=True))

    assert families == {"sales", "rnd", "operations", "finance", "store", "general"}
    assert load_templates(at=at) == 0


def test_every_shipped_template_covers_work_knowledge_access_relations_and_things() -> None:
    for template in Template.objects.in_force():
        groups = set(template.items.values_list("group", flat=True))
        assert groups == {"work", "knowledge", "access", "relations", "physical"}, template.title


def test_the_list_is_generated_with_a_reason_and_a_day_on_each_item(opened: Handover) -> None:
    items = list(opened.items.in_order())

    assert [item.key for item in items] == ["work", "files", "crm", "customers", "laptop"]
    assert items[0].due_date == date(2026, 6, 12)
    assert items[-1].due_date == LAST_DAY
    assert all(item.why["template"] == "短" for item in items)


def test_opening_twice_for_the_same_case_gives_the_same_list(cast: Any, at: Any, opened: Handover) -> None:
    assert open_one(cast, at) == opened
    assert HandoverItem.objects.count() == len(SHORT)


def test_what_a_system_says_the_person_owns_is_on_the_list(cast: Any, at: Any) -> None:
    for presence, ref in (("has", "repo-1"), ("unknown", "repo-2"), ("has_not", "repo-3")):
        Holding.objects.create(
            employment=cast.employment["leaver"], system="GitLab", kind="repository", ref=ref, title=ref,
            presence=presence, observed_at=at,
        )  # fmt: skip

    opened = open_one(cast, at)

    found = opened.items.filter(source="system").in_order()
    assert [item.title for item in found] == ["repo-1", "repo-2"]
    assert found[0].why == {"system": "GitLab"}


def test_a_unit_adds_to_the_groups_template_but_cant_touch_a_locked_item(cast: Any, at: Any) -> None:
    publish(job_family="sales", title="短", items=[SHORT[0] | {"locked": True}, SHORT[1]], at=at)
    unit_items = [
        SHORT[0] | {"title": "不该出现"},
        SHORT[1] | {"title": "华东客户联系人"},
        {"key": "local", "kind": "thing", "title": "展台"},
    ]
    publish(job_family="sales", title="华东", items=unit_items, unit=cast.unit["east"], at=at)

    titles = [item.title for item in open_one(cast, at).items.in_order()]

    assert titles == ["在谈的商机", "华东客户联系人", "展台"]


def test_a_running_handover_keeps_its_items_when_the_template_changes(cast: Any, at: Any, opened: Handover) -> None:
    publish(job_family="sales", title="新", items=SHORT[:1], at=at)

    assert opened.items.count() == len(SHORT)
    assert Template.objects.in_force().get(job_family="sales").version == 3


def test_leaver_and_head_are_asked_and_the_head_has_two_working_days(cast: Any, at: Any, opened: Handover) -> None:
    waiting = deadlines.Deadline.objects.still_open().filter(subject=record.ref(opened))

    assert {(d.kind, d.owner) for d in waiting} == {
        ("handover.fill", cast.leaver),
        ("handover.completeness", cast.head),
        ("handover.take_over", cast.successor),
    }
    assert waiting.get(owner=cast.head).due_at == deadlines.due_in(working_days=2, at=at)


def test_a_quiet_case_shows_the_leaver_nothing_until_they_were_told(cast: Any, at: Any) -> None:
    held = open_one(cast, at, held=True)

    assert not Handover.objects.visible_to(cast.leaver).exists()
    assert not HandoverItem.objects.visible_to(cast.leaver).exists()
    assert not deadlines.Deadline.objects.still_open().exists()

    operations.release_handover(origin=held.origin, by=cast.hrbp, at=at)

    assert Handover.objects.visible_to(cast.leaver).get() == held
    assert deadlines.Deadline.objects.still_open().filter(owner=cast.leaver).exists()


def test_a_withdrawn_exit_calls_everything_off(cast: Any, at: Any, opened: Handover) -> None:
    operations.cancel_handover(origin=opened.origin, by=cast.hrbp, at=at)

    assert Handover.objects.get().state == "cancelled"
    assert not deadlines.Deadline.objects.still_open().filter(subject=record.ref(opened)).exists()


def test_a_moved_last_day_moves_the_open_items(cast: Any, at: Any, opened: Handover) -> None:
    later = LAST_DAY + timedelta(days=7)
    operations.move_handover(
        origin=opened.origin, last_working_date=later, due_at=opened.due_at + timedelta(days=7), by=None, at=at
    )

    assert opened.items.get(key="laptop").due_date == later
    fill = deadlines.Deadline.objects.still_open().get(kind="handover.fill")
    assert fill.due_at == opened.due_at + timedelta(days=7)


def test_a_head_who_leaves_is_replaced_by_the_next_one_up(cast: Any, at: Any, opened: Handover) -> None:
    assert operations.leave_places(user=cast.head, by=None, at=at) == 1

    handover = Handover.objects.get()
    assert handover.head == cast.gm
    assert Handover.objects.visible_to(cast.gm).exists()
    assert not Handover.objects.visible_to(cast.head).exists()
    assert deadlines.Deadline.objects.still_open().get(kind="handover.completeness").owner == cast.gm


def test_whoever_leaves_never_becomes_the_head_of_their_own_handover(cast: Any, at: Any) -> None:
    opened = open_one(cast, at, employment=cast.employment["group_hr"], head=cast.gm, successor=None)

    operations.leave_places(user=cast.gm, by=None, at=at)

    opened.refresh_from_db()
    assert opened.head == cast.gm


def test_progress_counts_items_for_the_case_above(cast: Any, at: Any, opened: Handover) -> None:
    progress = queries.progress(opened.origin)

    assert (progress.done, progress.total, progress.percent) == (0, 5, 0)
    assert queries.progress("offboarding.case:none").total == 0
