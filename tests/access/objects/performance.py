"""Plans, scorecards and work in hand of the subject, or of somebody elsewhere."""

from datetime import date
from decimal import Decimal
from typing import Any

from performance import operations
from performance.models import Indicator, Plan, Scorecard
from performance.rules.periods import Period, Rhythm
from tests.access.world import World

MAY = Period(rhythm=Rhythm.MONTH, start=date(2026, 5, 1))


def _plan(world: World, side: str) -> Plan:
    def made() -> Plan:
        plan = operations.create_plan(
            name="月度", rhythm="month", unit=world.unit(side), by=world.user["group_hr"], at=world.at
        )
        rows = [
            Indicator(key=owner, title=owner, weight=Decimal(50), owner=owner) for owner in ("store", "headquarters")
        ]
        plan.draft.write(indicators=rows, note="", by=world.user["group_hr"], at=world.at)
        return plan

    return world.once("performance plan", side, made)


def performance_plan(world: World, side: str) -> dict[str, Any]:
    return {"pk": _plan(world, side).pk}


def _scorecard(world: World, side: str) -> Scorecard:
    _plan(world, side).draft.publish(by=world.user["hr_manager"], at=world.at)
    operations.open_period(period=MAY, by=None, at=world.at)
    return Scorecard.objects.get(employment=world.cast.employment[world.about(side)])


def scorecard(world: World, side: str) -> dict[str, Any]:
    return {"pk": _scorecard(world, side).pk}


def adjustment(world: World, side: str) -> dict[str, Any]:
    card = _scorecard(world, side)
    row = operations.record_adjustment(
        employment=card.employment,
        on_date=MAY.start,
        kind="correction",
        percent=Decimal(-5),
        reason="更正",
        basis="绩效办法",
        by=None,
        at=world.at,
    )
    return {"pk": row.pk}


def objective(world: World, side: str) -> dict[str, Any]:
    made = operations.set_objective(
        employment=world.cast.employment[world.about(side)],
        title="目标",
        period=MAY,
        key_results=[{"title": "续约", "start": Decimal(0), "target": Decimal(5)}],
        by=None,
        at=world.at,
    )
    return {"pk": made.pk}


def _project(world: World, side: str) -> Any:
    steps = [{"title": "签约"}]
    employment = world.cast.employment[world.about(side)]
    return operations.start_project(employment=employment, name="项目", milestones=steps, by=None, at=world.at)


def project(world: World, side: str) -> dict[str, Any]:
    return {"pk": _project(world, side).pk}


def project_milestone(world: World, side: str) -> dict[str, Any]:
    made = _project(world, side)
    return {"pk": made.pk, "step_pk": made.milestones.get().pk}


def task(world: World, side: str) -> dict[str, Any]:
    employment = world.cast.employment[world.about(side)]
    return {"pk": operations.open_task(employment=employment, title="任务", by=None, at=world.at).pk}
