"""Going through the exits again after a figure changed, and what came out for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedJSONField
from ehr.lib.ids import uuid7

from .case import Case
from .settlement import Settlement


class RunState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    RUNNING = "running", gettext_lazy("Going through the exits")
    DONE = "done", gettext_lazy("Done")


AT_WORK = (RunState.WAITING, RunState.RUNNING)


class ChangeOutcome(models.TextChoices):
    CHANGED = "changed", gettext_lazy("calculated anew")
    FLAGGED = "flagged", gettext_lazy("confirmed already: look at it")
    CLOSED = "closed", gettext_lazy("closed: not changed")
    LAW = "law", gettext_lazy("what the law says is different now")


class ReferenceRunQuerySet(models.QuerySet["ReferenceRun"]):
    def visible_to(self, user: Any, permission: str = "offboarding.view_reference") -> ReferenceRunQuerySet:
        from ehr import access

        return self.filter(access.scope(user, permission))

    def at_work(self) -> ReferenceRunQuerySet:
        return self.filter(state__in=AT_WORK)


class ReferenceRun(models.Model):
    """One pass over all exits. It goes on after the last case that is done, whoever was killed in between."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.WAITING)
    keys = models.JSONField(default=list)
    """The rows that came into force; empty for a calendar year."""
    year = models.PositiveSmallIntegerField(null=True)
    cases_total = models.PositiveIntegerField(default=0)
    cases_done = models.PositiveIntegerField(default=0)
    last_case = models.UUIDField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ReferenceRunQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("pass over the exits")
        indexes = [models.Index(fields=["created_at"], condition=Q(finished_at=None), name="reference_run_open")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    def begin(self, *, total: int) -> None:
        self.state, self.cases_total = RunState.RUNNING, total
        self.save(update_fields=["state", "cases_total"])

    def step(self, case_id: Any) -> None:
        self.last_case, self.cases_done = case_id, self.cases_done + 1
        self.save(update_fields=["last_case", "cases_done"])

    def finish(self, *, at: datetime) -> None:
        self.state, self.finished_at = RunState.DONE, at
        self.save(update_fields=["state", "finished_at"])

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def percent(self) -> int:
        return min(100, self.cases_done * 100 // self.cases_total) if self.cases_total else 0

    def get_absolute_url(self) -> str:
        return f"/settings/reference/runs/{self.pk}/"


class ReferenceChangeQuerySet(models.QuerySet["ReferenceChange"]):
    def visible_to(self, user: Any, permission: str = "offboarding.view_settlement") -> ReferenceChangeQuerySet:
        """Of exits the user may see, and never of their own."""
        cases = Case.objects.visible_to(user, permission)
        return self.filter(case__in=cases).exclude(case__employment__person__user=user)


class ReferenceChange(models.Model):
    """What one exit pays by the new figures and paid by the old; the amounts lie under the person's key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ReferenceRun, on_delete=models.CASCADE, related_name="changes")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reference_changes")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=ChangeOutcome)
    settlement = models.ForeignKey(Settlement, null=True, on_delete=models.CASCADE, related_name="reference_changes")
    """The version it was found in, which for `changed` is the one before."""
    amounts = EncryptedJSONField()
    """{before, after, lines: [{code, article, before, after}]}"""

    objects = ReferenceChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "case", "outcome"], name="reference_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"

    @property
    def before(self) -> Decimal | None:
        return _sum(self.amounts["before"])

    @property
    def after(self) -> Decimal | None:
        return _sum(self.amounts["after"])

    @property
    def lines(self) -> Iterable[dict[str, Any]]:
        for line in self.amounts["lines"]:
            yield {**line, "before": _sum(line["before"]), "after": _sum(line["after"])}


def _sum(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
