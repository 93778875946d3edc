from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from handover import events
from handover.models.handover import Handover

if TYPE_CHECKING:
    from ehr.identity.models import User


class ShadowingQuerySet(models.QuerySet["Shadowing"]):
    def planned(self) -> "ShadowingQuerySet":
        return self.filter(done_at=None, called_off_at=None)

    def in_order(self) -> "ShadowingQuerySet":
        return self.filter(called_off_at=None).select_related("guide", "done_by").order_by("on_date", "id")


class Shadowing(models.Model):
    """One thing that the successor goes through beside somebody who knows it, before the last day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="shadowings")
    topic = models.CharField(gettext_lazy("what you go through together"), max_length=120)
    on_date = models.DateField(gettext_lazy("day"))
    guide = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    objects = ShadowingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("shadowing")
        constraints = [
            models.CheckConstraint(condition=Q(done_at=None) | Q(called_off_at=None), name="done_or_called_off"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["handover", "on_date"], name="handover_shadowing_days")]

    def __str__(self) -> str:
        return self.topic

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def finish(self, *, by: "User", at: datetime) -> None:
        self._change(done_at=at, done_by=by)
        record.emit(events.ShadowingDone(**self.facts()), subject=self.handover, by=by, at=at)

    @transaction.atomic
    def call_off(self, *, by: "User", at: datetime) -> None:
        self._change(called_off_at=at)
        record.emit(events.ShadowingCalledOff(**self.facts()), subject=self.handover, by=by, at=at)

    @transaction.atomic
    def move(self, *, on_date: date, by: "User | None", at: datetime) -> None:
        self._change(on_date=on_date)
        record.emit(events.ShadowingMoved(**self.facts()), subject=self.handover, by=by, at=at)

    def _change(self, **changes: Any) -> None:
        """Compare and set: done once, or called off once."""
        if not Shadowing.objects.planned().filter(pk=self.pk).update(**changes):
            raise WrongState(_("This has been done or called off already."))
        for name, value in changes.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {**self.handover.facts(), "session_id": str(self.pk), "on_date": self.on_date.isoformat()}

    @property
    def actions(self) -> tuple[str, ...]:
        return ("finish", "call_off") if self.done_at is None and self.called_off_at is None else ()
