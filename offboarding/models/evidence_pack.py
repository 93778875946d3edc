from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7

from .case import Case

if TYPE_CHECKING:
    from ehr.identity.models import User

KEPT = timedelta(days=7)
"""A pack is many people's data in one file; whoever needs it again asks again."""
MOST_ATTEMPTS = 5


class PackState(models.TextChoices):
    ASKED = "asked", _("Being gathered")
    DRAFTED = "drafted", _("Waits for the signed record")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    GONE = "gone", _("Deleted")


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    def visible_to(self, user: Any) -> EvidencePackQuerySet:
        """It holds what its reader may see, so nobody else opens it; others ask for their own."""
        from ..permissions import Permission

        return self.filter(asked_by=user.pk, case__in=Case.objects.visible_to(user, Permission.EXPORT_EVIDENCE))

    def unfinished(self) -> EvidencePackQuerySet:
        """Those that failed before come last."""
        return self.filter(state__in=[PackState.ASKED, PackState.DRAFTED]).order_by("attempts", "id")

    def outlived(self, at: datetime) -> EvidencePackQuerySet:
        return self.filter(state=PackState.READY, made_at__lt=at - KEPT)


class EvidencePack(models.Model):
    """One ZIP about one exit for one reader. Written in the background: it needs the seal and the checkpoint."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence_packs")
    state = models.CharField(max_length=8, choices=PackState, default=PackState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    draft_key = models.CharField(max_length=200, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence pack")
        indexes = [
            models.Index(fields=["case", "-id"], name="evidence_pack_case"),
            models.Index(
                fields=["id"], condition=models.Q(state__in=["asked", "drafted"]), name="evidence_pack_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.state}"

    # --- Changing -----------------------------------------------------------------------------------------
    @classmethod
    def ask(cls, *, case: Case, by: User, at: datetime) -> EvidencePack:
        return cls.objects.create(case=case, asked_by=by, asked_at=at)

    def keep_draft(self, key: str) -> None:
        self._set(state=PackState.DRAFTED, draft_key=key, attempts=0)

    def finish(self, *, key: str, sha256: str, size: int, at: datetime) -> None:
        self._set(state=PackState.READY, file_key=key, sha256=sha256, size=size, draft_key="", made_at=at)

    def forget(self) -> None:
        self._set(state=PackState.GONE, file_key="")

    def count_failure(self) -> None:
        """The database counts: a worker that died in the middle has counted before."""
        EvidencePack.objects.filter(pk=self.pk).update(attempts=F("attempts") + 1)
        EvidencePack.objects.filter(pk=self.pk, attempts__gte=MOST_ATTEMPTS).update(state=PackState.FAILED)

    def _set(self, **changes: Any) -> None:
        EvidencePack.objects.filter(pk=self.pk).update(**changes)
        for name, value in changes.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_ready(self) -> bool:
        return self.state == PackState.READY

    @property
    def is_under_way(self) -> bool:
        return self.state in (PackState.ASKED, PackState.DRAFTED)

    @property
    def name(self) -> str:
        return f"{self.case.number}.zip"

    @property
    def download_url(self) -> str:
        return reverse("offboarding:pack_download", args=[self.case_id, self.pk])
