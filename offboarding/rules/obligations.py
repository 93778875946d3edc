"""Duties that fall after the last day. They have their own deadlines and never keep a case open (decisions 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ehr.lib.months import after_months, last_of_months
from offboarding.rules.compliance.deadlines import WAGE_RECORD_YEARS, ExitDeadlines, exit_deadlines
from offboarding.rules.kinds import DEATH


class DutyKind(StrEnum):
    FILE_TRANSFER = "file_transfer"
    UNEMPLOYMENT_NOTICE = "unemployment_notice"
    UNEMPLOYMENT_LIST = "unemployment_list"
    HOUSING_FUND = "housing_fund"
    RETENTION = "retention"
    WAGE_RECORDS = "wage_records"
    ARBITRATION_WINDOW = "arbitration_window"
    CONTACT_REVIEW = "contact_review"
    REHIRE_PRIORITY = "rehire_priority"
    SURVIVORS = "survivors"
    NON_COMPETE_DECISION = "non_compete_decision"
    NON_COMPETE_PAY = "non_compete_pay"
    NON_COMPETE_DECLARATION = "non_compete_declaration"
    NON_COMPETE_END = "non_compete_end"
    NON_COMPETE_EXTRA = "non_compete_extra"
    DISPUTE_DEFENCE = "dispute_defence"
    DISPUTE_HEARING = "dispute_hearing"
    DISPUTE_SUE = "dispute_sue"


KEPT = frozenset({DutyKind.RETENTION, DutyKind.WAGE_RECORDS, DutyKind.ARBITRATION_WINDOW})
PERIODS = KEPT | {DutyKind.REHIRE_PRIORITY}
"""What only has to be kept to, and is over with its day; nobody is asked to do anything."""
HELD_BY_DISPUTES = KEPT
"""What must survive a dispute: its day waits for the end of it (PIPL 47)."""
CANNOT_END_EARLY = KEPT
BY_DECISION = DutyKind.NON_COMPETE_DECISION

CONTACT_MONTHS = 12
"""The company's own rule, no statutory period: contact data as long as needed, a year at most (PIPL 19, 47)."""
REHIRE_MONTHS = 6
REVIEW_AHEAD = timedelta(days=30)
CLAIM_WITHIN = timedelta(days=30)
NOT_JOBLESS = frozenset({"RETIRE", "LCL44_2", DEATH})
"""Who retired or died looks for no work."""
OWN_WISH = frozenset({"LCL37", "LCL36_EMPLOYEE"})
"""They are on the list, and have no benefits to be told of (失业保险条例 14; 实施《社会保险法》若干规定 13)."""
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


def after(*, termination_date: date, is_layoff: bool, ground: str) -> list[Duty]:
    due = exit_deadlines(last_day=termination_date)
    review = after_months(termination_date, CONTACT_MONTHS)
    wages_until = after_months(termination_date, 12 * WAGE_RECORD_YEARS)
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
        Duty(
            kind=DutyKind.HOUSING_FUND,
            due_date=due.housing_fund_due,
            article="住房公积金管理条例 15",
            role="hrbp",
            ask_date=termination_date,
        ),
        Duty(kind=DutyKind.RETENTION, due_date=due.contract_retention_until, article="LCL 50(3)"),
        Duty(kind=DutyKind.WAGE_RECORDS, due_date=wages_until, article="WPR 6"),
        Duty(kind=DutyKind.ARBITRATION_WINDOW, due_date=due.arbitration_window_until, article="调解仲裁法 27"),
        *on_last_day(termination_date=termination_date, ground=ground),
        *_to_the_agency(due, ground),
        *_to_the_family(termination_date, ground),
    ]
    return [*duties, _rehire_first(termination_date)] if is_layoff else duties


def on_last_day(*, termination_date: date, ground: str) -> list[Duty]:
    """With the certificate: whoever lost the job against their will is told of the unemployment benefits."""
    if ground in NOT_JOBLESS | OWN_WISH:
        return []
    told = Duty(
        kind=DutyKind.UNEMPLOYMENT_NOTICE,
        due_date=termination_date,
        article="失业保险条例 16",
        role="hrbp",
        ask_date=termination_date,
    )
    return [told]


def _to_the_agency(due: ExitDeadlines, ground: str) -> list[Duty]:
    """Planned for the week of the older regulation; the law of 2010 gives fifteen days and prevails."""
    if ground in NOT_JOBLESS:
        return []
    listed = Duty(
        kind=DutyKind.UNEMPLOYMENT_LIST,
        due_date=due.unemployment_list_target,
        article="SIL 50, 失业保险条例 16",
        role="hrbp",
        ask_date=due.certificate_due,
    )
    return [listed]


def _to_the_family(termination_date: date, ground: str) -> list[Duty]:
    """The fund pays near relatives, more of it where the work was the cause: that is applied for within thirty days."""
    if ground != DEATH:
        return []
    claimed = Duty(
        kind=DutyKind.SURVIVORS,
        due_date=termination_date + CLAIM_WITHIN,
        article="SIL 17, WII 17, 39",
        role="hrbp",
        ask_date=termination_date,
    )
    return [claimed]


def _rehire_first(termination_date: date) -> Duty:
    """Whoever was laid off is told first when the employer hires again within six months."""
    last = last_of_months(termination_date + timedelta(days=1), REHIRE_MONTHS)
    return Duty(kind=DutyKind.REHIRE_PRIORITY, due_date=last, article="LCL 41", role="hrbp")


def is_period(kind: str) -> bool:
    return kind in PERIODS


def is_late(kind: str, due_date: date, *, today: date) -> bool:
    return not is_period(kind) and due_date < today


def may_end_by_hand(kind: str) -> bool:
    """What the law has kept is kept for its time whatever anybody says."""
    return kind not in CANNOT_END_EARLY
