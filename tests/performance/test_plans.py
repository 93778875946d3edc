"""Plans: two people, versions, and weights that add up to 100 whichever way they are written."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ehr.errors import Refused, WrongState
from ehr.record.models import Event
from performance import operations
from performance.models import Indicator, Plan, PlanVersion, VersionState
from tests.performance.conftest import MAY, a_plan, card_of, indicators

pytestmark = pytest.mark.django_db
SHORT = (("a", "甲", "60", "store"), ("b", "乙", "30", "store"))


def test_a_published_version_is_in_force_and_on_record(cast: Any, plan: Plan) -> None:
    version = plan.in_force

    assert version is not None
    assert (version.number, version.published_by, plan.draft) == (1, cast.group_hr, None)
    assert Event.objects.get(kind="performance.plan.published").payload["version"] == 1


def test_weights_that_miss_100_stay_a_draft(cast: Any, at: Any) -> None:
    plan = operations.create_plan(name="短", rhythm="month", by=cast.hr_manager, at=at)
    plan.draft.write(indicators=indicators(*SHORT), note="", by=cast.hr_manager, at=at)

    with pytest.raises(Refused) as refused:
        plan.draft.publish(by=cast.group_hr, at=at)

    assert refused.value.code == "weights_not_100"
    assert plan.draft is not None


def test_the_editor_cannot_publish_alone(cast: Any, at: Any) -> None:
    plan = operations.create_plan(name="一人", rhythm="month", by=cast.hr_manager, at=at)
    plan.draft.write(indicators=indicators(), note="", by=cast.hr_manager, at=at)

    with pytest.raises(Refused, match="omebody else|另一"):
        plan.draft.publish(by=cast.hr_manager, at=at)


def test_the_database_refuses_a_published_version_that_misses_100(cast: Any, at: Any) -> None:
    plan = operations.create_plan(name="短", rhythm="month", by=cast.hr_manager, at=at)
    plan.draft.write(indicators=indicators(*SHORT), note="", by=cast.hr_manager, at=at)

    with pytest.raises(IntegrityError, match="add up to 100, not to 90"), transaction.atomic():
        plan.versions.update(state=VersionState.IN_FORCE)


def test_the_database_refuses_to_change_a_published_weight(plan: Plan) -> None:
    rows = Indicator.objects.filter(version=plan.in_force)

    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        rows.filter(key="sales").update(weight=Decimal(20))
    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        rows.filter(key="sales").delete()


def test_a_published_version_is_not_written_again(cast: Any, plan: Plan, at: Any) -> None:
    with pytest.raises(WrongState):
        plan.in_force.write(indicators=indicators(), note="", by=cast.hr_manager, at=at)


def test_a_running_period_keeps_its_version_and_the_next_one_takes_the_new(cast: Any, plan: Plan, at: Any) -> None:
    operations.open_period(period=MAY, by=None, at=at)
    draft = plan.open_draft(by=cast.hr_manager, at=at)
    draft.write(indicators=indicators(("sales", "销售额", "100", "feed")), note="", by=cast.hr_manager, at=at)
    draft.publish(by=cast.group_hr, at=at)

    operations.open_period(period=MAY, by=None, at=at)
    operations.open_period(period=type(MAY)(rhythm=MAY.rhythm, start=MAY.end.replace(month=6, day=1)), by=None, at=at)

    leaver = cast.employment["leaver"]
    assert [card_of(leaver, code).version.number for code in ("2026-05", "2026-06")] == [1, 2]
    assert PlanVersion.objects.get(plan=plan, number=1).state == VersionState.RETIRED


def test_a_draft_begins_as_a_copy_and_there_is_one_at_a_time(cast: Any, plan: Plan, at: Any) -> None:
    first, second = plan.open_draft(by=cast.hr_manager, at=at), plan.open_draft(by=cast.hrbp, at=at)

    assert first == second
    assert [row.key for row in first.indicators.all()] == ["satisfaction", "sales", "contracts"]


def test_the_same_people_have_one_plan(cast: Any, plan: Plan, at: Any) -> None:
    with pytest.raises(Refused) as refused:
        a_plan(cast, at, name="再来一个")

    assert refused.value.code == "plan_exists"


def test_exactly_these_people_see_a_units_plan(cast: Any, plan: Plan) -> None:
    seeing = {name for name, user in cast.users.items() if Plan.objects.visible_to(user).exists()}

    assert seeing == {"hrbp", "hr_manager", "group_hr", "auditor"}


def test_a_group_plan_is_read_by_a_units_hr_but_not_changed(cast: Any, at: Any) -> None:
    plan = a_plan(cast, at, unit=None)

    assert plan in Plan.objects.visible_to(cast.hr_manager)
    assert plan not in Plan.objects.visible_to(cast.hr_manager, "performance.manage_plan")
    assert plan in Plan.objects.visible_to(cast.group_hr, "performance.manage_plan")
