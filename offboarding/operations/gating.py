"""Days that can't be are refused before anything is written. What the law says is asked by the case itself."""

from datetime import date, datetime
from typing import Any

from ehr.clock import legal_day
from ehr.errors import Refused

from ..models import Case
from ..rules import dates
from ..words import finding_words


def refuse_dates(planned: dates.FourDates, *, field: str = "last_working_date", **about: Any) -> None:
    """`about`: the ground, when the person was hired, and today; of an ending that is filed when it has happened."""
    for code in dates.problems(planned, **about):
        raise Refused(code, finding_words(code), field=field)


def refuse_dates_of(case: Case, planned: dates.FourDates, *, at: datetime) -> None:
    refuse_dates(planned, ground=case.ground, hired=case.employment.hire_date, today=legal_day(at))


def refuse_wish(day: date, *, at: datetime, ground: str = "", hired: date | None = None) -> None:
    """What is asked for must be a day that can come, whatever is agreed later; or that has come, where something happened."""
    wished = dates.on(filed_date=legal_day(at), day=day)
    refuse_dates(wished, field="requested_last_working_date", ground=ground, hired=hired, today=legal_day(at))
