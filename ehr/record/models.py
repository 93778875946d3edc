from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7


class CurrentTransaction(models.Func):
    function = "pg_current_xact_id"
    output_field = models.TextField()


class Event(models.Model):
    """Inserted once and never changed; the database refuses UPDATE, DELETE and TRUNCATE.

    `transaction` lets the sealer stop before transactions that still run; `mac` proves that a row which is not
    sealed yet was written by the product.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    request_id = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    transaction = models.BigIntegerField(
        db_default=Cast(Cast(CurrentTransaction(), models.TextField()), models.BigIntegerField()), editable=False
    )
    mac = models.BinaryField(max_length=32, editable=False)

    class Meta:
        verbose_name = _("event")
        indexes = [
            models.Index(fields=["subject", "-at", "-id"], name="event_timeline"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
            models.Index(fields=["transaction"], name="event_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Seal(models.Model):
    """One link of the hash chain. hash = SHA-256(0x00 ‖ canonical JSON of the event ‖ prev_hash)."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.seq)


class Checkpoint(models.Model):
    """A signed statement: at this time the record had so many rows with this Merkle root (RFC 6962)."""

    tree_size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    frontier = models.BinaryField()
    at = models.DateTimeField()
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return str(self.tree_size)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(done_at=None)

    def poisoned(self) -> "DeliveryQuerySet":
        return self.filter(done_at=None, next_at=None)

    def oldest_due(self) -> datetime | None:
        """Since when the longest waiting one could have been delivered."""
        due = self.waiting().filter(next_at__lte=Now()).order_by("next_at")
        return due.values_list("next_at", flat=True).first()


class Delivery(models.Model):
    """An event on its way to one subscriber. next_at is empty once it is done or given up (then error says why)."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, db_index=False)
    subscriber = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once")]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=models.Q(done_at=None), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.event_id}"


class SubscriberSeen(models.Model):
    """Since which transaction a subscriber is known, so that an older process can't emit past a newer subscriber."""

    name = models.CharField(max_length=120, primary_key=True)
    planned_before = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
