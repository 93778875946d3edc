from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr import access
from ehr.lib.ids import uuid7

from ..permissions import EmployeePermission

if TYPE_CHECKING:
    from ehr.identity.models import User

TAKEN_KEPT = 500


class AccountRunQuerySet(models.QuerySet["AccountRun"]):
    def visible_to(self, user: User, permission: str = EmployeePermission.MANAGE_ACCOUNTS) -> AccountRunQuerySet:
        """Somebody's own; whoever may for the whole group sees all of them."""
        return self.filter(access.scope(user, permission) | models.Q(created_by=user.pk))

    def waiting(self) -> AccountRunQuerySet:
        return self.filter(finished_at=None)


class AccountRun(models.Model):
    """Accounts asked for in one go. Opened a few hundred at a time; `position` is the last employment looked at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chosen = models.JSONField(default=list, help_text="Ids of employments; empty: everybody without an account.")
    with_letters = models.BooleanField(default=True)
    position = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    taken = models.JSONField(default=list, help_text="Employee numbers with which somebody else signs in already.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = AccountRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of new accounts")
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(finished_at=None), name="account_runs_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.opened}/{self.total}"

    # --- Changing -----------------------------------------------------------------------------------------
    def step(self, *, position: UUID, opened: int, letters: int, taken: list[str]) -> None:
        self.position = position
        self.opened, self.letters = self.opened + opened, self.letters + letters
        self.taken = (self.taken + taken)[:TAKEN_KEPT]
        self.save(update_fields=["position", "opened", "letters", "taken"])

    def finish(self, *, at: datetime) -> None:
        self.finished_at = at
        self.save(update_fields=["finished_at"])

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_working(self) -> bool:
        return self.finished_at is None

    @property
    def without_letter(self) -> int:
        """Opened, but nobody knows a mail address of theirs; or nobody was to be written to."""
        return self.opened - self.letters

    @property
    def asks_again_after(self) -> int:
        """Seconds, for the page that shows it; none when it is finished."""
        return 1 if self.is_working else 0

    @property
    def percent(self) -> int:
        return min(100, self.opened * 100 // self.total) if self.total else 100
