"""A non-compete clause after the exit: in force or waived, until when, what it pays (LCL 23, 24; JI1 36-40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedTextField
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..rules import non_compete as rules
from .case import Case

if TYPE_CHECKING:
    from ehr.identity.models import User

USER = settings.AUTH_USER_MODEL


class NonCompeteState(models.TextChoices):
    ACTIVE = "active", gettext_lazy("In force")
    WAIVED = "waived", gettext_lazy("Waived")
    RELEASED = "released", gettext_lazy("Ended early by the company")
    NONE = "none", gettext_lazy("No clause was agreed")
    FREED = "freed", gettext_lazy("Ended by the person, who was not paid")
    DIED = "died", gettext_lazy("Ended by the death of the person")


class NonCompeteBasis(models.TextChoices):
    SENIOR_MANAGER = "senior_manager", gettext_lazy("Senior manager")
    SENIOR_TECHNICIAN = "senior_technician", gettext_lazy("Senior technician")
    CONFIDENTIALITY = "confidentiality", gettext_lazy("Other with a duty of confidentiality")
    NONE = "none", gettext_lazy("Never had access to secrets")


class NonCompeteQuerySet(models.QuerySet["NonCompete"]):
    def ending_soon(self, today: date) -> NonCompeteQuerySet:
        """In force, with a mark before the end that is reached and not told of."""
        untold = Q(pk__in=[])
        for mark in rules.REMINDERS:
            reached = Q(until_date__range=(today, today + timedelta(days=mark)))
            untold |= reached & (Q(reminded_days=None) | Q(reminded_days__gt=mark))
        return self.filter(untold, state=NonCompeteState.ACTIVE)


class NonCompete(models.Model):
    """One decision, corrected up to the end of the employment; from then on, a day that is certain, its days count."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="non_compete")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=NonCompeteState)
    basis = models.CharField(gettext_lazy("whom it binds as"), max_length=20, choices=NonCompeteBasis, blank=True)
    months = models.PositiveSmallIntegerField(default=0)
    monthly = EncryptedTextField(null=True)
    formula = EncryptedTextField(null=True)
    """How the amount comes about where none was agreed."""
    penalty = EncryptedTextField(null=True)
    """What was agreed for a breach; more than five times the whole compensation is beyond the guideline (NC)."""
    codes = models.JSONField(default=list)
    reason = EncryptedTextField(blank=True, default="")
    from_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_date = models.DateField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    reminded_days = models.PositiveSmallIntegerField(null=True)
    """How many days before its end it was last told of."""

    objects = NonCompeteQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("non-compete")
        constraints = [
            models.CheckConstraint(condition=Q(months__lte=24), name="non_compete_two_years_at_most"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(months__gt=0) & ~Q(basis__in=["", "none"]),
                name="non_compete_binds_whom_it_may",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], condition=Q(state="active", warned_at=None), name="non_compete_to_warn")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.state}"

    # --- Changing -----------------------------------------------------------------------------------------
    def begin(self, *, termination_date: date) -> rules.Term:
        """The employment is over: from now on the days are certain."""
        term = rules.term(termination_date=termination_date, agreed_months=self.months)
        self.from_date, self.until_date = term.first, term.last
        self.save(update_fields=["from_date", "until_date"])
        return term

    def end(self, *, state: str, day: date, by: User, at: datetime) -> None:
        rows = NonCompete.objects.filter(pk=self.pk, state=NonCompeteState.ACTIVE)
        if not rows.update(state=state, ended_date=day, ended_by=by, ended_at=at):
            raise WrongState(_("This non-compete is not in force."))
        self.state, self.ended_date, self.ended_by, self.ended_at = state, day, by, at

    def warn(self, *, at: datetime | None) -> bool:
        """Whether legal was told that the person may ask to be released."""
        rows = NonCompete.objects.filter(pk=self.pk, warned_at__isnull=at is not None)
        return bool(rows.update(warned_at=at))

    def remind(self, days: int) -> bool:
        """Whether it was not told of yet, so many days ahead or fewer."""
        rows = NonCompete.objects.filter(pk=self.pk).filter(Q(reminded_days=None) | Q(reminded_days__gt=days))
        return bool(rows.update(reminded_days=days))

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def pays_floor(self) -> bool:
        """Nothing was agreed, so thirty per cent of the average wage is owed, the minimum wage at least (JI1 36)."""
        return rules.NO_AMOUNT in self.codes

    @property
    def term(self) -> rules.Term | None:
        return rules.Term(first=self.from_date, months=self.months) if self.from_date and self.months else None

    def is_over(self, today: date) -> bool:
        return self.until_date is not None and self.until_date < today

    def closed_to_ending(self, today: date) -> str:
        """Why nobody can end it early. Empty where somebody can."""
        if self.state != NonCompeteState.ACTIVE:
            return _("This non-compete is not in force.")
        if self.term is None:
            return _("It has not begun yet: waive it instead.")
        return _("Its term is over.") if self.is_over(today) else ""


def closed_to_decision(case: Case, clause: NonCompete | None) -> str:
    """Why nobody can decide on it: up to the end a decision may be corrected, afterwards it is made once."""
    if case.is_of_death:
        return _("Nobody is bound by it: the person has died.")
    return _("It is decided already.") if clause is not None and case.employment_ended_at else ""
