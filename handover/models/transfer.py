from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from handover import events
from handover.models.choices import LineState, TransferState, Via
from handover.models.handover import Handover
from handover.movers import Mover, mover_of
from handover.permissions import Permission
from handover.rules import lifecycle, transfer

if TYPE_CHECKING:
    from ehr.identity.models import User


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: "User", permission: str = Permission.TRANSFER_WORK) -> "TransferQuerySet":
        return self.filter(handover__in=Handover.objects.visible_to(user, permission))

    def due(self, at: datetime) -> "TransferQuerySet":
        """Confirmed, its time has come, and the exit is neither kept quiet nor called off."""
        apart = [lifecycle.State.HELD, lifecycle.State.CANCELLED]
        return self.filter(state=TransferState.CONFIRMED, runs_at__lte=at).exclude(handover__state__in=apart)


class Transfer(models.Model):
    """What the leaver has in flight and who takes each of it over, reviewed as a whole, moved at the set time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="transfer")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.PROPOSED)
    runs_at = models.DateTimeField(gettext_lazy("moves at"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ran_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("transfer plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_transfer_is_confirmed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["runs_at"], condition=Q(state="confirmed"), name="handover_transfer_due")]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.state}"

    # --- Changing -----------------------------------------------------------------------------------------
    def confirm(self, *, by: "User", at: datetime) -> None:
        fact = events.TransferConfirmed(**self.facts(), lines=self.lines.count())
        self._move("confirm", fact, by=by, at=at, confirmed_by=by, confirmed_at=at)

    def run(self, *, at: datetime) -> None:
        fact = events.TransferRan(**self.facts(), left=self.lines.filter(state__in=transfer.OPEN).count())
        self._move("run", fact, by=None, at=at, ran_at=at)

    @transaction.atomic
    def _move(self, action: str, fact: Any, *, by: "User | None", at: datetime, **changes: Any) -> None:
        move = transfer.PLAN[action]
        rows = Transfer.objects.filter(pk=self.pk, state__in=move.sources)
        if not rows.update(state=move.target, **changes):
            self.refresh_from_db(fields=["state"])
            raise WrongState(_("This plan is not in a state that allows this."), allowed=self.actions)
        self.state = move.target
        for name, value in changes.items():
            setattr(self, name, value)
        record.emit(fact, subject=self.handover, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {**self.handover.facts(), "transfer_id": str(self.pk)}

    @property
    def actions(self) -> tuple[str, ...]:
        return lifecycle.allowed(transfer.PLAN, self.state)

    def get_absolute_url(self) -> str:
        return reverse("handover:transfer", args=[self.handover_id])


class TransferLine(models.Model):
    """One thing in flight: who takes it, by what they were proposed, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    mover = models.CharField(max_length=40)
    ref = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=12, choices=Via)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.PLANNED)
    answer = models.CharField(max_length=300, blank=True)
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = gettext_lazy("line of a transfer plan")
        constraints = [models.UniqueConstraint(fields=["transfer", "mover", "ref"], name="one_line_per_thing")]
        indexes = [models.Index(fields=["transfer", "state"], name="handover_transfer_line")]

    def __str__(self) -> str:
        return self.title

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def choose(self, *, to: "User", by: "User", at: datetime) -> None:
        fact = events.LineChosen(**self.facts(), to_id=str(to.pk))
        self._move("choose", fact, by=by, at=at, to=to, via=Via.CHOSEN, answer="")

    def end(self, action: str, *, answer: str = "", by: "User | None", at: datetime) -> None:
        """finish | refuse | settle"""
        fact = events.LineEnded(**self.facts(), to_id=str(self.to_id or ""), outcome=transfer.LINE[action].target)
        self._move(action, fact, by=by, at=at, answer=answer[:300], tried_at=at, tries=self.tries + 1)

    @transaction.atomic
    def _move(self, action: str, fact: Any, *, by: "User | None", at: datetime, **changes: Any) -> None:
        move = transfer.LINE[action]
        rows = TransferLine.objects.filter(pk=self.pk, state__in=move.sources)
        if not rows.update(state=move.target, **changes):
            self.refresh_from_db(fields=["state"])
            raise WrongState(_("This has been moved already."), allowed=self.actions)
        self.state = move.target
        for name, value in changes.items():
            setattr(self, name, value)
        record.emit(fact, subject=self.transfer.handover, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {**self.transfer.facts(), "line_id": str(self.pk), "mover": self.mover, "ref": self.ref}

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(action for action in lifecycle.allowed(transfer.LINE, self.state) if action == "choose")

    @property
    def definition(self) -> Mover | None:
        return mover_of(self.mover)
