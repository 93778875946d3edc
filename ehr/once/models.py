from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEEP_FOR = timedelta(hours=48)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def outlived(self, at: datetime) -> "AnswerQuerySet":
        return self.filter(created_at__lt=at - KEEP_FOR)


class Answer(models.Model):
    """What was answered to a request that must not be done twice. Commits together with the work itself."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored answer")
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"


class Tally(models.Model):
    """Tries of one caller within one span of time; see ehr.once.tally, which counts in one statement."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("tally")

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
