"""Days off in mainland China by law alone, for years whose official calendar is not published yet.

放假办法 (in force 2025-01-01) art. 2: thirteen days; art. 6: one that falls on a weekend is made up on the next weekday
that is not off already. Swapped working weekends (调休) are decided year by year and never guessed.
"""

from datetime import date, timedelta
from functools import lru_cache

# (正月初一, 清明, 端午, 中秋) as month and day; by the lunar calendar and the solar term.
FESTIVALS = {
    2024: ("0210", "0404", "0610", "0917"),
    2025: ("0129", "0404", "0531", "1006"),
    2026: ("0217", "0405", "0619", "0925"),
    2027: ("0206", "0405", "0609", "0915"),
    2028: ("0126", "0404", "0528", "1003"),
    2029: ("0213", "0404", "0616", "0922"),
    2030: ("0203", "0405", "0605", "0912"),
    2031: ("0123", "0405", "0624", "1001"),
    2032: ("0211", "0404", "0612", "0919"),
    2033: ("0131", "0404", "0601", "0908"),
    2034: ("0219", "0405", "0620", "0927"),
    2035: ("0208", "0405", "0610", "0916"),
    2036: ("0128", "0404", "0530", "1004"),
    2037: ("0215", "0404", "0618", "0924"),
    2038: ("0204", "0405", "0607", "0913"),
    2039: ("0124", "0405", "0527", "1002"),
    2040: ("0212", "0404", "0614", "0920"),
    2041: ("0201", "0404", "0603", "0910"),
    2042: ("0122", "0404", "0622", "0928"),
    2043: ("0210", "0405", "0611", "0917"),
    2044: ("0130", "0404", "0531", "1005"),
    2045: ("0217", "0404", "0619", "0925"),
    2046: ("0206", "0404", "0608", "0915"),
    2047: ("0126", "0405", "0529", "1004"),
    2048: ("0214", "0404", "0615", "0922"),
    2049: ("0202", "0404", "0604", "0911"),
    2050: ("0123", "0404", "0623", "0930"),
}
LAST_YEAR = max(FESTIVALS)


def is_statutory_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in days_off(day.year)


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    """Statutory days and the weekdays that replace those on weekends."""
    off: set[date] = set(statutory_days(year))
    for day in statutory_days(year):
        if day.weekday() >= 5:
            off.add(_next_weekday_not_in(off, day))
    return frozenset(off)


def statutory_days(year: int) -> tuple[date, ...]:
    """Beyond the table (2050) only the days that need no lunar calendar."""
    fixed = [date(year, 1, 1), date(year, 5, 1), date(year, 5, 2), *(date(year, 10, n) for n in (1, 2, 3))]
    if year in FESTIVALS:
        spring, *others = (date(year, int(text[:2]), int(text[2:])) for text in FESTIVALS[year])
        fixed += [spring + timedelta(days=n) for n in (-1, 0, 1, 2)] + others
    return tuple(sorted(set(fixed)))


def _next_weekday_not_in(off: set[date], day: date) -> date:
    while day.weekday() >= 5 or day in off:
        day += timedelta(days=1)
    return day
