from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from ehr.lib.ids import uuid7
from employees.models import Employment

if TYPE_CHECKING:
    from ehr.identity.models import User

HOUR = timedelta(hours=1)


class LawCheck(models.Model):
    """That somebody asked whether an employment may end. Who and whom, never what came out (decisions 12)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("question to the law")
        indexes = [models.Index(fields=["by", "at"], name="law_check_by")]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def count_of(cls, user: User, *, at: datetime) -> int:
        return cls.objects.filter(by=user, at__gt=at - HOUR, at__lte=at).count()
