from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7

from .choices import HoldingPresence
from .employment import Employment


class Holding(models.Model):
    """What a system says the person owns. Written by connectors, read by handover. Unknown is never 'gone'."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="holdings")
    system = models.CharField(_("system"), max_length=40)
    kind = models.CharField(_("kind"), max_length=40)
    ref = models.CharField(_("reference"), max_length=120)
    title = models.CharField(_("item held"), max_length=200)
    presence = models.CharField(max_length=10, choices=HoldingPresence, default=HoldingPresence.UNKNOWN)
    observed_at = models.DateTimeField(_("observed at"))

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.UniqueConstraint(fields=["employment", "system", "kind", "ref"], name="holding_once"),
        ]

    def __str__(self) -> str:
        return self.title
