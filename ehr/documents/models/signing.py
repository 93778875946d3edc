from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.fields import EncryptedTextField
from ehr.documents import events
from ehr.lib.ids import uuid7

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity


class SigningIdentity(models.Model):
    """The certificate that signs a company's papers: our own P-256 one until the company loads its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey("units.LegalEntity", on_delete=models.PROTECT, related_name="signing_identities")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    certificate = models.TextField()
    chain = models.TextField(blank=True)
    private_key = EncryptedTextField()
    subject = models.CharField(max_length=250)
    fingerprint = models.CharField(max_length=64)
    is_self_signed = models.BooleanField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    in_force = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signing certificate")
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], condition=models.Q(in_force=True), name="one_signing_identity_in_force"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @classmethod
    @transaction.atomic
    def load(cls, *, entity: "LegalEntity", by: "User | None", at: datetime, **parts: object) -> "SigningIdentity":
        """The new one signs from now on; the old one stays, for the papers it has signed."""
        from ehr.crypto.models import DataKey

        type(entity).objects.select_for_update().get(pk=entity.pk)
        cls.objects.filter(entity=entity, in_force=True).update(in_force=False)
        identity = cls.objects.create(entity=entity, data_key=DataKey.issue(), created_at=at, **parts)
        fact = events.SigningIdentityLoaded(
            entity_id=str(entity.pk), fingerprint=identity.fingerprint, self_signed=identity.is_self_signed
        )
        record.emit(fact, subject=identity, by=by, at=at)
        return identity
