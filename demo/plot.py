"""Who leaves, how, when it began and how far it came: the plot of the demo, as plain rows in a fixed order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

NOTICE = timedelta(days=32)
"""From the filing of what an employee did not file to the last day."""


class Ends(StrEnum):
    """How far an exit has come today."""

    DRAFT = "draft"
    WAITING = "waiting"
    HALF_WAY = "half_way"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RETAINED = "retained"
    CANCELLED = "cancelled"
    QUIET = "quiet"
    BEGUN = "begun"
    LATE = "late"
    NEARLY_DONE = "nearly_done"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Exit:
    """`days_ago` is when it was filed; the last day follows from the kind."""

    kind: str
    ends: Ends
    days_ago: int
    reason: str
    ground: str = ""


RESIGNED = (
    "家里要搬回成都，路太远了。",
    "想换一个发展方向。",
    "拿到了另一家公司的机会。",
    "准备读在职研究生。",
    "想多陪陪孩子。",
)
FAILED_TARGET = "连续两个季度未完成销售目标，培训并调整岗位后仍未达标。"
BROKE_RULES = "三次未按规定盘点，造成库存差异，已两次书面警告。"


def exits() -> Iterator[Exit]:
    """Fifty-seven, in every state a case can be in."""
    yield from _resignations(Ends.CLOSED, days=(40, 42, 45, 48, 52, 55, 58))
    yield from _resignations(Ends.NEARLY_DONE, days=(26, 27, 28))
    yield from _resignations(Ends.LATE, days=(18, 19, 20, 21, 22, 23))
    yield from _resignations(Ends.BEGUN, days=(5, 6, 8, 9, 12, 15))
    yield from _resignations(Ends.HALF_WAY, days=(1, 1, 1))
    yield from _resignations(Ends.WAITING, days=(0, 0, 0, 0))
    yield from _resignations(Ends.RETURNED, days=(1,))
    yield from _resignations(Ends.WITHDRAWN, days=(11, 30))
    yield from _resignations(Ends.RETAINED, days=(16, 35))
    for ends, days in (
        (Ends.DRAFT, 1),
        (Ends.WAITING, 0),
        (Ends.HALF_WAY, 2),
        (Ends.QUIET, 6),
        (Ends.BEGUN, 12),
        (Ends.REJECTED, 20),
        (Ends.CANCELLED, 9),
        (Ends.CLOSED, 50),
    ):
        yield Exit(kind="dismissal", ground="LCL40_2", ends=ends, days_ago=days, reason=FAILED_TARGET)
        yield Exit(kind="dismissal", ground="LCL39_2", ends=ends, days_ago=days + 1, reason=BROKE_RULES)
    for ends, days in ((Ends.WAITING, 1), (Ends.BEGUN, 9), (Ends.CLOSED, 47)):
        yield Exit(kind="expiry", ground="LCL44_1", ends=ends, days_ago=days, reason="合同到期，双方不续签。")
        yield Exit(kind="retirement", ground="RETIRE", ends=ends, days_ago=days, reason="达到退休年龄。")
    yield Exit(kind="pre_offboarding", ends=Ends.DRAFT, days_ago=4, reason="多次提到年后回老家创业。")


def _resignations(ends: Ends, *, days: tuple[int, ...]) -> Iterator[Exit]:
    for index, day in enumerate(days):
        yield Exit(kind="resignation", ground="LCL37", ends=ends, days_ago=day, reason=RESIGNED[index % len(RESIGNED)])
