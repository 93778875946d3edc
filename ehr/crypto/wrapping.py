"""AES-256-GCM as this product uses it: nonce ‖ ciphertext ‖ tag, with the place of the value as associated data."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Tampered(Exception):
    """The ciphertext is not what was written here: altered, moved from another row, or under another key."""


class Erased(Exception):
    """The data key was destroyed; what hung on it can't be read any more by anybody."""


def wrap(key: bytes, plain: bytes, place: bytes) -> bytes:
    return wrap_by(AESGCM(key), plain, place)


def wrap_by(cipher: AESGCM, plain: bytes, place: bytes) -> bytes:
    """For many values under one key: to take the key in costs as much as to encrypt."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, place)


def unwrap(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise Tampered("an encrypted value does not belong here") from error
