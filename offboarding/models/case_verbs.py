"""How a case moves: each verb is a row of the table and the event that tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ehr.clock import LEGAL_ZONE

from .. import events
from ..rules import kinds
from ..rules.dates import FourDates
from ..rules.lifecycle import Action
from .case_answers import DATE_FIELDS

if TYPE_CHECKING:
    from ehr.identity.models import User

    from .chain import ChainVersion


class CaseVerbs:
    """Mixed into Case, which writes them; `self: Any` because the fields stand there."""

    @transaction.atomic
    def submit(self: Any, *, dates: FourDates, reason_sha256: str = "", by: User | None, at: datetime) -> None:
        """`filed_at` is the legal instant: a second submission keeps the first one's (decisions 3)."""
        self._lock()
        filed_at = self.filed_at or at
        self._advance(
            Action.SUBMIT,
            at=at,
            last_day=dates.termination_date,
            filed_at=filed_at,
            filed_date=filed_at.astimezone(LEGAL_ZONE).date(),
            last_working_date=dates.last_working_date,
            termination_date=dates.termination_date,
            paid_until_date=dates.paid_until_date,
            round=self.round + 1,
        )
        self._emit(
            events.Submitted, by=by, at=at, ground=self.ground, items=self.forced_items, reason_sha256=reason_sha256
        )

    @transaction.atomic
    def open_chain(self: Any, *, version: ChainVersion, by: User | None, at: datetime) -> None:
        self._advance(Action.OPEN_CHAIN, at=at, chain_version=self.chain_version or version)

    @transaction.atomic(savepoint=False)
    def approve(self: Any, *, by: User | None, at: datetime, by_law: bool = False) -> None:
        """The last step is decided, by somebody who holds the case. A notice is acknowledged, a request approved: one
        arrow each."""
        action = Action.ACKNOWLEDGE if kinds.rule(self.kind).is_notice else Action.APPROVE
        human = {} if by is None else {"last_human_at": at}
        self._advance(action, at=at, is_held=True, approved_at=at, **human)
        successor = str(self.successor_id or "")
        self._emit(events.Approved, by=by, at=at, successor_id=successor, by_law=by_law)

    @transaction.atomic
    def return_for_changes(self: Any, *, reason_sha256: str, by: User | None, at: datetime) -> None:
        self._advance(Action.RETURN_FOR_CHANGES, at=at)
        self._emit(events.Returned, by=by, at=at, reason_sha256=reason_sha256)

    @transaction.atomic
    def reject(self: Any, *, reason_sha256: str, by: User | None, at: datetime) -> None:
        self._advance(Action.REJECT, at=at, finished_at=at)
        self._emit(events.Rejected, by=by, at=at, reason_sha256=reason_sha256)

    @transaction.atomic
    def withdraw(self: Any, *, consent: bool = False, reason_sha256: str = "", by: User | None, at: datetime) -> None:
        self._advance(Action.WITHDRAW, at=at, has_consent=consent, finished_at=at)
        self._emit(events.Withdrawn, by=by, at=at, reason_sha256=reason_sha256)

    @transaction.atomic
    def strike_letter(self: Any, *, reason_sha256: str, by: User, at: datetime) -> None:
        """Recorded in error: it never was the person's notice."""
        self._advance(Action.STRIKE_LETTER, at=at, finished_at=at)
        self._emit(events.LetterStruck, by=by, at=at, reason_sha256=reason_sha256)
        self._emit(events.Withdrawn, by=by, at=at, reason_sha256=reason_sha256)

    @transaction.atomic
    def retain(self: Any, *, measure: str, by: User | None, at: datetime) -> None:
        self._advance(Action.RETAIN, at=at, finished_at=at)
        self._emit(events.Retained, by=by, at=at, measure=measure)

    @transaction.atomic
    def cancel(self: Any, *, reason_sha256: str, by: User | None, at: datetime) -> None:
        self._advance(Action.CANCEL, at=at, finished_at=at)
        self._emit(events.Cancelled, by=by, at=at, reason_sha256=reason_sha256)

    @transaction.atomic
    def convert(self: Any, *, kind: str, ground: str, by: User | None, at: datetime) -> None:
        """A preparation becomes a formal exit and keeps all its work."""
        self._advance(Action.CONVERT, at=at, kind=kind, ground=ground, quiet=kinds.rule(kind).quiet)
        self._emit(events.Converted, by=by, at=at)

    @transaction.atomic
    def stand_down(self: Any, *, by: User | None, at: datetime) -> None:
        self._advance(Action.STAND_DOWN, at=at, finished_at=at)
        self._emit(events.StoodDown, by=by, at=at)

    @transaction.atomic
    def change_dates(self: Any, *, dates: FourDates, by: User | None, at: datetime) -> None:
        before = {name: str(getattr(self, name) or "") for name in DATE_FIELDS}
        self._advance(Action.CHANGE_DATES, at=at, **{name: getattr(dates, name) for name in DATE_FIELDS})
        self._emit(events.DatesChanged, by=by, at=at, before=before)

    @transaction.atomic
    def tell(self: Any, *, by: User | None, at: datetime) -> None:
        self._advance(Action.TELL, at=at, told_at=at)
        self._emit(events.Told, by=by, at=at)

    @transaction.atomic
    def end_employment(self: Any, *, by: User | None, at: datetime) -> None:
        self._advance(Action.END_EMPLOYMENT, at=at, employment_ended_at=at)
        self._emit(events.EmploymentEnded, by=by, at=at)

    @transaction.atomic
    def close(self: Any, *, by: User | None, at: datetime) -> None:
        self._advance(Action.CLOSE, at=at, finished_at=at)
        self._emit(events.Closed, by=by, at=at)

    @transaction.atomic
    def confirm(self: Any, action: Action, *, at: datetime) -> None:
        """Lock the row and refuse what the table or the law forbids, for facts that live in rows of their own."""
        self._advance(action, at=at)

    @transaction.atomic
    def redraft(self: Any, *, by: User | None, at: datetime, **fields: Any) -> None:
        """What was asked for, as long as nobody decides on it: ground, wish, pay in lieu, cost."""
        self._advance(Action.REDRAFT, at=at, **fields)
        self._emit(events.Redrafted, by=by, at=at, ground=self.ground, items=self.forced_items)
