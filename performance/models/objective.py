from __future__ import annotations

from datetime import datetime
from decimal import Decimal
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

from .. import events
from ..permissions import PerformancePermission
from ..rules import periods, progress
from .choices import Rhythm, WorkState
from .reach import AboutQuerySet

if TYPE_CHECKING:
    from ehr.identity.models import User


class ObjectiveQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_WORK

    def open(self) -> ObjectiveQuerySet:
        return self.filter(state=WorkState.OPEN)

    def for_page(self) -> ObjectiveQuerySet:
        return self.with_person().in_order()

    def in_order(self) -> ObjectiveQuerySet:
        return self.prefetch_related("key_results").order_by("start_date", "pk")


class Objective(models.Model):
    """What somebody wants to reach in a period, measured by key results."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="objectives")
    title = models.CharField(gettext_lazy("objective"), max_length=120)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.QUARTER)
    start_date = models.DateField(gettext_lazy("from"))
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.OPEN)
    set_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("objective")
        indexes = [models.Index(fields=["employment", "state"], name="objective_employment")]

    def __str__(self) -> str:
        return self.title

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def check_in(
        self,
        *,
        key_result: KeyResult,
        value: Decimal,
        confidence: int,
        note: str = "",
        by: User | None,
        at: datetime,
    ) -> CheckIn:
        """How far it is today, and how sure one is of the target."""
        self._lock_open()
        said = CheckIn.objects.create(
            key_result=key_result, value=value, confidence=confidence, note=note, by=by, at=at
        )
        KeyResult.objects.filter(pk=key_result.pk).update(current=value, confidence=confidence)
        fact = events.ObjectiveCheckedIn(**self.facts(), key_result_id=str(key_result.pk))
        record.emit(fact, subject=self, by=by, at=at)
        return said

    @transaction.atomic
    def close(self, *, by: User, at: datetime) -> None:
        self._lock_open()
        Objective.objects.filter(pk=self.pk).update(state=WorkState.DONE, closed_at=at)
        self.state, self.closed_at = WorkState.DONE, at
        record.emit(events.ObjectiveClosed(**self.facts()), subject=self, by=by, at=at)

    @transaction.atomic
    def pass_to(self, owner: Any, *, by: User | None, at: datetime) -> None:
        before, self.employment = self.employment_id, owner
        self.save(update_fields=["employment"])
        record.emit(events.ObjectiveMoved(**self.facts(), from_employment_id=str(before)), subject=self, by=by, at=at)

    def _lock_open(self) -> None:
        if Objective.objects.select_for_update().get(pk=self.pk).state != WorkState.OPEN:
            raise WrongState(_("This objective is closed."))

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {"employment_id": str(self.employment_id), "objective_id": str(self.pk)}

    @property
    def period(self) -> periods.Period:
        return periods.Period(rhythm=periods.Rhythm(self.rhythm), start=self.start_date)

    @property
    def percent(self) -> int:
        return progress.percent_of_objective([row.percent for row in self.key_results.all()])

    @property
    def is_open(self) -> bool:
        return self.state == WorkState.OPEN

    @property
    def actions(self) -> list[str]:
        return ["check_in", "close"] if self.is_open else []

    def get_absolute_url(self) -> str:
        return reverse("performance:objective", args=[self.pk])


class KeyResult(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(gettext_lazy("key result"), max_length=120)
    measure = models.CharField(gettext_lazy("counted in"), max_length=20, blank=True)
    start = models.DecimalField(gettext_lazy("from"), max_digits=14, decimal_places=2, default=0)
    target = models.DecimalField(gettext_lazy("target"), max_digits=14, decimal_places=2)
    current = models.DecimalField(gettext_lazy("today"), max_digits=14, decimal_places=2, default=0)
    confidence = models.PositiveSmallIntegerField(gettext_lazy("confidence, 1 to 10"), default=5)

    class Meta:
        verbose_name = gettext_lazy("key result")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "position"], name="one_key_result_per_position"),
            models.CheckConstraint(condition=~Q(start=models.F("target")), name="a_key_result_leads_somewhere"),
            models.CheckConstraint(condition=Q(confidence__gte=1, confidence__lte=10), name="confidence_is_1_to_10"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        return progress.percent_reached(start=self.start, target=self.target, current=self.current)


class CheckIn(models.Model):
    """A value that was told; the newest is also the key result's current one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    value = models.DecimalField(max_digits=14, decimal_places=2)
    confidence = models.PositiveSmallIntegerField()
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("check-in")
        indexes = [models.Index(fields=["key_result", "-at"], name="check_in_newest")]

    def __str__(self) -> str:
        return f"{self.value}"
