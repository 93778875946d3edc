from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.crypto.fields import EncryptedTextField
from ehr.lib.ids import uuid7

from .approval import Approval
from .case import Case

if TYPE_CHECKING:
    from ehr.identity.models import User


class Decision(models.Model):
    """What somebody said to a case in prose. Encrypted here; the record holds only its SHA-256 (decisions 16)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    approval = models.ForeignKey(Approval, null=True, on_delete=models.CASCADE, related_name="decisions")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("decision"), max_length=24)
    comment = EncryptedTextField(_("comment"), blank=True, default="")
    comment_sha256 = models.CharField(max_length=64, blank=True)
    for_leaver = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        indexes = [models.Index(fields=["case", "-at"], name="decision_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"

    @classmethod
    def write(
        cls,
        *,
        case: Case,
        kind: str,
        comment: str = "",
        approval: Approval | None = None,
        on_behalf_of: User | None = None,
        for_leaver: bool = False,
        by: User | None,
        at: datetime,
    ) -> Decision:
        return cls.objects.create(
            case=case,
            approval=approval,
            data_key_id=case.data_key_id,
            kind=kind,
            comment=comment,
            comment_sha256=sha256(comment),
            for_leaver=for_leaver,
            by=by,
            on_behalf_of=on_behalf_of,
            at=at,
        )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
