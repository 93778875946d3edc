from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr import access
from ehr.access.held import held
from ehr.deadlines.kinds import DeadlineKind, kind_of
from ehr.lib.ids import uuid7
from ehr.units.models import OrgUnit

if TYPE_CHECKING:
    from ehr.identity.models import User


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def still_open(self) -> "DeadlineQuerySet":
        return self.filter(closed_at=None)

    def waiting_for(self, user: "User") -> "DeadlineQuerySet":
        """Open duties that are the user's own, or of a role the user holds for that unit."""
        return self.still_open().filter(Q(owner=user) | _pools_of(user))

    def visible_to(self, user: "User", permission: str = "") -> "DeadlineQuerySet":
        return self.filter(Q(owner=user) | _pools_of(user))

    def late(self, at: datetime) -> "DeadlineQuerySet":
        return self.still_open().filter(due_at__lt=at)


def _pools_of(user: "User") -> Q:
    pools = Q(pk__in=[])
    for one in held(user):
        if one.path is None and one.role in (access.Role.EMPLOYEE, access.Role.LEAVER):
            continue
        pools |= Q(owner=None, role=one.role.value) & (Q(unit__path__startswith=one.path) if one.path else Q())
    return pools


class Deadline(models.Model):
    """A duty with an owner (or a role in a unit) and a due time; closed when it is done or no longer needed."""

    class Ladder(models.TextChoices):
        """Who hears of it once it is late, after its owner."""

        FULL = "full", _("the next manager, then HR")
        HR = "hr", _("HR")
        OWNER = "owner", _("nobody else")

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    key = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="deadlines", db_index=False
    )
    role = models.CharField(max_length=30, blank=True)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(_("due"))
    ladder = models.CharField(max_length=6, choices=Ladder, default=Ladder.FULL)
    escalate_after = models.PositiveSmallIntegerField(null=True)  # working days; without one as its kind says
    kept_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the person it is about, who must not hear of it by the ladder
    url = models.CharField(max_length=200, blank=True)
    params = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False) | ~Q(role=""), name="deadline_has_somebody"),
            models.UniqueConstraint(
                fields=["subject", "kind", "owner", "role", "unit", "key"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="deadline_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_at", "id"], condition=Q(closed_at=None), name="deadline_of_owner"),
            models.Index(
                fields=["role", "due_at", "id"], condition=Q(closed_at=None, owner=None), name="deadline_of_role"
            ),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="deadline_due"),
            models.Index(fields=["closed_by", "-closed_at"], name="deadline_closed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def definition(self) -> DeadlineKind:
        return kind_of(self.kind)

    @property
    def title(self) -> str:
        return self.definition.fill(self.definition.title, self.params)

    @property
    def why(self) -> str:
        return self.definition.fill(self.definition.why, self.params)

    @property
    def patience(self) -> int:
        """Working days from one rung to the next."""
        return self.escalate_after or self.definition.escalate_after

    def is_late(self, at: datetime) -> bool:
        return self.closed_at is None and self.due_at < at


class Rung(models.Model):
    """A step of the ladder that was taken: each at most once per deadline, whoever sweeps."""

    class Name(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        OWNER = "owner", _("overdue")
        MESSAGE = "message", _("by SMS or instant message")
        MANAGER = "manager", _("next manager")
        HR = "hr", _("HR")

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="rungs")
    name = models.CharField(max_length=12, choices=Name)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "name"], name="rung_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.deadline_id}"


class ClockOffset(models.Model):
    """How far the demo clock was put forward; at most one row, and none outside a demo."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    def __str__(self) -> str:
        return str(self.offset)
