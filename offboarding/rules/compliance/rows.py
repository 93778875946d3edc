"""A dated row of a table, and what is said when there is none for a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


class RowMissing(LookupError):
    code = "B_REF_MISSING"

    def __init__(self, table: str, **key: object) -> None:
        self.table, self.key = table, {name: str(value) for name, value in key.items()}
        super().__init__(" ".join([f"{self.code}: no row in {table} for", *self.key.values()]))


@dataclass(frozen=True, kw_only=True)
class Row:
    id: str
    effective_from: date
    source: str
    status: str
    """confirmed, unconfirmed, or demo for invented figures."""
    note: str = ""


R = TypeVar("R", bound=Row)


def newest_of(rows: Iterable[R], as_of: date | None) -> R | None:
    """The row that holds on a day; without a day the newest there is."""
    known = [row for row in rows if as_of is None or row.effective_from <= as_of]
    return max(known, key=lambda row: row.effective_from, default=None)
