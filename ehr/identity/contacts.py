"""A leaver's own e-mail address or phone: proven with a one-time code during the exit, later the narrow door's key."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.fields import BlindIndexField, EncryptedTextField
from ehr.crypto.keyring import secret_for
from ehr.crypto.models import DataKey
from ehr.identity.events import ContactVerified
from ehr.lib.ids import uuid7
from ehr.lib.masking import mask_email, mask_phone

CODE_LIVES = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODE_TRIES = 5


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


class Contact(models.Model):
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
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(fields=["user", "value_index"], name="one_contact_per_user_and_value"),
            models.CheckConstraint(condition=Q(code_tries__lte=CODE_TRIES), name="codes_are_tried_five_times"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    # --- Changing ---------------------------------------------------------------------------------------
    def renew_code(self, *, at: datetime) -> str | None:
        """A fresh code, or None when the last one was sent less than a minute ago."""
        code = f"{secrets.randbelow(10**6):06}"
        renewed = Contact.objects.filter(Q(code_sent_at=None) | Q(code_sent_at__lte=at - CODE_PAUSE), pk=self.pk)
        changed = renewed.update(code_digest=self._digest(code), code_sent_at=at, code_tries=0)
        return code if changed else None

    def accepts(self, code: str, *, at: datetime) -> bool:
        """Each try counts before it is looked at, and a right code works once."""
        tried = Contact.objects.filter(pk=self.pk, code_tries__lt=CODE_TRIES, code_sent_at__gt=at - CODE_LIVES).update(
            code_tries=F("code_tries") + 1
        )
        if not tried:
            return False
        right = Contact.objects.filter(pk=self.pk, code_digest=self._digest(code)).exclude(code_digest="")
        return bool(right.update(code_digest=""))

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

    def _digest(self, code: str) -> str:
        return hmac.new(secret_for("identity.code"), f"{self.pk}:{code}".encode(), "sha256").hexdigest()
