"""Duties that fall after the last day. They have their own deadlines and never keep a case open (decisions 5)."""

from dataclasses import dataclass
from datetime import date

from offboarding.rules.compliance.deadlines import exit_deadlines


@dataclass(frozen=True, kw_only=True)
class Duty:
    kind: str
    due_date: date
    article: str
    track: str = ""
    """The track that already does this; no second to-do is opened for it."""
    role: str = ""


def after(termination_date: date) -> list[Duty]:
    due = exit_deadlines(last_day=termination_date)
    return [
        Duty(kind="file_transfer", due_date=due.transfer_due, article="LCL 50", track="social_insurance"),
        Duty(kind="retention", due_date=due.contract_retention_until, article="LCL 50"),
    ]
