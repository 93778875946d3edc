"""Days that can't be are refused before anything is written. What the law says is asked by the case itself."""

from datetime import date, datetime

from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused

from ..rules import dates
from ..words import finding_words


def refuse_dates(planned: dates.FourDates, *, field: str = "last_working_date") -> None:
    for code in dates.problems(planned):
        raise Refused(code, finding_words(code), field=field)


def refuse_wish(day: date, *, at: datetime) -> None:
    """What is asked for must be a day that can come, whatever is agreed later."""
    wished = dates.on(filed_date=at.astimezone(LEGAL_ZONE).date(), day=day)
    refuse_dates(wished, field="requested_last_working_date")
