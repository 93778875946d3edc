"""The time of a non-compete: whom it may bind, until when, which months are paid, what its early end costs.

LCL 23, 24; JI1 36-40. What it pays is calculated in `rules/compliance/non_compete.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ehr.lib.months import add_months, after_months, last_of_months
from offboarding.rules.compliance.non_compete import MOST_MONTHS, UNPAID_MONTHS_TO_RESCIND
from offboarding.rules.obligations import Duty, DutyKind


class Basis(StrEnum):
    """Whom it may bind at all (LCL 24(1))."""

    SENIOR_MANAGER = "senior_manager"
    SENIOR_TECHNICIAN = "senior_technician"
    CONFIDENTIALITY = "confidentiality"
    NONE = "none"


NO_AMOUNT = "I_NC_NO_AGREED_COMP"
TELL_OF_PAY = frozenset({"W_NC_BELOW_30PCT", "W_NC_BELOW_GUIDELINE"})
"""Findings that measure the amount by the average wage: only for those who may see pay."""
OF_FLOOR = frozenset({"W_NC_PENALTY_HIGH"})
"""They measure by the compensation: where that is thirty per cent of the average wage, they tell of it too."""
PAY_AHEAD = timedelta(days=5)
DECLARE_AHEAD = timedelta(days=14)
DECLARATION_MONTHS = 3
WARN_MONTHS = 3
REMINDERS = (7, 30)
"""Days before its end, besides the three months (compliance 5.3)."""
MONTHS_TO_PAY_A_RELEASE = 1
"""The law sets no day for it; the company's own (JI1 39 says only that it is owed on request)."""


@dataclass(frozen=True, kw_only=True)
class Term:
    first: date
    months: int

    @property
    def last(self) -> date:
        return last_of_months(self.first, self.months)

    def starts(self, nth: int) -> date:
        return after_months(self.first, nth - 1)

    def ends(self, nth: int) -> date:
        return last_of_months(self.first, nth)


def told(codes: Iterable[str], *, sees_pay: bool) -> list[str]:
    """Of the findings those that say nothing of pay to somebody who may not see it."""
    known = list(codes)
    hidden = frozenset() if sees_pay else TELL_OF_PAY | (OF_FLOOR if NO_AMOUNT in known else frozenset())
    return [code for code in known if code not in hidden]


def may_bind(basis: str) -> bool:
    return basis in {Basis.SENIOR_MANAGER, Basis.SENIOR_TECHNICIAN, Basis.CONFIDENTIALITY}


def term(*, termination_date: date, agreed_months: int) -> Term:
    """From the day after the last; what goes beyond two years does not bind (LCL 24(2))."""
    return Term(first=termination_date + timedelta(days=1), months=min(agreed_months, MOST_MONTHS))


def decision(*, termination_date: date) -> Duty:
    """Where nobody decides, the clause is in force (JI1 37); before its first month is to be paid, somebody says."""
    first = term(termination_date=termination_date, agreed_months=1)
    return Duty(
        kind=DutyKind.NON_COMPETE_DECISION,
        due_date=first.last,
        article="JI1 37",
        role="hr_legal",
        track="non_compete",
        ask_date=first.first,
    )


def duties(of: Term) -> list[Duty]:
    """Every month paid, every quarter declared, and three months before the end somebody looks at it."""
    pay = [_pay(of, nth) for nth in range(1, of.months + 1)]
    declared = [
        _declaration(of, nth, month)
        for nth, month in enumerate(range(DECLARATION_MONTHS, of.months + 1, DECLARATION_MONTHS), start=1)
    ]
    end = Duty(
        kind=DutyKind.NON_COMPETE_END,
        due_date=of.last,
        article="LCL 24(2)",
        role="hr_legal",
        ask_date=add_months(of.last, -WARN_MONTHS),
    )
    return [*pay, *declared, end]


def months_spared(of: Term, *, ended: date) -> int:
    """Those that have not begun by then."""
    return sum(of.starts(nth) > ended for nth in range(1, of.months + 1))


def falls_away(kind: str, nth: int, due_date: date, of: Term, *, ended: date, today: date) -> bool:
    """Months that have not begun, and what would come later. A day said in hindsight takes back no month begun."""
    since = max(ended, today)
    if kind == DutyKind.NON_COMPETE_PAY:
        return of.starts(nth) > since
    return kind in (DutyKind.NON_COMPETE_DECLARATION, DutyKind.NON_COMPETE_END) and due_date > since


def waiver_pay(*, termination_date: date, waived: date, agreed_months: int = 0) -> list[Duty]:
    """Waived only after the end: the months begun until then, and three more (JI1 37, 39). Of a term that has run out
    there is nothing to release from. How long it was may never have been said."""
    bound = term(termination_date=termination_date, agreed_months=agreed_months or MOST_MONTHS)
    begun = [_pay(bound, nth) for nth in range(1, bound.months + 1) if bound.starts(nth) <= waived]
    return [*begun, release_pay(released=waived)] if waived <= bound.last else begun


def reminder(until: date, *, today: date) -> int | None:
    """How many days ahead it is told of today: the nearest of the marks that are reached."""
    left = (until - today).days
    return next((mark for mark in REMINDERS if 0 <= left <= mark), None)


def release_pay(*, released: date) -> Duty:
    """Three more months when the employer ends it before its time and the person asks for them (JI1 39)."""
    return Duty(
        kind=DutyKind.NON_COMPETE_EXTRA,
        due_date=add_months(released, MONTHS_TO_PAY_A_RELEASE),
        article="JI1 39",
        role="finance",
        ask_date=released,
    )


def unpaid_months(open_due_dates: Iterable[date], *, today: date) -> int:
    return sum(due < today for due in open_due_dates)


def may_ask_release(unpaid: int) -> bool:
    """Three months unpaid through the employer: the person may have the clause ended (JI1 38)."""
    return unpaid >= UNPAID_MONTHS_TO_RESCIND


def _pay(of: Term, nth: int) -> Duty:
    return Duty(
        kind=DutyKind.NON_COMPETE_PAY,
        nth=nth,
        due_date=of.ends(nth),
        article="LCL 23(2)",
        role="finance",
        ask_date=of.ends(nth) - PAY_AHEAD,
    )


def _declaration(of: Term, nth: int, month: int) -> Duty:
    return Duty(
        kind=DutyKind.NON_COMPETE_DECLARATION,
        nth=nth,
        due_date=of.ends(month),
        article="LCL 23(1)",
        role="hrbp",
        ask_date=of.ends(month) - DECLARE_AHEAD,
    )
