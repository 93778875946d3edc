"""Which figure of a dated table a line of a calculation used, in words."""

from functools import lru_cache

from django.utils.translation import gettext as _

from .reference import shipped
from .rules.compliance.rows import Row
from .rules.compliance.tables import AverageWage, CityRow


def row_words(row_ids: str) -> list[str]:
    """Which figure of a table a line used, and where that came from."""
    known = _rows()
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


@lru_cache(maxsize=1)
def _rows() -> dict[str, Row]:
    tables = shipped()
    rows: tuple[Row, ...] = (*tables.average_wages, *tables.minimum_wages, *tables.tax_bands, *tables.day_counts)
    return {row.id: row for row in rows}
