"""Keyset paging for web lists: the next page starts behind the last row, so it costs the same at row 50,000 as at row 1."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 30


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page, or "" on the last one."""

    rows: list[Any]
    next: str


def page_of(rows: QuerySet[Any], *, order: Sequence[str], cursor: str = "", size: int = SIZE) -> Page:
    """`order` names plain, never-null columns, the last one unique ("-filed_at", "id"). A broken cursor is page one."""
    found = list(_behind(rows, order, cursor).order_by(*order)[: size + 1])
    more = len(found) > size
    return Page(found[:size], _cursor(order, found[size - 1]) if more else "")


def _cursor(order: Sequence[str], row: Model) -> str:
    values = [str(getattr(row, name.removeprefix("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _behind(rows: QuerySet[Any], order: Sequence[str], cursor: str) -> QuerySet[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor)) if cursor else []
        if _are_texts(values) and len(values) == len(order):
            return rows.filter(_after(list(zip(order, values, strict=True))))
    except (ValueError, OverflowError, ValidationError):  # no base64, no JSON, no value of that column
        return rows
    return rows


def _are_texts(values: Any) -> bool:
    """As `_cursor` writes them; a NUL would be refused by the database, and by no column before it."""
    return isinstance(values, list) and all(isinstance(value, str) and "\0" not in value for value in values)


def _after(pairs: list[tuple[str, str]]) -> Q:
    (name, value), rest = pairs[0], pairs[1:]
    column, lookup = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
    beyond = Q(**{f"{column}__{lookup}": value})
    return beyond | (Q(**{column: value}) & _after(rest)) if rest else beyond
