"""A leaver's own e-mail address or phone: proven with a one-time code during the exit, later the narrow door's key."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.fields import BlindIndexField, EncryptedTextField
from ehr.crypto.models import DataKey
from ehr.identity.events import ContactVerified
from ehr.identity.one_time import CODE_TRIES, OneTimeCode
from ehr.lib.ids import uuid7
from ehr.lib.masking import mask_email, mask_phone


def normalised(value: str) -> str:
    """'A.b@Example.com ' and '+86 138-0013 8000' are found however they are typed."""
    text = value.strip().lower()
    if "@" in text:
        return text
    digits = "".join(letter for letter in text if letter.isdigit())
    return digits.removeprefix("86") if len(digits) == 13 else digits


class ContactQuerySet(models.QuerySet["Contact"]):
    def verified(self) -> "ContactQuerySet":
        return self.exclude(verified_at=None)

    def for_door(self, value: str, *, at: datetime) -> "Contact | None":
        """The newest proof of this address whose owner may use the door."""
        found = self.verified().filter(value_index=value).select_related("user").order_by("-verified_at")
        return next((contact for contact in found[:5] if contact.user.may_use_door(at)), None)


class Contact(OneTimeCode):
    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    value = EncryptedTextField()
    value_index = BlindIndexField(of="value", normalise=normalised, db_index=True)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(fields=["user", "value_index"], name="one_contact_per_user_and_value"),
            models.CheckConstraint(condition=Q(code_tries__lte=CODE_TRIES + 1), name="codes_are_tried_five_times"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    # --- Changing ---------------------------------------------------------------------------------------
    def verify(self, *, by: Any, at: datetime) -> None:
        with transaction.atomic():
            if Contact.objects.filter(pk=self.pk, verified_at=None).update(verified_at=at):
                fact = ContactVerified(user_id=str(self.user_id), channel=self.kind)
                record.emit(fact, subject=self.user, by=by, at=at)
        self.refresh_from_db(fields=["verified_at"])

    # --- Asking -----------------------------------------------------------------------------------------
    @property
    def masked(self) -> str:
        return mask_email(self.value) if self.kind == Contact.Kind.EMAIL else mask_phone(self.value)
