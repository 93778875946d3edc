"""The pay of an exit, version by version. Amounts, formulas and reasons lie under the person's key."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedJSONField, EncryptedTextField
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from ..rules.compliance.exit_pay import ExitPay, needs_reason
from .case import Case

if TYPE_CHECKING:
    from ehr.identity.models import User

USER = settings.AUTH_USER_MODEL


class SettlementState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    SUBMITTED = "submitted", gettext_lazy("Waits for finance")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    PAID = "paid", gettext_lazy("Paid")
    SUPERSEDED = "superseded", gettext_lazy("Replaced by a newer version")


ACTIONS: dict[str, tuple[str, ...]] = {
    SettlementState.DRAFT: ("calculate", "submit"),
    SettlementState.SUBMITTED: ("calculate", "confirm", "return"),
    SettlementState.CONFIRMED: ("calculate", "pay", "export"),
    SettlementState.PAID: ("calculate", "export"),
}


class SettlementCause(models.TextChoices):
    INPUTS = "inputs", gettext_lazy("calculated by hand")
    DATES = "dates", gettext_lazy("the dates changed")
    PAY = "pay", gettext_lazy("the pay changed")
    FACTS = "facts", gettext_lazy("the file was corrected")
    REFERENCE = "reference", gettext_lazy("a figure of the law changed")
    JUDGEMENT = "judgement", gettext_lazy("legal judged the ending")


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def visible_to(self, user: Any, permission: str) -> SettlementQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user, permission))

    def current(self) -> SettlementQuerySet:
        return self.exclude(state=SettlementState.SUPERSEDED)


class Settlement(models.Model):
    """One version. A change of dates or pay draws the next; the old one stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="settlements")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    nth = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10, choices=SettlementCause)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=SettlementState, default=SettlementState.DRAFT
    )
    inputs = EncryptedJSONField()
    findings = EncryptedJSONField()
    reasons = EncryptedJSONField()
    total = EncryptedTextField(null=True)
    calculated_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    calculated_at = models.DateTimeField()
    submitted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("settlement")
        constraints = [
            models.UniqueConstraint(fields=["case", "nth"], name="settlement_nth_once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="superseded"), name="one_current_settlement_per_case"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("calculated_by")),
                name="settlement_confirmed_by_a_second_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="settlement_state")]

    def __str__(self) -> str:
        return f"{self.case} {self.nth}"

    # --- Creating -----------------------------------------------------------------------------------------
    @classmethod
    def draw(
        cls,
        case: Case,
        pay: ExitPay,
        *,
        inputs: dict[str, Any],
        cause: str,
        before: Settlement | None,
        by: User | None,
        at: datetime,
    ) -> Settlement:
        """The next version takes the place of the one before, in whatever state that was. The case is locked."""
        if before is not None:
            cls.objects.filter(pk=before.pk).update(state=SettlementState.SUPERSEDED)
        return cls.objects.create(
            case=case,
            data_key_id=case.data_key_id,
            nth=before.nth + 1 if before else 1,
            cause=cause,
            inputs=inputs,
            findings=findings_of(pay),
            reasons=before.reasons if before else {},
            total=None if pay.gaps else str(pay.total),
            calculated_by=by or (before.calculated_by if before else None),
            calculated_at=at,
        )

    # --- Changing -----------------------------------------------------------------------------------------
    def submit(self, *, reasons: dict[str, str], by: User, at: datetime) -> None:
        self._refuse_gaps()
        said = {code: words.strip() for code, words in (self.reasons | reasons).items() if words.strip()}
        self.reasons = {code: said[code] for code in self.codes if code in said}
        for code in self.codes:
            if needs_reason(code) and code not in said:
                raise Refused("B_WARNING_REASON", _("Write why you go on in spite of this warning."), field=code)
        self._move(SettlementState.DRAFT, SettlementState.SUBMITTED, submitted_by=by, submitted_at=at)
        self.save(update_fields=["reasons"])

    def confirm(self, *, by: User, at: datetime) -> None:
        if by.pk in (self.calculated_by_id, self.submitted_by_id):
            raise Refused("B_SECOND_PERSON", _("Somebody else has to confirm what you calculated."))
        self._move(SettlementState.SUBMITTED, SettlementState.CONFIRMED, confirmed_by=by, confirmed_at=at)

    def return_(self) -> None:
        self._move(SettlementState.SUBMITTED, SettlementState.DRAFT)

    def finish(self) -> None:
        self._move(SettlementState.CONFIRMED, SettlementState.PAID)

    def _move(self, source: SettlementState, to: SettlementState, **fields: Any) -> None:
        """Compare and set: of two at once exactly one wins."""
        if not Settlement.objects.filter(pk=self.pk, state=source).update(state=to, **fields):
            self.refresh_from_db(fields=["state"])
            words = _("The settlement is “%(state)s” now.") % {"state": self.get_state_display()}
            raise WrongState(words, allowed=self.actions)
        self.state = to
        for name, value in fields.items():
            setattr(self, name, value)

    def _refuse_gaps(self) -> None:
        if self.gaps:
            raise Refused("B_SETTLEMENT_GAP", _("A figure is missing; fill it in first."))

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def actions(self) -> tuple[str, ...]:
        return ACTIONS.get(self.state, ())

    @property
    def codes(self) -> list[str]:
        return list(self.findings["codes"])

    @property
    def gaps(self) -> list[dict[str, Any]]:
        return list(self.findings["gaps"])

    @property
    def row_keys(self) -> list[str]:
        """The dated figures its lines rest on."""
        return [key for line in self.lines.all() for key in line.row.split(", ") if key]

    @property
    def claim_left(self) -> Decimal:
        return Decimal(self.findings["claim_left"])

    @property
    def sum(self) -> Decimal | None:
        return None if self.total is None else Decimal(self.total)

    @property
    def is_settled(self) -> bool:
        return self.state in (SettlementState.CONFIRMED, SettlementState.PAID)

    def says_the_same_as(self, pay: ExitPay) -> bool:
        said = [line.as_pay_line() for line in self.lines.order_by("position")]
        return said == list(pay.lines) and self.findings == findings_of(pay)

    @property
    def url(self) -> str:
        return f"/cases/{self.case_id}/settlement/"


def findings_of(pay: ExitPay) -> dict[str, Any]:
    return {
        "codes": list(pay.codes),
        "gaps": [{"code": gap.code, "params": list(gap.params)} for gap in pay.gaps],
        "claim_left": str(pay.claim_left),
    }
