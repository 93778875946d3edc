from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import access
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from .case import Case
from .chain import ChainStep
from .choices import ApprovalState, StepState

if TYPE_CHECKING:
    from ehr.identity.models import User


class Step(models.Model):
    """One step of a running case. Who decides is resolved when it opens."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    chain_step = models.ForeignKey(ChainStep, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StepState, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("approval step")
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "position"], name="one_step_per_case_and_position"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="one_open_step_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.position}"

    def open(self, *, due_at: datetime, at: datetime) -> None:
        self._move(StepState.WAITING, StepState.OPEN, opened_at=at, due_at=due_at)

    def skip(self, *, at: datetime) -> None:
        self._move(StepState.WAITING, StepState.SKIPPED, decided_at=at)

    def finish(self, *, at: datetime) -> None:
        self._move(StepState.OPEN, StepState.DONE, decided_at=at)

    def stop(self, *, at: datetime) -> None:
        self._move(StepState.OPEN, StepState.STOPPED, decided_at=at)

    def postpone(self, *, due_at: datetime) -> None:
        self._move(StepState.OPEN, StepState.OPEN, due_at=due_at)

    def _move(self, source: StepState, to: StepState, **fields: Any) -> None:
        if not Step.objects.filter(pk=self.pk, state=source).update(state=to, **fields):
            raise WrongState(_("This step is already decided."))
        self.state = to
        for name, value in fields.items():
            setattr(self, name, value)

    @property
    def title(self) -> str:
        return _(self.chain_step.title)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def pending(self) -> ApprovalQuerySet:
        return self.filter(state=ApprovalState.PENDING)

    def of(self, user: Any) -> ApprovalQuerySet:
        """Asked of this person, by name, for somebody who is away, or as one of a pool."""
        return self.filter(Q(approver=user.pk) | self._away_for(user) | self._pool(user))

    def waiting_for(self, user: Any) -> ApprovalQuerySet:
        return self.pending().of(user)

    def _away_for(self, user: Any) -> Q:
        delegations = Delegation.objects.in_force_for(user)
        return Q(approver__in=delegations.values("owner")) & Q(step__chain_step__may_delegate=True)

    def _pool(self, user: Any) -> Q:
        """Of a role held for the unit of the exit, as its to-do is. On the side: hardly any is asked of a pool, and
        joined in, the unit would be looked up for all of them."""
        pooled = Approval.objects.filter(access.asked_of(user, unit="step__case__unit__path"), approver=None)
        return Q(approver=None, pk__in=pooled.values("pk"))


class Approval(models.Model):
    """One person asked to decide one step. Decided by compare-and-set: of two at once one wins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="approvals")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="approvals"
    )
    role = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=12, choices=ApprovalState, default=ApprovalState.PENDING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    countersign = models.BooleanField(default=False)
    """Added by an approver: must sign too, whatever the step's mode."""
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("approval")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "approver"],
                condition=Q(state="pending", approver__isnull=False),
                name="one_pending_approval_per_person_and_step",
            ),
            models.CheckConstraint(condition=Q(approver__isnull=False) | ~Q(role=""), name="approval_is_for_somebody"),
        ]
        indexes = [
            models.Index(fields=["approver"], condition=Q(state="pending"), name="approval_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.approver or self.role}"

    def decide(self, *, state: ApprovalState, by: User | None, at: datetime) -> None:
        decided = Approval.objects.filter(pk=self.pk, state=ApprovalState.PENDING).update(
            state=state, decided_by=by, decided_at=at
        )
        if not decided:
            raise WrongState(self._who_and_when(), allowed=())
        self.state, self.decided_by, self.decided_at = state, by, at

    def refuse_decided(self) -> None:
        if self.state != ApprovalState.PENDING:
            raise WrongState(self._who_and_when())

    def _who_and_when(self) -> str:
        self.refresh_from_db()
        who = self.decided_by or _("the system")
        when = date_format(localtime(self.decided_at), "m-d H:i") if self.decided_at else ""
        return _("%(who)s already decided this at %(when)s.") % {"who": who, "when": when}

    def is_for(self, user: User) -> bool:
        """Who is named needs no look at delegations and pools."""
        return self.approver_id == user.pk or Approval.objects.of(user).filter(pk=self.pk).exists()

    def on_behalf_of(self, user: User | None) -> User | None:
        """Whom the decider stands in for, if not for themself."""
        return self.approver if user is not None and self.approver_id and self.approver_id != user.pk else None

    @property
    def key(self) -> str:
        return str(self.pk)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force_for(self, delegate: Any, on: date | None = None) -> DelegationQuerySet:
        from ehr import clock

        day = on or clock.today()
        return self.filter(delegate=delegate.pk, from_date__lte=day, until_date__gte=day)


class Delegation(models.Model):
    """While somebody is away, a colleague may decide for them; the record says on whose behalf."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    from_date = models.DateField(gettext_lazy("from"))
    until_date = models.DateField(gettext_lazy("until"))

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("delegation")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=models.F("from_date")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(owner=models.F("delegate")), name="nobody_delegates_to_themself"),
        ]
        indexes = [models.Index(fields=["delegate", "until_date"], name="delegation_delegate")]

    def __str__(self) -> str:
        return f"{self.owner} → {self.delegate}"
