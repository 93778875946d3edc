"""What is gone through together, as this reader may act on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handover.forms import ShadowingForm
from handover.models import Handover, Shadowing


@dataclass(frozen=True, kw_only=True)
class Session:
    row: Shadowing
    tone: str
    icon: str
    may_finish: bool
    may_call_off: bool


def sessions_of(user: Any, handover: Handover, *, today: date) -> list[Session]:
    rows = list(handover.shadowings.in_order())
    plans = user.pk in (handover.head_id, handover.leaver_id)
    sides = (handover.head_id, handover.leaver_id, handover.successor_id)
    return [
        Session(
            row=row,
            tone=_tone(row, today)[0],
            icon=_tone(row, today)[1],
            may_finish=bool(row.actions) and row.on_date <= today and user.pk in (*sides, row.guide_id),
            may_call_off=bool(row.actions) and plans,
        )
        for row in rows
    ]


def may_plan(user: Any, handover: Handover) -> bool:
    return handover.is_running and user.pk in (handover.head_id, handover.leaver_id)


def shadowing_form(handover: Handover, data: Any = None) -> ShadowingForm:
    return ShadowingForm(data, last_day=handover.last_working_date)


def _tone(row: Shadowing, today: date) -> tuple[str, str]:
    if row.done_at:
        return "ok", "check"
    if row.on_date < today:
        return "bad", "alert-triangle"
    return ("warn", "clock") if row.on_date == today else ("idle", "circle-dashed")
