from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ehr.documents.models import StoredFile

from .track import Track


class TrackFile(StoredFile):
    """The paper behind work that was done by hand. Added, never changed or taken away."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = gettext_lazy("proof")
        indexes = [models.Index(fields=["track", "id"], name="track_files")]

    @property
    def url(self) -> str:
        return reverse("offboarding:track_file", args=[self.track.case_id, self.track.kind, self.pk])
