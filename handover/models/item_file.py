from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr.documents.models import StoredFile
from handover.models.item import HandoverItem


class ItemFile(StoredFile):
    """Proof of what was handed over."""

    item = models.ForeignKey(HandoverItem, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file")
        indexes = [models.Index(fields=["item", "id"], name="handover_item_files")]

    def get_absolute_url(self) -> str:
        return reverse("handover:file", args=[self.item.handover_id, self.item_id, self.pk])
