"""A handover with one item handed in and one still to fill, about the subject or about somebody elsewhere."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from handover import operations
from handover.models import Handover, TemplateItem
from performance.operations import open_task
from tests.access.world import World


def _opened(world: World, side: str) -> Handover:
    own = side == "own"
    opened = operations.open_handover(
        employment=world.cast.employment[world.about(side)],
        origin=f"offboarding.case:{side}",
        successor=world.user["colleague"] if own else None,
        head=world.user["head"] if own else None,
        due_at=world.at + timedelta(days=20),
        last_working_date=world.at.date() + timedelta(days=20),
        by=None,
        at=world.at,
    )
    return Handover.objects.get(pk=opened.pk)


def handover(world: World, side: str) -> dict[str, Any]:
    return {"pk": _opened(world, side).pk}


def handover_item(world: World, side: str) -> dict[str, Any]:
    opened = _opened(world, side)
    return {"pk": opened.pk, "item_pk": opened.items.filter(confirmer="head").in_order().first().pk}


def handover_file(world: World, side: str) -> dict[str, Any]:
    """Handed in, since before that only the leaver reads it."""
    opened = _opened(world, side)
    item = opened.items.filter(confirmer="head").in_order().last()

    def make() -> Any:
        content, by = BytesIO(b"%PDF-1.7\n"), opened.leaver
        row = operations.attach_file(item=item, name="a.pdf", size=9, content=content, by=by, at=world.at)
        operations.submit_item(item=item, fields={}, text="没有", is_nothing=True, by=by, at=world.at)
        return row

    return {"pk": opened.pk, "item_pk": item.pk, "file_pk": world.once("handover_file", side, make).pk}


def handover_template(world: World, side: str) -> dict[str, Any]:
    def make() -> Any:
        by = world.user["group_hr"]
        draft = operations.open_draft(job_family="sales", unit=world.unit(side), by=by, at=world.at)
        item = TemplateItem(key="stand", kind="thing", group="physical", title="展台", confirmer="head")
        operations.put_item(template=draft, item=item, by=by, at=world.at)
        return draft

    return {"pk": world.once("handover_template", side, make).pk}


def handover_template_item(world: World, side: str) -> dict[str, Any]:
    return {**handover_template(world, side), "key": "stand"}


def handover_message_file(world: World, side: str) -> dict[str, Any]:
    opened = _opened(world, side)
    upload = operations.Upload(name="a.pdf", size=9, content=BytesIO(b"%PDF-1.7\n"))
    message = operations.send_message(handover=opened, text="看附件", files=[upload], by=opened.leaver, at=world.at)
    return {"pk": opened.pk, "file_pk": message.files.get().pk}


def deduction_rule(world: World, side: str) -> dict[str, Any]:
    rule = operations.set_deduction_rule(
        basis="绩效管理办法 第 12 条",
        announced_date=world.at.date(),
        per_point=Decimal(1),
        most=Decimal(10),
        by=world.user["group_hr"],
        at=world.at,
    )
    return {"pk": rule.pk}


def handover_question(world: World, side: str) -> dict[str, Any]:
    opened = _opened(world, side)
    asker = opened.successor or world.user["group_hr"]
    question = operations.ask_question(handover=opened, text="谁批的？", by=asker, at=world.at)
    return {"pk": opened.pk, "message_pk": question.pk}


def handover_shadowing(world: World, side: str) -> dict[str, Any]:
    opened = _opened(world, side)
    row = operations.plan_shadowing(
        handover=opened, topic="跟一次周会", on_date=opened.last_working_date, by=opened.leaver, at=world.at
    )
    return {"pk": opened.pk, "session_pk": row.pk}


def _transfer(world: World, side: str) -> Any:
    opened = _opened(world, side)
    open_task(employment=opened.employment, title="任务", by=None, at=world.at)
    return operations.propose_transfer(handover=opened, by=world.user["group_hr"], at=world.at)


def handover_transfer(world: World, side: str) -> dict[str, Any]:
    return {"pk": _transfer(world, side).handover_id}


def handover_transfer_line(world: World, side: str) -> dict[str, Any]:
    plan = _transfer(world, side)
    return {"pk": plan.handover_id, "line_pk": plan.lines.first().pk}
