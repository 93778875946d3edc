from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ehr.documents.models import StoredFile

from .reference_row import ReferenceRow


class ReferenceFile(StoredFile):
    """The notice a figure stands in, for whoever compares the two. Added, never changed; it goes with a draft."""

    row = models.ForeignKey(ReferenceRow, on_delete=models.CASCADE, related_name="files")

    class Meta:
        verbose_name = gettext_lazy("source of a figure")
        indexes = [models.Index(fields=["row", "id"], name="reference_files")]

    @property
    def url(self) -> str:
        return reverse("offboarding:reference_source", args=[self.row_id, self.pk])
