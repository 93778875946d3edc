"""The days of a dispute after an exit: to answer a claim, to be heard, to go on after an award or a first judgment.

调解仲裁法 30, 35, 47-50; 民事诉讼法 171 for the appeal. All are calendar days, and the day of receipt is not counted
(民事诉讼法 85). A last day on a day off would move to the next working day (the same article) and a commission counts
the ten days of the answer as working days: nobody here relies on either, so each day stands at its earliest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol

from offboarding.rules.obligations import Duty, DutyKind

DEFENCE = timedelta(days=10)
SUE = timedelta(days=15)
SET_ASIDE = timedelta(days=30)
ROLE = "hr_legal"
TENTH = Decimal("0.1")
KINDS = frozenset({DutyKind.DISPUTE_DEFENCE, DutyKind.DISPUTE_HEARING, DutyKind.DISPUTE_SUE})


class Body(StrEnum):
    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    COURT_FIRST = "court_first"
    COURT_SECOND = "court_second"
    SET_ASIDE = "set_aside"
    """The intermediate court, which an employer asks to set a final award aside (调解仲裁法 49)."""
    INSPECTION = "inspection"


class Outcome(StrEnum):
    OPEN = ""
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    ANNULLED = "annulled"
    UPHELD = "upheld"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


OF_CLAIMS = {Outcome.WON, Outcome.PARTLY, Outcome.LOST}
OF_AWARDS = {Outcome.ANNULLED, Outcome.UPHELD}


@dataclass(frozen=True, kw_only=True)
class Dates:
    body: str
    filed: date
    received: date | None = None
    """When the copy of the claim came in: from then on runs the time to answer it."""
    hearing: date | None = None
    decided: date | None = None
    """When the award or judgment was received: from then on runs the time to go on."""
    is_final: bool = False
    """An award that ends it for the employer, who can only ask to have it set aside; the person may still sue."""
    outcome: str = Outcome.OPEN


class Side(StrEnum):
    EMPLOYER = "employer"
    PERSON = "person"
    EITHER = "either"


class Way(StrEnum):
    SUE = "sue"
    SET_ASIDE = "set_aside"
    APPEAL = "appeal"


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What a side can do against an award or a first judgment, counted from when that side received it."""

    side: Side
    way: Way
    days: timedelta
    article: str

    def until(self, received: date) -> date:
        return received + self.days


FINAL_AWARD = (
    Remedy(side=Side.EMPLOYER, way=Way.SET_ASIDE, days=SET_ASIDE, article="调解仲裁法 47, 49"),
    Remedy(side=Side.PERSON, way=Way.SUE, days=SUE, article="调解仲裁法 48"),
)
AWARD = (Remedy(side=Side.EITHER, way=Way.SUE, days=SUE, article="调解仲裁法 50"),)
ANNULMENT = (Remedy(side=Side.EITHER, way=Way.SUE, days=SUE, article="调解仲裁法 49"),)
"""As if there had been no award."""
JUDGMENT = (Remedy(side=Side.EITHER, way=Way.APPEAL, days=SUE, article="民事诉讼法 171"),)


class Dated(Protocol):
    @property
    def body(self) -> str: ...
    @property
    def filed_date(self) -> date: ...
    @property
    def received_date(self) -> date | None: ...
    @property
    def hearing_date(self) -> date | None: ...
    @property
    def decided_date(self) -> date | None: ...
    @property
    def is_final(self) -> bool: ...
    @property
    def outcome(self) -> str: ...


def dates_of(of: Dated) -> Dates:
    """Of what is on file, or of what somebody says now."""
    return Dates(
        body=of.body,
        filed=of.filed_date,
        received=of.received_date,
        hearing=of.hearing_date,
        decided=of.decided_date,
        is_final=of.is_final,
        outcome=of.outcome,
    )


def duties(dates: Dates, *, nth: int) -> list[Duty]:
    return list(_duties(dates, nth))


def _duties(dates: Dates, nth: int) -> Iterator[Duty]:
    if dates.received and dates.body == Body.ARBITRATION and not dates.decided:
        yield _duty(DutyKind.DISPUTE_DEFENCE, nth, dates.received + DEFENCE, "调解仲裁法 30", dates.received)
    if dates.hearing and not dates.decided:
        yield _duty(DutyKind.DISPUTE_HEARING, nth, dates.hearing, "调解仲裁法 35", dates.filed)
    for ours in remedies(dates.body, is_final=dates.is_final, outcome=dates.outcome):
        if dates.decided and ours.side != Side.PERSON:
            yield _duty(DutyKind.DISPUTE_SUE, nth, ours.until(dates.decided), ours.article, dates.decided)


def remedies(body: str, *, is_final: bool, outcome: str = Outcome.OPEN) -> tuple[Remedy, ...]:
    """A mediation, an inspection and a second judgment open no time of their own; only an award is final for one side.
    Once it is set aside both may go to court; where it stands, nobody may."""
    if body == Body.ARBITRATION:
        return FINAL_AWARD if is_final else AWARD
    if body == Body.SET_ASIDE:
        return ANNULMENT if outcome == Outcome.ANNULLED else ()
    return JUDGMENT if body == Body.COURT_FIRST else ()


def _duty(kind: DutyKind, nth: int, due: date, article: str, ask: date) -> Duty:
    return Duty(kind=kind, nth=nth, due_date=due, article=article, role=ROLE, ask_date=ask)


def impossible(dates: Dates, *, today: date) -> str:
    """The field that can't be, or nothing: what happened lies in order and not in the future."""
    past = {"filed_date": dates.filed, "received_date": dates.received, "decided_date": dates.decided}
    for name, day in past.items():
        if day is not None and day > today:
            return name
    later = {"received_date": dates.received, "hearing_date": dates.hearing, "decided_date": dates.decided}
    return next((name for name, day in later.items() if day is not None and day < dates.filed), "")


def is_decision(outcome: str) -> bool:
    """What a body said, unlike a claim that was settled or withdrawn."""
    return outcome in OF_CLAIMS | OF_AWARDS


def may_come_out(body: str, outcome: str) -> bool:
    """A claim is granted or refused; an award that was asked to be set aside is, or it stands."""
    return outcome not in (OF_CLAIMS if body == Body.SET_ASIDE else OF_AWARDS)


def rate(*, disputes: int, exits: int) -> Decimal | None:
    """Exits that led to a dispute per hundred exits, to one decimal; of no exit there is no rate."""
    if not exits:
        return None
    return (Decimal(100 * disputes) / exits).quantize(TENTH, ROUND_HALF_UP)
