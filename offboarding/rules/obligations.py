"""Duties that fall after the last day. They have their own deadlines and never keep a case open (decisions 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ehr.lib.months import after_months, last_of_months
from offboarding.rules.compliance.deadlines import exit_deadlines


class DutyKind(StrEnum):
    FILE_TRANSFER = "file_transfer"
    RETENTION = "retention"
    CONTACT_REVIEW = "contact_review"
    REHIRE_PRIORITY = "rehire_priority"
    NON_COMPETE_DECISION = "non_compete_decision"
    NON_COMPETE_PAY = "non_compete_pay"
    NON_COMPETE_DECLARATION = "non_compete_declaration"
    NON_COMPETE_END = "non_compete_end"
    NON_COMPETE_EXTRA = "non_compete_extra"
    DISPUTE_DEFENCE = "dispute_defence"
    DISPUTE_HEARING = "dispute_hearing"
    DISPUTE_SUE = "dispute_sue"


PERIODS = frozenset({DutyKind.RETENTION, DutyKind.REHIRE_PRIORITY})
"""What only has to be kept to, and is over with its day; nobody is asked to do anything."""
HELD_BY_DISPUTES = frozenset({DutyKind.RETENTION})
"""What must survive a dispute: its day waits for the end of it (PIPL 47)."""
CANNOT_END_EARLY = frozenset({DutyKind.RETENTION})
BY_DECISION = DutyKind.NON_COMPETE_DECISION

CONTACT_MONTHS = 12
"""The company's own rule, no statutory period: contact data as long as needed, a year at most (PIPL 19, 47)."""
REHIRE_MONTHS = 6
REVIEW_AHEAD = timedelta(days=30)
NOBODY = ""
OF_HR = frozenset({NOBODY, "hrbp", "hr_manager", "group_hr"})
"""Whose duties whoever manages the exit may see to as well. Those of finance and of legal are theirs alone."""


@dataclass(frozen=True, kw_only=True)
class Duty:
    kind: DutyKind
    due_date: date
    article: str
    nth: int = 0
    """Counted from 1 where a kind comes again and again."""
    role: str = NOBODY
    track: str = ""
    """The track that already does this; no second to-do is opened for it."""
    ask_date: date | None = None
    """From this day on it is a to-do of its role."""


def after(*, termination_date: date, is_layoff: bool) -> list[Duty]:
    due = exit_deadlines(last_day=termination_date)
    review = after_months(termination_date, CONTACT_MONTHS)
    duties = [
        Duty(
            kind=DutyKind.FILE_TRANSFER,
            due_date=due.transfer_due,
            article="LCL 50(1)",
            track="social_insurance",
            role="hrbp",
            ask_date=termination_date,
        ),
        Duty(
            kind=DutyKind.CONTACT_REVIEW,
            due_date=review,
            article="PIPL 19, 47",
            role="hrbp",
            ask_date=review - REVIEW_AHEAD,
        ),
        Duty(kind=DutyKind.RETENTION, due_date=due.contract_retention_until, article="LCL 50(3)"),
    ]
    return [*duties, _rehire_first(termination_date)] if is_layoff else duties


def _rehire_first(termination_date: date) -> Duty:
    """Whoever was laid off is told first when the employer hires again within six months."""
    last = last_of_months(termination_date + timedelta(days=1), REHIRE_MONTHS)
    return Duty(kind=DutyKind.REHIRE_PRIORITY, due_date=last, article="LCL 41", role="hrbp")


def is_period(kind: str) -> bool:
    return kind in PERIODS


def is_late(kind: str, due_date: date, *, today: date) -> bool:
    return not is_period(kind) and due_date < today


def may_end_by_hand(kind: str) -> bool:
    """Contract text is kept for its two years whatever anybody says."""
    return kind not in CANNOT_END_EARLY
