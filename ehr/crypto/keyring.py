"""The ring of key-encryption keys from the environment, and the secrets that hang on it."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class KeyRing:
    """Newest first: new data keys are wrapped by the first, old ones may still hang on the others."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def newest(self) -> str:
        return self.keys[0][0]

    @property
    def oldest(self) -> str:
        return self.keys[-1][0]

    @cached_property
    def newest_cipher(self) -> AESGCM:
        return AESGCM(self.key(self.newest))

    def key(self, key_id: str) -> bytes:
        for known, key in self.keys:
            if known == key_id:
                return key
        raise KeyError(key_id)

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key_id for key_id, _ in self.keys)})"


def ring() -> KeyRing:
    return _parse(settings.EHR_FIELD_KEYS or _development_ring())


@lru_cache(maxsize=8)
def _parse(text: str) -> KeyRing:
    keys = tuple(_entry(entry) for entry in text.replace("\n", ",").split(",") if entry.strip())
    if not keys or len({key_id for key_id, _ in keys}) != len(keys):
        raise ImproperlyConfigured("EHR_FIELD_KEYS needs one or more different 'id:base64' entries")
    return KeyRing(keys)


def _entry(entry: str) -> tuple[str, bytes]:
    key_id, _, encoded = entry.strip().partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if not key_id or len(key_id) > 20 or len(key) != 32:
        raise ImproperlyConfigured("an entry of EHR_FIELD_KEYS is 'id:base64' with 32 bytes")
    return key_id, key


def _development_ring() -> str:
    if not (settings.DEBUG or settings.EHR_DEMO or settings.TESTING):
        raise ImproperlyConfigured("EHR_FIELD_KEYS is not set")
    key = hashlib.sha256(b"field keys|" + settings.SECRET_KEY.encode()).digest()
    return f"dev:{base64.b64encode(key).decode()}"


def secret_for(purpose: str) -> bytes:
    """A key of its own for each purpose (blind indexes, the record's mac), the same as long as data live."""
    return _derive(root(), purpose)


def mac_for(purpose: str) -> Callable[[bytes], bytes]:
    """HMAC-SHA256 under the key of a purpose. Taken in once: that costs more than a short message."""
    return _mac_under(secret_for(purpose))


@lru_cache(maxsize=256)
def _mac_under(key: bytes) -> Callable[[bytes], bytes]:
    begun = HMAC(key, SHA256())

    def mac(message: bytes) -> bytes:
        one = begun.copy()
        one.update(message)
        return one.finalize()

    return mac


def root() -> bytes:
    from ehr.crypto.roots import index_root

    return index_root()


@lru_cache(maxsize=256)
def _derive(root_key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root_key)
