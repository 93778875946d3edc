from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.crypto.fields import BlindIndexField, EncryptedTextField
from ehr.lib.ids import uuid7

from .choices import Gender


class Person(models.Model):
    """A human being. Employments come and go; destroying the data key erases what identifies them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    data_key = models.OneToOneField("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(_("full name"), max_length=100)
    name_pinyin = models.CharField(_("pinyin"), max_length=200, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, default=Gender.UNKNOWN)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    first_work_date = models.DateField(_("first day of work"), null=True, blank=True)
    """With any employer: leave and the medical period count all work (ALR 3, MED 3)."""
    id_number = EncryptedTextField(_("ID number"), null=True)
    id_number_index = BlindIndexField(of="id_number")
    phone = EncryptedTextField(_("phone"), null=True)
    phone_index = BlindIndexField(of="phone")
    personal_email = EncryptedTextField(_("personal e-mail"), null=True)
    personal_email_index = BlindIndexField(of="personal_email")
    bank_account = EncryptedTextField(_("bank account"), null=True)
    bank_account_index = BlindIndexField(of="bank_account")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["id_number_index"], name="person_id_number"),
            models.Index(fields=["phone_index"], name="person_phone"),
            models.Index(fields=["personal_email_index"], name="person_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def id_tail(self) -> str:
        """As papers name it; empty where no number is on file."""
        return (self.id_number or "")[-4:]
