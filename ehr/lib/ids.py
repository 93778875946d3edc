"""UUIDv7 (RFC 9562): time-ordered keys, so that fresh rows sit together in every index and sort as they were made."""

import os
import time
import uuid

PARTS = 4096  # of a millisecond; they fill the 12 bits behind the version (RFC 9562, 6.2, method 3)
_last = 0


def uuid7() -> uuid.UUID:
    at, chance = _next(), int.from_bytes(os.urandom(8), "big") >> 2
    return uuid.UUID(int=(at // PARTS & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | at % PARTS << 64 | 0x2 << 62 | chance)


def _next() -> int:
    """Now in parts of a millisecond, but always later than before: also in a burst, and when the clock was put back."""
    global _last
    _last = max(time.time_ns() * PARTS // 1_000_000, _last + 1)
    return _last
