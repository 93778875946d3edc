"""What a row of each dated table consists of. One door for the form, the API and a file: `read_values` or a named problem."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

CALIBRES = ("severance_and_tax", "social_insurance")
CATEGORIES = ("M60", "F55", "F50")
PRACTICES = ("blocks", "warns")
OVERTIMES = ("counts", "left_out")
OLD_SERVICES = ("split", "through")
OF_A_CITY = frozenset({"average_wages", "minimum_wages", "second_terms", "severance_bases"})
LARGEST = Decimal(10_000_000)


class Problem(Exception):
    """The code is worded at the edge."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code, self.field = code, field


@dataclass(frozen=True, kw_only=True)
class Column:
    read: Callable[[str], Any]
    is_needed: bool = True
    code: str = "B_REF_NUMBER"


def _finite(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


def _amount(text: str) -> str:
    """Yuan with two decimals, as the tables in JSON have it."""
    value = _finite(text.replace(",", ""))
    if not 0 < value < LARGEST or value != round(value, 2):
        raise ValueError(text)
    return f"{value:.2f}"


def _days(text: str) -> str:
    value = _finite(text)
    if not 15 <= value <= 31:
        raise ValueError(text)
    return str(value)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _one_of(words: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def tax_bands(text: str) -> list[dict[str, Any]]:
    """Lines 'up to, percent, quick deduction', the last without an end. The tax must not jump where two bands meet."""
    bands: list[dict[str, Any]] = []
    floor, rate, quick = Decimal(0), Decimal(0), Decimal(0)
    lines = _lines(text, width=3)
    for position, (end, percent, deduction) in enumerate(lines):
        is_last = position == len(lines) - 1
        new_rate, new_quick = Decimal(_whole(1, 99)(percent)), _finite(deduction)
        if (end == "") != is_last or new_rate <= rate or new_quick != quick + floor * (new_rate - rate) / 100:
            raise ValueError(text)
        bands.append({"up_to": end or None, "rate_percent": int(percent), "quick_deduction": str(new_quick)})
        if not is_last:
            if _finite(end) <= floor:
                raise ValueError(text)
            floor = _finite(end)
        rate, quick = new_rate, new_quick
    return bands


def medical_periods(text: str) -> list[dict[str, Any]]:
    """Lines 'working years from, years here from, months, counted within months'."""
    names, years = ("total_from", "company_from", "months", "window_months"), _whole(0, 60)
    steps = [dict(zip(names, map(years, line), strict=True)) for line in _lines(text, width=4)]
    if any(not 0 < step["months"] <= step["window_months"] for step in steps):
        raise ValueError(text)
    return steps


def _lines(text: str, *, width: int) -> list[list[str]]:
    lines = [[cell.strip() for cell in line.split(",")] for line in re.split(r"[\n;]+", text) if line.strip()]
    if not lines or any(len(line) != width for line in lines):
        raise ValueError(text)
    return lines


COLUMNS: dict[str, dict[str, Column]] = {
    "average_wages": {
        "stat_year": Column(read=_whole(2000, 2100), code="B_REF_YEAR"),
        "monthly": Column(read=_amount),
        "annual": Column(read=_amount, is_needed=False),
        "calibre": Column(read=_one_of(CALIBRES), code="B_REF_WORD"),
    },
    "minimum_wages": {"monthly": Column(read=_amount)},
    "day_counts": {"monthly_paid_days": Column(read=_days)},
    "retirement_ages": {
        "category": Column(read=_one_of(CATEGORIES), code="B_REF_WORD"),
        "base_years": Column(read=_whole(40, 80)),
        "step": Column(read=_whole(1, 12)),
        "max_delay": Column(read=_whole(0, 120)),
    },
    "tax_bands": {"rows": Column(read=tax_bands, code="B_REF_BANDS")},
    "medical_periods": {"rows": Column(read=medical_periods, code="B_REF_STEPS")},
    "second_terms": {"practice": Column(read=_one_of(PRACTICES), code="B_REF_WORD")},
    "severance_bases": {
        "overtime": Column(read=_one_of(OVERTIMES), code="B_REF_WORD"),
        "old_service": Column(read=_one_of(OLD_SERVICES), code="B_REF_WORD"),
    },
}
STEP = (
    *("up_to", "rate_percent", "quick_deduction"),
    *("total_from", "company_from", "months", "window_months"),
)
"""The order of a step's cells; a database does not keep that of a JSON object."""
SETS = frozenset(table for table, columns in COLUMNS.items() if "rows" in columns)
"""Tables that hold only as a whole: one row here is the whole set of a day."""


def read_values(table: str, said: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, column in COLUMNS[table].items():
        text = "" if said.get(name) is None else str(said[name]).strip()
        if not text and column.is_needed:
            raise Problem("B_REF_EMPTY", name)
        try:
            values[name] = column.read(text) if text else None
        except (ValueError, InvalidOperation):
            raise Problem(column.code, name) from None
    return values


def text_of(value: Any) -> str:
    """A value as the form and a file have it."""
    if isinstance(value, list):
        return "\n".join(", ".join(text_of(step[name]) for name in STEP if name in step) for step in value)
    return "" if value is None else str(value)


def slot_of(*, table: str, city: str, adcode: str, effective_from: Any, values: Mapping[str, Any]) -> str:
    """Of two rows with the same slot only one can hold."""
    which = values.get("category") or ("si" if values.get("calibre") == "social_insurance" else "")
    return ":".join([table, adcode or city, str(which), str(effective_from)])
