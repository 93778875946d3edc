"""Stored answers can hold personal values, so they rest encrypted; they live for two days."""

import zlib

from ehr.crypto import wrapping
from ehr.crypto.keyring import secret_for

PLACE = b"once.answer"


def wrap(plain: bytes) -> bytes:
    return wrapping.wrap(secret_for("once.answer"), zlib.compress(plain), PLACE)


def unwrap(sealed: bytes) -> bytes:
    return zlib.decompress(wrapping.unwrap(secret_for("once.answer"), sealed, PLACE))
