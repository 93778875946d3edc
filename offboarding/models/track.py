from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import access
from ehr.clock import LEGAL_ZONE
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..permissions import Permission
from .case import Case
from .choices import TrackName, TrackState

if TYPE_CHECKING:
    from ehr.identity.models import User

UNIT = "case__unit__path"
OPEN = [TrackState.PLANNED, TrackState.IN_PROGRESS, TrackState.RETURNED, TrackState.FAILED]
DONE_ELSEWHERE = {"handover", "non_compete"}
FINISHED = [TrackState.DONE, TrackState.CANCELLED]


class TrackQuerySet(models.QuerySet["Track"]):
    def worked_by(self, user: Any) -> TrackQuerySet:
        """Own by name, or by a role held for the unit of the case. A held track shows to nobody but HR."""
        own = Q(owner=user.pk) | access.asked_of(user, unit=UNIT)
        return self.exclude(state=TrackState.HELD).filter(own)

    def visible_to(self, user: Any, permission: str = Permission.VIEW_CASE) -> TrackQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user, permission))

    def workable_by(self, user: Any) -> TrackQuerySet:
        own = Track.objects.worked_by(user).values("pk")
        return self.filter(Q(pk__in=own) | _managed(user))

    def managed_by(self, user: Any) -> TrackQuerySet:
        return self.filter(_managed(user))

    def open(self) -> TrackQuerySet:
        return self.filter(state__in=OPEN)

    def blocking_close_of(self, case: Case) -> TrackQuerySet:
        """Required, not done, and due by the termination date (decisions 5)."""
        assert case.termination_date
        end = datetime.combine(case.due_day(case.termination_date) + timedelta(days=1), time(), LEGAL_ZONE)
        return self.filter(case=case, required=True, due_at__lt=end).exclude(state__in=FINISHED)


class Track(models.Model):
    """One of the things that run side by side. It has an owner by name, or a role whose holders share it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(max_length=20, choices=TrackName)
    required = models.BooleanField()
    state = models.CharField(max_length=12, choices=TrackState, default=TrackState.PLANNED)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    due_at = models.DateTimeField()
    note = models.CharField(gettext_lazy("note"), max_length=500, blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("track")
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_track_of_a_kind_per_case")]
        indexes = [
            models.Index(fields=["role", "state"], name="track_role_state"),
            models.Index(fields=["owner", "state"], name="track_owner_state"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"

    def move(self, to: TrackState, *, sources: list[TrackState], by: User | None, at: datetime, **fields: Any) -> None:
        """Compare and set; the caller holds the case's lock and tells the record."""
        rows = Track.objects.filter(pk=self.pk, state__in=sources)
        if not rows.update(state=to, moved_by=by, moved_at=at, **fields):
            self.refresh_from_db(fields=["state"])
            raise WrongState(
                _("“%(track)s” is %(state)s now.")
                % {"track": self.get_kind_display(), "state": self.get_state_display()}
            )
        self.state, self.moved_by, self.moved_at = to, by, at
        for name, value in fields.items():
            setattr(self, name, value)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_done_elsewhere(self) -> bool:
        """By a signature, a decision, or the last payment of a settlement that was drawn: nobody says so by hand."""
        return self.kind in DONE_ELSEWHERE or (self.kind == "settlement" and self.case.settlements.exists())

    @property
    def url(self) -> str:
        return f"/cases/{self.case_id}/tracks/{self.kind}/"


def _managed(user: Any) -> Q:
    return access.scope(user, Permission.MANAGE_CASE, unit=UNIT)
