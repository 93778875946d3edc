"""The tables in force: the one place where the rules of pay and protection get their dated figures from."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from ehr.lib.facts import plain
from ehr.units.calendars import CalendarYear as LoadedYear
from ehr.units.calendars import published

from ..reference import shipped
from ..rules.compliance.days import CalendarYear, WorkCalendar, year_from
from ..rules.compliance.rows import Row
from ..rules.compliance.tables import Tables, read, rows_of
from .reference_row import ReferenceRow, ReferenceTable, RowStatus, TablesVersion


def tables_in_force() -> Tables:
    """One small statement; the rows are read again only when somebody changed them."""
    return tables_of(TablesVersion.tokens().first())


def known_rows() -> dict[str, Row]:
    """Every row that ever held, by the key that the lines of a calculation name. One small statement."""
    return known_of(TablesVersion.tokens().first())


def unconfirmed_among(keys: Iterable[str], known: Mapping[str, Row]) -> list[Row]:
    """Of these rows those nobody has confirmed: an installation in use must not pay by them."""
    return [known[key] for key in dict.fromkeys(keys) if key in known and known[key].status in OPEN]


def tables_before(keys: Collection[str]) -> Tables:
    """As they were before these rows came into force."""
    new = ReferenceRow.objects.filter(key__in=keys)
    older = new.exclude(replaces=None).values_list("replaces__key", flat=True)
    in_force = set(ReferenceRow.objects.in_force().values_list("key", flat=True))
    return _read(ReferenceRow.objects.filter(key__in=(in_force - set(keys)) | set(older)))


@lru_cache(maxsize=4)
def tables_of(token: Any) -> Tables:
    """Those that this token of `TablesVersion` stands for: None as long as nothing was ever changed."""
    return _read(ReferenceRow.objects.in_force())


@lru_cache(maxsize=4)
def known_of(token: Any) -> dict[str, Row]:
    """Like `tables_of`, of every row that ever held."""
    return {row.id: row for row in rows_of(_read(ReferenceRow.objects.exclude(status=RowStatus.DRAFT)))}


def _read(rows: Iterable[ReferenceRow]) -> Tables:
    data: dict[str, list[dict[str, Any]]] = {name: [] for name in ReferenceTable.values}
    for row in rows:
        data[row.table].extend(_pieces(row))
    return read(data | {"calendar_years": []}, calendar=_calendar())


def _pieces(row: ReferenceRow) -> list[dict[str, Any]]:
    common = {
        "effective_from": plain(row.effective_from),
        "source": row.source,
        "status": row.status,
        "note": row.note,
    }
    if "rows" in row.values:
        return [{"id": f"{row.key}-{n}", **common, **one} for n, one in enumerate(row.values["rows"], start=1)]
    place = {"city": row.city, "adcode": row.adcode} if row.city else {}
    return [{"id": row.key, **common, **place, **row.values}]


def _calendar() -> WorkCalendar:
    """The committed years, then those whose notice was loaded here."""
    years = {year.year: year for year in shipped().calendar.years}
    for loaded in LoadedYear.objects.prefetch_related("days"):
        own = {day.date: day.is_workday for day in loaded.days.all()}
        years[loaded.year] = _loaded(loaded.year, own)
    return WorkCalendar(years=tuple(years.values()))


def _loaded(year: int, differs: dict[Any, bool]) -> CalendarYear:
    return year_from(year, lambda day: differs.get(day, published(day)))


OPEN = frozenset({RowStatus.UNCONFIRMED, RowStatus.DEMO})
