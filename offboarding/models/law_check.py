from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from ehr.lib.ids import uuid7
from employees.models import Employment

if TYPE_CHECKING:
    from ehr.identity.models import User

HOUR = timedelta(hours=1)


class LawCheckQuerySet(models.QuerySet["LawCheck"]):
    def of_hour(self, user: User, *, at: datetime) -> LawCheckQuerySet:
        return self.filter(by=user, at__gt=at - HOUR, at__lte=at)

    def about(self, employment: Employment) -> bool:
        return self.filter(employment=employment).exists()

    def questions(self) -> int:
        """All that were sent in one list are one."""
        number: int = self.aggregate(n=Count(Coalesce("within", "pk"), distinct=True))["n"]
        return number


class LawCheck(models.Model):
    """That somebody asked whether an employment may end. Who and whom, never what came out (decisions 12)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    within = models.UUIDField(null=True, editable=False)
    """The list it was sent with; none of whoever was asked about by themself."""
    at = models.DateTimeField()

    objects = LawCheckQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("question to the law")
        indexes = [models.Index(fields=["by", "at"], name="law_check_by")]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
