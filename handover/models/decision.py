from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7


class Verdict(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


class Decision(models.Model):
    """Who said what about an item in which round. Never changed; the record holds the hash of the words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey("HandoverItem", on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        constraints = [models.UniqueConstraint(fields=["item", "round"], name="one_decision_per_round")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.verdict}"
