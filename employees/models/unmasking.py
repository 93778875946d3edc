from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.fields import EncryptedTextField
from ehr.lib.ids import uuid7

from .. import events
from .employment import Employment

if TYPE_CHECKING:
    from ehr.identity.models import User


class UnmaskPurpose(models.TextChoices):
    SETTLEMENT = "settlement", _("Settlement of an exit")
    PAY_REVIEW = "pay_review", _("Pay review")
    IDENTITY_CHECK = "identity_check", _("Identity check")
    LEGAL = "legal", _("Legal matter")
    CONTACT = "contact", _("Contact with the person")
    OTHER = "other", _("Other, see note")


class MaskedField(models.TextChoices):
    BASE_PAY = "base_pay", _("Monthly pay")
    AVERAGE_PAY = "average_pay", _("Average of the last 12 months")
    ID_NUMBER = "id_number", _("ID number")
    PHONE = "phone", _("Phone")
    PERSONAL_EMAIL = "personal_email", _("Personal e-mail")
    BANK_ACCOUNT = "bank_account", _("Bank account")


PAY_FIELDS = frozenset({MaskedField.BASE_PAY, MaskedField.AVERAGE_PAY})


class Unmasking(models.Model):
    """Somebody looked at one covered value for 60 seconds, and why. The person can see the list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="unmaskings")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=MaskedField)
    purpose = models.CharField(_("purpose"), max_length=20, choices=UnmaskPurpose)
    note = EncryptedTextField(_("note"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("look at a covered value")
        indexes = [models.Index(fields=["employment", "-at"], name="unmasking_newest")]

    def __str__(self) -> str:
        return f"{self.field} {self.at:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def look(cls, employment: Employment, *, field: str, purpose: str, note: str, by: User, at: datetime) -> Any:
        """Writes who, what and why, then answers the value."""
        cls.objects.create(
            employment=employment,
            data_key=employment.data_key,
            field=field,
            purpose=purpose,
            note=note or None,
            by=by,
            at=at,
        )
        fact = events.Unmasked(
            employment_id=str(employment.pk),
            field=field,
            purpose=purpose,
            note_sha256=hashlib.sha256(note.encode()).hexdigest() if note else "",
        )
        record.emit(fact, subject=employment, by=by, at=at)
        return employment.covered_value(field)
