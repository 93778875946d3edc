"""Columns that only the product can read. The row names its person's data key; a value opens only in its own place."""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ehr.crypto.keyring import mac_for
from ehr.crypto.keys import secret_of
from ehr.crypto.wrapping import Tampered, unwrap, wrap_by

VERSION = b"\x01"
KEY_ID_BYTES = 16
HEADER_BYTES = len(VERSION) + KEY_ID_BYTES


class Ciphertext:
    """What stands in the database, not opened yet. Shows nothing of itself."""

    __slots__ = ("plain", "raw")

    plain: Any

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __repr__(self) -> str:
        return "<encrypted>"

    __str__ = __repr__


class _Opening:
    """Opens a value when it is asked for, and not before."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if not isinstance(value, Ciphertext):
            return value
        if not hasattr(value, "plain"):
            value.plain = self.field.open(instance, value)
        return value.plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):  # type: ignore[type-arg]
    """AES-256-GCM with a random nonce; table, column and primary key are bound in, so rows can't swap values."""

    def __init__(self, *args: Any, data_key: str = "data_key", **kwargs: Any) -> None:
        self.data_key = data_key
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.data_key != "data_key":
            kwargs["data_key"] = self.data_key
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_text(self, value: Any) -> str:
        return str(value)

    def to_value(self, text: str) -> Any:
        return text

    # --- one value in its place ---------------------------------------------------------------------------
    def seal(self, pk: Any, key_id: UUID, value: Any, secret: bytes | None = None) -> bytes | None:
        if value is None:
            return None
        return Sealer(key_id, secret or secret_of(key_id)).seal(self, pk, value)

    def open(self, instance: models.Model, value: Ciphertext) -> Any:
        raw = value.raw
        if raw[:1] != VERSION or len(raw) < HEADER_BYTES:
            raise Tampered(f"{self.model._meta.label}.{self.name} holds no value of this product")
        key_id = UUID(bytes=raw[1:HEADER_BYTES])
        row = instance._state.fields_cache.get(self.data_key)
        plain = unwrap(secret_of(key_id, row), raw[HEADER_BYTES:], self.place(instance.pk, raw[:HEADER_BYTES]))
        return self.to_value(plain.decode())

    def place(self, pk: Any, header: bytes) -> bytes:
        return f"{self._column}{pk}|".encode() + header

    @cached_property
    def _column(self) -> str:
        return f"{self.model._meta.db_table}|{self.column}|"

    # --- Django's side ------------------------------------------------------------------------------------
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        key = model_instance._state.fields_cache.get(self.data_key)
        key_id = getattr(model_instance, f"{self.data_key}_id")
        return Ciphertext(self.seal(model_instance.pk, key_id, value, secret_of(key_id, key)) or b"")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Ciphertext):
            value = value.raw
        if value is None or isinstance(value, bytes):
            return value if value is None else connection.Database.Binary(value)
        raise TypeError(f"{self.name} is encrypted with its row: save the row, or pass what seal() returns")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        return "<encrypted>"


class Sealer:
    """One data key made ready: for those who write many values under it, by COPY as by a save."""

    __slots__ = ("_cipher", "_header")

    def __init__(self, key_id: UUID, secret: bytes) -> None:
        self._header = VERSION + key_id.bytes
        self._cipher = AESGCM(secret)

    def seal(self, field: EncryptedTextField, pk: Any, value: Any) -> bytes:
        plain = field.to_text(value).encode()
        return self._header + wrap_by(self._cipher, plain, field.place(pk, self._header))


class EncryptedJSONField(EncryptedTextField):
    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)

    def to_value(self, text: str) -> Any:
        return json.loads(text)


def strip(text: str) -> str:
    return text.strip()


class BlindIndexField(models.Field):  # type: ignore[type-arg]
    """Finds an encrypted value by equality: filter(phone_index="138…"). Never for values with few possibilities."""

    def __init__(self, *args: Any, of: str = "", normalise: Callable[[str], str] = strip, **kwargs: Any) -> None:
        self.of = of
        self.normalise = normalise
        kwargs.update(null=True, editable=False)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("null", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs | {"of": self.of}

    def digest(self, plain: str | None) -> bytes | None:
        return self.digester()(plain)

    def digester(self) -> Callable[[str | None], bytes | None]:
        """For many values: the key is looked up once."""
        mac = mac_for(f"blind index|{self.model._meta.db_table}|{self.column}")

        def digest(plain: str | None) -> bytes | None:
            text = self.normalise(plain) if plain else ""
            return mac(text.encode())[:16] if text else None

        return digest

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A value that was not touched keeps its index, without being opened."""
        value = model_instance.__dict__.get(self.of)
        if isinstance(value, str) or (value is None and self.of in model_instance.__dict__):
            setattr(model_instance, self.attname, self.digest(value))
        return getattr(model_instance, self.attname)

    def get_prep_value(self, value: Any) -> Any:
        return self.digest(value) if isinstance(value, str) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)
