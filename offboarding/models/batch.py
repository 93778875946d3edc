from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.lib.ids import uuid7

from .. import events
from ..permissions import Permission
from .case import Case
from .choices import CaseKind, GroundName

if TYPE_CHECKING:
    from ehr.identity.models import User


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_REASON) -> BatchQuerySet:
        """Whoever may read the reasons of one of its exits sees the list, and on it only those."""
        return self.filter(pk__in=BatchLine.objects.visible_to(user, permission).values("batch"))


class Batch(models.Model):
    """Endings of several people asked for together. Each is a case of its own; the list only keeps them side by side."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=CaseKind)
    ground = models.CharField(gettext_lazy("ground"), max_length=20, choices=GroundName)
    last_day = models.DateField(gettext_lazy("last working day"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    checked_at = models.DateTimeField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("list of endings")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.last_day:%Y-%m-%d}"

    @classmethod
    def open(cls, *, cases: Iterable[Case], by: User, at: datetime, **fields: Any) -> Batch:
        batch = cls.objects.create(opened_by=by, opened_at=at, checked_at=at, **fields)
        lines = [BatchLine(batch=batch, case=case, position=nth) for nth, case in enumerate(cases, start=1)]
        BatchLine.objects.bulk_create(lines)
        fact = events.BatchOpened(case_ids=[str(line.case_id) for line in lines])
        record.emit(fact, subject=batch, by=by, at=at)
        return batch

    def keep_check(self, lines: list[BatchLine], *, at: datetime) -> None:
        """What came of sending before is told no longer."""
        for line in lines:
            line.code = line.article = ""
        BatchLine.objects.bulk_update(lines, ["found", "code", "article"])
        Batch.objects.filter(pk=self.pk).update(checked_at=at)
        self.checked_at = at

    @property
    def url(self) -> str:
        return reverse("offboarding:batch", args=[self.pk])


class BatchLineQuerySet(models.QuerySet["BatchLine"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_REASON) -> BatchLineQuerySet:
        """Nobody reads what was found about their own ending, whatever roles they hold."""
        seen = self.filter(case__in=Case.objects.visible_to(user, permission))
        return seen.exclude(case__employment__person__user=user.pk)


class BatchLine(models.Model):
    """One ending of the list: what was found when it was last looked at, and what came of sending it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="batch_line")
    position = models.PositiveSmallIntegerField()
    found = models.JSONField(default=list)
    """Gate, code, article and level of each finding, but for what tells of a protection (decisions 12)."""
    code = models.CharField(max_length=80, blank=True)
    article = models.CharField(max_length=80, blank=True)
    tried_at = models.DateTimeField(null=True)

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("line of a list of endings")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_place_in_a_batch")]

    def __str__(self) -> str:
        return f"{self.case} {self.position}"

    def tell(self, *, code: str, article: str, at: datetime) -> None:
        said = {"code": code, "article": article, "tried_at": at}
        BatchLine.objects.filter(pk=self.pk).update(**said)
        for name, value in said.items():
            setattr(self, name, value)

    @property
    def is_draft(self) -> bool:
        return self.case.state in ("draft", "returned")
