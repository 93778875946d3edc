from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.clock import LEGAL_ZONE
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from employees.models import Employment
from employees.models.numbering import NumberSequence

from .. import events
from ..rules import kinds, lifecycle
from ..rules.lifecycle import Action, State
from .case_answers import DATE_FIELDS, AnyFact, CaseAnswers
from .case_law import CaseLaw
from .case_query import CaseQuerySet
from .case_verbs import CaseVerbs
from .choices import CaseKind, CaseState, GroundName

if TYPE_CHECKING:
    from ehr.identity.models import User

LIVE = sorted(lifecycle.LIVE)


class Case(CaseVerbs, CaseAnswers, CaseLaw, models.Model):
    """One exit of one employment, whatever its kind. Its state moves only through `_advance`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(gettext_lazy("number"), max_length=20, unique=True, db_collation="C")
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=CaseKind)
    ground = models.CharField(gettext_lazy("ground"), max_length=20, choices=GroundName, blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=CaseState, default=State.DRAFT.value)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey("units.OrgUnit", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    forced_items = models.JSONField(gettext_lazy("items of art. 38"), default=list, blank=True)
    """What the employee names as the employer's fault; codes of `rules.forced`."""
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chain_version = models.ForeignKey(
        "offboarding.ChainVersion", null=True, on_delete=models.PROTECT, related_name="cases"
    )
    round = models.PositiveSmallIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    started_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    filed_date = models.DateField(null=True)
    letter_received_on = models.DateField(gettext_lazy("letter received on"), null=True, blank=True)
    """A notice that came on paper or by post; HR recorded it, and `started_by` says who."""
    requested_last_working_date = models.DateField(null=True)
    last_working_date = models.DateField(null=True)
    termination_date = models.DateField(null=True)
    paid_until_date = models.DateField(null=True)
    pay_in_lieu = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)
    overridden = models.BooleanField(gettext_lazy("let pass by a legal reviewer"), default=False)
    told_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    last_human_at = models.DateTimeField(null=True)
    agreement_signed_at = models.DateTimeField(null=True)
    employment_ended_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("exit case")
        verbose_name_plural = gettext_lazy("exit cases")
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "quiet"], condition=Q(state__in=LIVE), name="one_live_case_per_employment"
            ),
            models.CheckConstraint(
                condition=Q(last_working_date=None) | Q(termination_date__gte=F("last_working_date")),
                name="termination_not_before_last_day",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="cancelled") | Q(filed_at__isnull=False),
                name="filed_cases_have_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "last_working_date", "id"], name="case_board"),
            models.Index(fields=["unit", "state"], name="case_unit_state"),
            models.Index(fields=["employment", "-id"], name="case_employment"),
            models.Index(fields=["started_by"], name="case_started_by"),
            models.Index(
                fields=["termination_date"],
                condition=Q(state="approved", employment_ended_at=None),
                name="case_to_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    # --- Creating -----------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def start(
        cls,
        *,
        kind: str,
        employment: Employment,
        ground: str = "",
        stand_in: str = "",
        by: User | None,
        at: datetime,
        **fields: Any,
    ) -> Case:
        """To take the next number holds up all who begin a case until the transaction ends. So a list begins its cases
        under a stand-in; they are told of once they have their numbers."""
        case = cls.objects.create(
            number=stand_in or next_numbers(at)[0],
            kind=kind,
            ground=ground,
            employment=employment,
            unit=employment.unit,
            data_key_id=employment.data_key_id,
            quiet=kinds.rule(kind).quiet,
            started_by=by,
            started_at=at,
            **fields,
        )
        if not stand_in:
            cls._tell_of([case], by=by, at=at)
        return case

    @classmethod
    def number_all(cls, cases: Sequence[Case], *, by: User | None, at: datetime) -> None:
        """The last thing a list does, and for all of them at once."""
        for case, number in zip(cases, next_numbers(at, len(cases)), strict=True):
            case.number = number
        cls.objects.bulk_update(cases, ["number"])
        cls._tell_of(cases, by=by, at=at)

    @classmethod
    def _tell_of(cls, cases: Iterable[Case], *, by: User | None, at: datetime) -> None:
        record.emit_many(record.Emission(fact=case.fact(events.Started), subject=case, by=by, at=at) for case in cases)

    # --- Without a row of the table ------------------------------------------------------------------------
    def mark_overridden(self) -> None:
        """For good: whoever reads the case or one of its papers sees that a reviewer let it pass."""
        Case.objects.filter(pk=self.pk).update(overridden=True)
        self.overridden = True

    def hold(self) -> None:
        """Lock the row for the rest of the transaction and read it anew."""
        self._lock()

    def note(self, fact: type[AnyFact], *, by: User | None, at: datetime, **facts: Any) -> None:
        self._emit(fact, by=by, at=at, **facts)

    def choose_successor(self, successor: User) -> None:
        """Not a change of state: who takes over is said together with a decision."""
        Case.objects.filter(pk=self.pk).update(successor=successor)
        self.successor = successor

    def touch(self, *, at: datetime) -> None:
        """When the last person finished something that was not waiting for a date (cycle time, decisions 5)."""
        Case.objects.filter(pk=self.pk).update(last_human_at=at)
        self.last_human_at = at

    def expect(self, day: date) -> None:
        """A preparation reckons with a day that nobody has agreed on."""
        Case.objects.filter(pk=self.pk).update(last_working_date=day, termination_date=day, paid_until_date=day)
        self.last_working_date = self.termination_date = self.paid_until_date = day

    @transaction.atomic
    def sign_agreement(self, *, on: date, by: User | None, at: datetime) -> None:
        """The day is that of the paper, not of whoever notes it."""
        signed = datetime.combine(on, time(), LEGAL_ZONE)
        self._advance(Action.SIGN_AGREEMENT, at=at, agreement_signed_at=signed)
        self._emit(events.ServiceRecorded, by=by, at=at, method="agreement", delivered_date=str(on))

    @transaction.atomic
    def take_back_agreement(self, *, reason_sha256: str, by: User | None, at: datetime) -> None:
        self._advance(Action.TAKE_BACK_AGREEMENT, at=at, agreement_signed_at=None)
        self._emit(events.AgreementTakenBack, by=by, at=at, reason_sha256=reason_sha256)

    def _advance(
        self,
        action: Action,
        *,
        at: datetime,
        has_consent: bool = False,
        last_day: date | None = None,
        is_held: bool = False,
        **fields: Any,
    ) -> None:
        """The one writer of a case: lock the row, ask the table, ask the law at its gate, save. `is_held`: the
        operation has locked and read it already."""
        if not is_held:
            self._lock()
        facts = self.facts(has_consent=has_consent)
        if not lifecycle.allows(action, self.state, facts):
            raise WrongState(self.refusal(action), allowed=lifecycle.allowed_actions(self.state, facts))
        if gate := lifecycle.TABLE[action].gate:
            self.refuse_unlawful(gate, at=at, last_day=last_day)
        fields["state"] = lifecycle.target(action, self.state).value
        Case.objects.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)

    def _lock(self) -> None:
        """What the row points to stays loaded unless it points elsewhere now."""
        locked = Case.objects.select_for_update(of=("self",)).filter(pk=self.pk).values(*LOCKED).get()
        for name, value in locked.items():
            setattr(self, name, value)

    def refusal(self, action: Action) -> str:
        return _("%(number)s is %(state)s now, so this is not possible.") % {
            "number": self.number,
            "state": self.get_state_display(),
        }

    def _emit(self, fact: type[AnyFact], *, by: User | None, at: datetime, **facts: Any) -> None:
        record.emit(self.fact(fact, **facts), subject=self, by=by, at=at)


LOCKED = [
    "kind",
    "ground",
    "forced_items",
    "pay_in_lieu",
    "requested_last_working_date",
    "state",
    "round",
    "quiet",
    "overridden",
    "told_at",
    "approved_at",
    "filed_at",
    "filed_date",
    "letter_received_on",
    "agreement_signed_at",
    "employment_ended_at",
    "chain_version_id",
    "successor_id",
    *DATE_FIELDS,
]


def next_numbers(at: datetime, count: int = 1) -> list[str]:
    """LZ-2026-0418; gaps are allowed (decisions 32)."""
    series = f"LZ-{at.astimezone(LEGAL_ZONE).year}"
    last = NumberSequence.advance(series, count)
    return [f"{series}-{number:04d}" for number in range(last - count + 1, last + 1)]
