from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7
from employees.models import JobFamily
from handover.models.choices import Kind
from handover.models.handover import Handover
from handover.models.item import HandoverItem
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.identity.models import User


class OmissionQuerySet(models.QuerySet["Omission"]):
    def visible_to(self, user: "User", permission: str = Permission.VIEW_OMISSIONS) -> "OmissionQuerySet":
        return self.filter(handover__in=Handover.objects.visible_to(user, permission))


class Omission(models.Model):
    """Something found missing after a handover: in one of its items, or in the list as a whole. What the record says
    about who missed it is kept as it was when this was filed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="omissions")
    item = models.ForeignKey(HandoverItem, null=True, on_delete=models.PROTECT, related_name="omissions")
    job_family = models.CharField(max_length=20, choices=JobFamily)
    kind = models.CharField(max_length=12, choices=Kind)
    topic = models.CharField(max_length=80)
    title = models.CharField(_("what was missing"), max_length=200)
    text = models.TextField(_("what came of it"), blank=True)
    findings = models.JSONField(default=list)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    objects = OmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("omission")
        constraints = [models.UniqueConstraint(fields=["handover", "topic"], name="one_omission_per_topic")]
        indexes = [models.Index(fields=["job_family", "topic"], name="handover_omission_topic")]

    def __str__(self) -> str:
        return self.title
