"""Which figure of a dated table a line of a calculation used, in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import ReferenceRow
from .rules.compliance.rows import Row
from .rules.compliance.tables import AverageWage, CityRow
from .words import CALIBRE_WORDS, COLUMN_WORDS, OLD_SERVICE_WORDS, OVERTIME_WORDS, PRACTICE_WORDS


def row_words(row_ids: str, known: Mapping[str, Row]) -> list[str]:
    """Which figure of a table a line used, and where that came from."""
    return [_row(known[row_id]) if row_id in known else row_id for row_id in row_ids.split(", ") if row_id]


def _row(row: Row) -> str:
    if isinstance(row, AverageWage):
        return _("%(city)s, average wage of %(year)s: %(monthly)s") % {
            "city": row.city,
            "year": row.stat_year,
            "monthly": f"{row.monthly:,}",
        }
    if isinstance(row, CityRow):
        return _("%(city)s, minimum wage since %(day)s: %(monthly)s") % {
            "city": row.city,
            "day": row.effective_from,
            "monthly": f"{row.monthly:,}",
        }
    return row.source


IN_WORDS: dict[str, dict[str, Any]] = {
    "calibre": CALIBRE_WORDS,
    "practice": PRACTICE_WORDS,
    "overtime": OVERTIME_WORDS,
    "old_service": OLD_SERVICE_WORDS,
}


def values_words(row: ReferenceRow) -> list[tuple[str, str]]:
    """The columns of a row with their values, for the pages of the editor."""
    texts = row.texts | _chosen_by_name(row)
    return [(str(COLUMN_WORDS[name]), texts[name]) for name in texts if texts[name]]


def _chosen_by_name(row: ReferenceRow) -> dict[str, str]:
    return {name: str(words[row.values[name]]) for name, words in IN_WORDS.items() if name in row.values}


def _chosen(row: ReferenceRow) -> list[str]:
    return [words for name, words in _chosen_by_name(row).items() if name != "calibre"]


def figure_words(row: ReferenceRow) -> str:
    """The one value that matters in a list."""
    if "monthly" in row.values:
        return f"{Decimal(row.values['monthly']):,}"
    if "rows" in row.values:
        return ngettext("%(n)s line", "%(n)s lines", len(row.values["rows"])) % {"n": len(row.values["rows"])}
    if words := _chosen(row):
        return " · ".join(words)
    return " · ".join(text for text in row.texts.values() if text)
