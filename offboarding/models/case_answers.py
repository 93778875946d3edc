"""What one may ask a case, apart from how it changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ehr import record
from ehr.clock import legal_day

from .. import events
from ..rules import kinds, lifecycle
from ..rules.dates import FourDates
from .choices import ForcedItemName

if TYPE_CHECKING:
    from .decision import Decision

AnyFact = TypeVar("AnyFact", bound=events.CaseFact)
DATE_FIELDS = ("last_working_date", "termination_date", "paid_until_date")


class CaseAnswers:
    """Mixed into Case; `self: Any` because the fields stand there."""

    def fact(self: Any, fact: type[AnyFact], **facts: Any) -> AnyFact:
        dates = {name: str(getattr(self, name) or "") for name in ("filed_date", *DATE_FIELDS)}
        return fact(
            case_id=str(self.pk),
            number=self.number,
            employment_id=str(self.employment_id),
            unit_path=self.unit.path,
            exit_kind=self.kind,
            quiet=self.is_secret,
            **dates,
            **facts,
        )

    @property
    def planned_day(self: Any) -> date | None:
        """The last day as it is meant now: of what was returned, the one that is asked for, not that of the round before."""
        wish, planned = self.requested_last_working_date, self.termination_date
        return (wish or planned) if self.state == lifecycle.State.RETURNED else (planned or wish)

    def facts(self: Any, *, has_consent: bool = False, is_delivered: bool | None = None) -> lifecycle.Facts:
        """What the table asks for. `is_delivered`: known already, by who only shows what is allowed."""
        return lifecycle.Facts(
            kind=self.kind,
            is_acknowledged=self.approved_at is not None,
            is_delivered=self._is_delivered(is_delivered),
            is_ended=self.employment_ended_at is not None,
            is_told=self.told_at is not None,
            is_quiet=self.quiet,
            is_signed=self.agreement_signed_at is not None,
            has_consent=has_consent,
            is_on_paper=self.is_on_paper,
            open_required=self._open_required(),
        )

    def _is_delivered(self: Any, known: bool | None) -> bool:
        if not kinds.rule(self.kind).needs_effect_gate:
            return False
        return self.service_proofs.arrived().exists() if known is None else known

    def _open_required(self: Any) -> int:
        if self.employment_ended_at is None:
            return 0
        return self.tracks.blocking_close_of(self).count()

    def actions(self: Any, *, is_delivered: bool | None = None) -> list[str]:
        facts = self.facts(is_delivered=is_delivered)
        return [action.value for action in lifecycle.allowed_actions(self.state, facts)]

    def reason_said(self: Any) -> Decision | None:
        """The newest words about why it should end."""
        said: Decision | None = (
            self.decisions.filter(kind="reason").select_related("data_key").order_by("-at", "-id").first()
        )
        return said

    def reason(self: Any) -> str:
        said = self.reason_said()
        return said.comment if said else ""

    @property
    def is_secret(self: Any) -> bool:
        return self.quiet and self.told_at is None

    @property
    def is_notice(self: Any) -> bool:
        return kinds.rule(self.kind).is_notice

    @property
    def is_on_paper(self: Any) -> bool:
        return self.letter_received_on is not None

    @property
    def reaches_leaver(self: Any) -> bool:
        """The person has an account and can open it: what is told here is read."""
        user = self.employment.person.user
        return user is not None and user.has_full_access

    @property
    def is_sent_by_hr(self: Any) -> bool:
        """A letter of somebody who can't correct it here: whoever records letters does."""
        return self.is_on_paper and not self.reaches_leaver

    @property
    def has_notice_period(self: Any) -> bool:
        return kinds.rule(self.kind).has_notice_period

    @property
    def forced_words(self: Any) -> list[str]:
        return [str(ForcedItemName(item).label) for item in self.forced_items]

    @property
    def is_of_death(self: Any) -> bool:
        """Nobody is left to be written to; what is owed goes to the estate (LCL 44(3))."""
        return bool(self.ground == kinds.DEATH)

    def due_day(self: Any, day: date, *, at: datetime | None = None) -> date:
        """What had happened before it was filed is due once it is decided: nobody is late with what nobody knew."""
        known = self.approved_at or at
        return max(day, legal_day(known)) if known and self.is_of_death else day

    @property
    def is_live(self: Any) -> bool:
        return self.state in lifecycle.LIVE

    @property
    def comes_about(self: Any) -> bool:
        """Decided on and not taken back: there will be a time after it."""
        return self.state in ("approved", "closed") and self.kind != kinds.Kind.PRE_OFFBOARDING

    @property
    def can_be_disputed(self: Any) -> bool:
        """Once it is filed, whatever becomes of it: nobody's claim ends because an exit is taken back."""
        return lifecycle.State(self.state) in lifecycle.TABLE[lifecycle.Action.KEEP_DISPUTE].sources

    @property
    def ref(self: Any) -> str:
        return record.ref(self)

    @property
    def url(self: Any) -> str:
        return f"/cases/{self.pk}/"

    @property
    def dates(self: Any) -> FourDates:
        assert self.filed_date and self.last_working_date and self.termination_date and self.paid_until_date
        return FourDates(
            filed_date=self.filed_date,
            last_working_date=self.last_working_date,
            termination_date=self.termination_date,
            paid_until_date=self.paid_until_date,
        )

    def in_probation_on(self: Any, day: date) -> bool:
        return self.employment.in_probation_on(day)
