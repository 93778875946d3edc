"""The plan by which what is in flight changes hands, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from handover.models import Handover, Transfer, TransferLine
from handover.models.choices import LineState
from handover.permissions import Permission
from handover.rules.transfer import OPEN


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    label: Any
    icon: str
    lines: list[TransferLine]


@dataclass(frozen=True, kw_only=True)
class TransferPage:
    handover: Handover
    plan: Transfer | None
    groups: list[LineGroup]

    @property
    def lines(self) -> list[TransferLine]:
        return [line for group in self.groups for line in group.lines]

    @property
    def open_lines(self) -> list[TransferLine]:
        return [line for line in self.lines if line.state in OPEN]

    @property
    def without_taker(self) -> int:
        return sum(line.to_id is None for line in self.lines)

    @property
    def ended(self) -> int:
        return sum(line.state in (LineState.DONE, LineState.SETTLED) for line in self.lines)

    @property
    def actions(self) -> tuple[str, ...]:
        return self.plan.actions if self.plan else ()


def transfer_page(handover: Handover) -> TransferPage:
    plan = Transfer.objects.filter(handover=handover).select_related("proposed_by", "confirmed_by").first()
    return TransferPage(handover=handover, plan=plan, groups=_grouped(plan) if plan else [])


def may_transfer(user: Any, handover: Handover) -> bool:
    if handover.leaver_id == user.pk or handover.state == "cancelled":
        return False
    reached = Handover.objects.visible_to(user, Permission.TRANSFER_WORK)
    return handover.head_id == user.pk or reached.filter(pk=handover.pk).exists()


def _grouped(plan: Transfer) -> list[LineGroup]:
    groups: dict[str, list[TransferLine]] = {}
    for line in plan.lines.select_related("to").order_by("pk"):
        groups.setdefault(line.mover, []).append(line)
    return [_group(lines) for lines in groups.values()]


def _group(lines: list[TransferLine]) -> LineGroup:
    """First what somebody has to look at."""
    mover = lines[0].definition
    ordered = sorted(lines, key=lambda line: line.state not in (LineState.REFUSED, LineState.WAITING))
    return LineGroup(
        label=mover.label if mover else lines[0].mover, icon=mover.icon if mover else "circle-dot", lines=ordered
    )
