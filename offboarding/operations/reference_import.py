"""A file of dated figures: each good row becomes a draft that asks for a second person; the others are told with their reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ehr.errors import Refused

from ..models import ReferenceTable
from ..words import finding_words
from .reference_rows import ask_reference, enter_row

if TYPE_CHECKING:
    from ehr.identity.models import User

LONGEST = {"city": 40, "adcode": 6, "source": 500, "source_url": 500, "note": 300}
"""The longest text of each column."""


@dataclass(frozen=True, kw_only=True)
class RowReport:
    row: int
    outcome: str
    """entered, same or refused."""
    key: str = ""
    field: str = ""
    reason: str = ""


def import_rows(*, lines: Iterable[tuple[int, dict[str, Any]]], by: "User", at: datetime) -> list[RowReport]:
    return [_one(number, line, by, at) for number, line in lines]


def _one(number: int, line: dict[str, Any], by: "User", at: datetime) -> RowReport:
    try:
        with transaction.atomic():
            row = enter_row(said=_read(line), by=by, at=at)
            ask_reference(row=row, by=by, at=at)
    except Refused as refusal:
        outcome = "same" if refusal.code == "B_REF_SAME" else "refused"
        return RowReport(row=number, outcome=outcome, field=refusal.field or "", reason=refusal.detail)
    return RowReport(row=number, outcome="entered", key=row.key)


def _read(line: dict[str, Any]) -> dict[str, Any]:
    if line.get("table") not in ReferenceTable.values:
        raise Refused("B_REF_TABLE", finding_words("B_REF_TABLE"), field="table")
    for name, longest in LONGEST.items():
        if len(str(line.get(name) or "")) > longest:
            raise Refused("B_REF_LONG", finding_words("B_REF_LONG"), field=name)
    address = str(line.get("source_url") or "")
    if address and not address.startswith(("https://", "http://")):
        raise Refused("B_REF_WORD", finding_words("B_REF_WORD"), field="source_url")
    days = {"effective_from": _day(line, "effective_from"), "source_date": _day(line, "source_date", is_needed=False)}
    return line | days


def _day(line: dict[str, Any], name: str, *, is_needed: bool = True) -> date | None:
    text = str(line.get(name) or "").strip()
    if not text and not is_needed:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Refused("B_REF_DATE", finding_words("B_REF_DATE"), field=name) from None
