from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ehr.lib.ids import uuid7

from .track import Track


class TrackFile(models.Model):
    """The paper behind work that was done by hand. Added, never changed or taken away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(gettext_lazy("name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file_key = models.CharField(max_length=200, unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("proof")
        indexes = [models.Index(fields=["track", "id"], name="track_files")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return reverse("offboarding:track_file", args=[self.track.case_id, self.track.kind, self.pk])
