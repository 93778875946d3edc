import os
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models, transaction

from ehr import record
from ehr.crypto.events import DataKeyDestroyed
from ehr.crypto.keyring import ring
from ehr.crypto.wrapping import Erased, unwrap, wrap, wrap_by
from ehr.lib.ids import uuid7

if TYPE_CHECKING:
    from ehr.identity.models import User


class DataKey(models.Model):
    """One person's key, itself encrypted by a key of the ring. Destroying it erases all that it encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kek_id = models.CharField(max_length=20, blank=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    @classmethod
    def fresh(cls) -> "DataKey":
        """An unsaved key, for one create() as for a bulk_create()."""
        new = NewKey()
        return cls(id=new.id, kek_id=new.kek_id, wrapped=new.wrapped)

    @classmethod
    def issue(cls) -> "DataKey":
        row = cls.fresh()
        row.save(force_insert=True)
        return row

    @transaction.atomic
    def destroy(self, *, by: "User | None", at: datetime) -> None:
        from ehr.crypto.keys import forget

        changed = DataKey.objects.filter(pk=self.pk, destroyed_at=None).update(wrapped=b"", kek_id="", destroyed_at=at)
        forget(self.pk)
        self.refresh_from_db()
        if changed:
            record.emit(DataKeyDestroyed(data_key_id=self.pk), subject=self, by=by, at=at)

    def rewrap(self) -> None:
        """Hang the same key on the newest key of the ring."""
        keys = ring()
        self.wrapped = wrap(keys.key(keys.newest), self.secret(), place_of(self.id))
        self.kek_id = keys.newest

    def secret(self) -> bytes:
        if self.destroyed_at is not None:
            raise Erased("these data were erased")
        return unwrap(ring().key(self.kek_id), bytes(self.wrapped), place_of(self.id))

    def __str__(self) -> str:
        return str(self.id)


class NewKey:
    """What a row of a key will hold, and the secret itself; for those who write fifty thousand rows by COPY."""

    __slots__ = ("id", "kek_id", "secret", "wrapped")

    def __init__(self) -> None:
        keys = ring()
        self.id, self.kek_id, self.secret = uuid7(), keys.newest, os.urandom(32)
        self.wrapped = wrap_by(keys.newest_cipher, self.secret, place_of(self.id))


class RootSecret(models.Model):
    """At most one row, written by the first rotation. See ehr.crypto.roots."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kek_id = models.CharField(max_length=20)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return "root secret"


def place_of(key_id: UUID) -> bytes:
    return b"data key|" + key_id.bytes
