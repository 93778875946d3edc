from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ehr import access
from ehr.documents.models import StoredFile

from ..permissions import Permission
from .approval import Approval
from .case import Case

AGREEMENT = "E_MUTUAL_AGREEMENT"
WITHDRAWAL_CONSENT = "E_WITHDRAWAL_CONSENT"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> EvidenceQuerySet:
        """May be about health or misconduct: for whom reads the reasons, and for who has to decide on them."""
        readers = access.scope(user, Permission.VIEW_REASON, unit="case__unit__path")
        asked = Approval.objects.of(user).values("step__case")
        seen = self.filter(readers | Q(case__in=asked) | Q(case__started_by=user.pk))
        return seen.filter(case__in=Case.objects.visible_to(user))

    def counting(self) -> EvidenceQuerySet:
        return self.filter(set_aside_at=None)

    def agreements_of(self, case: Case) -> EvidenceQuerySet:
        """Papers that show that both signed, the newest first."""
        return self.counting().filter(case=case, paper=AGREEMENT).order_by("-id")


class Evidence(StoredFile):
    """One paper of the checklist of a ground. Added, never changed or taken away: the newest of a paper counts, unless it
    was set aside."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    paper = models.CharField(gettext_lazy("paper"), max_length=40)
    dated = models.DateField(gettext_lazy("date of the paper"))
    file_key = models.CharField(max_length=200, db_index=True)
    """The same for all cases of a list that a paper was added to at once."""
    set_aside_at = models.DateTimeField(gettext_lazy("set aside"), null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("evidence")
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "paper", "id"], name="case_evidence")]

    def __str__(self) -> str:
        return f"{self.case} {self.paper}"

    @property
    def counts(self) -> bool:
        return self.set_aside_at is None

    @property
    def url(self) -> str:
        return reverse("offboarding:evidence_file", args=[self.case_id, self.pk])
