from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.documents import events
from ehr.documents.kinds import title_of
from ehr.lib.ids import uuid7

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity


class StandingReleaseQuerySet(models.QuerySet["StandingRelease"]):
    def in_force(self) -> "StandingReleaseQuerySet":
        return self.filter(ended_at=None)

    def covering(self, *, entity: "LegalEntity", kind: str, occasion: str) -> "StandingRelease | None":
        return self.in_force().filter(entity=entity, kind=kind, occasion=occasion).first()


class StandingRelease(models.Model):
    """A document clerk's word, given once: papers of this kind and occasion are sealed without asking again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey("units.LegalEntity", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    occasion = models.CharField(max_length=40)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = StandingReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing release")
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "occasion"],
                condition=models.Q(ended_at=None),
                name="one_standing_release_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.kind} {self.occasion}"

    @property
    def title(self) -> str:
        return title_of(self.kind)

    @classmethod
    @transaction.atomic
    def give(
        cls, *, entity: "LegalEntity", kind: str, occasion: str, by: "User | None", at: datetime
    ) -> "StandingRelease":
        """Giving it twice is giving it once."""
        release, is_new = cls.objects.in_force().get_or_create(
            entity=entity, kind=kind, occasion=occasion, defaults={"given_by": by, "given_at": at}
        )
        if is_new:
            fact = events.StandingReleaseGiven(entity_id=str(entity.pk), document_kind=kind, occasion=occasion)
            record.emit(fact, subject=release, by=by, at=at)
        return release

    @transaction.atomic
    def end(self, *, by: "User | None", at: datetime) -> None:
        if not StandingRelease.objects.in_force().filter(pk=self.pk).update(ended_by=by, ended_at=at):
            return
        fact = events.StandingReleaseEnded(
            entity_id=str(self.entity_id), document_kind=self.kind, occasion=self.occasion
        )
        record.emit(fact, subject=self, by=by, at=at)
