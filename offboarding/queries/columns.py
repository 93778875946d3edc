"""The board as columns: every case stands in exactly one, by the one thing it waits for. Red first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .board import Filters, Row, filtered, red_first, rows_of, visible

SHOWN = 60
TITLES = {
    "acknowledge": (_("To acknowledge"), _("Resignations and endings by date")),
    "approve": (_("In approval"), _("Only dismissals, agreements and layoffs")),
    "handover": (_("Handing over"), _("List, confirmations, signature")),
    "clearing": (_("Clearing"), _("Accounts, pay, items, papers")),
    "leaving": (_("Waiting for the day"), _("Everything done that can be done before")),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    title: Any
    small: Any
    rows: list[Row]
    total: int


def columns(user: Any, filters: Filters, *, at: datetime) -> list[Column]:
    live = filtered(visible(user), filters, at=at).filter(state__in=["in_approval", "returned", "approved"])
    rows = rows_of(list(live.for_rows().order_by("last_working_date", "id")[: SHOWN * len(TITLES)]), at=at)
    placed: dict[str, list[Row]] = {key: [] for key in TITLES}
    for row in red_first(rows):
        placed[place_of(row)].append(row)
    return [
        Column(key=key, title=title, small=small, rows=placed[key][:SHOWN], total=len(placed[key]))
        for key, (title, small) in TITLES.items()
    ]


def place_of(row: Row) -> str:
    if row.case.state != "approved":
        return "acknowledge" if row.case.is_notice else "approve"
    parts = dict(row.cells)
    handover = parts.get("handover")
    if handover is not None and not handover.is_done and handover.state != "cancelled":
        return "handover"
    open_now = [part for key, part in row.cells if part and key in {"accounts", "settlement", "assets"}]
    return "clearing" if any(not part.is_done for part in open_now) else "leaving"
