"""How long whoever takes over may lean on the one who left, and when the two walk through the work together."""

from datetime import date, timedelta

ASKED_DAYS = 30
"""Calendar days after the last working day: so long questions still reach the one who left, whose answer is a favour
then; and so long their results and reviews may be read by whoever took over."""


def asked_until(last_working_date: date) -> date:
    return last_working_date + timedelta(days=ASKED_DAYS)


def may_be_asked(*, today: date, last_working_date: date) -> bool:
    return today <= asked_until(last_working_date)


def problem_of_session(*, on_date: date, today: date, last_working_date: date) -> str:
    """Shadowing is done side by side: not in the past, and while both work here."""
    if on_date < today:
        return "in_the_past"
    return "after_last_day" if on_date > last_working_date else ""
