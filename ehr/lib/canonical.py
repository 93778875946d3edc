"""One text for one JSON value: exactly what PostgreSQL prints for jsonb.

Keys by length, then bytes; ', ' and ': ' between; no floats. Chosen because the database can then produce the text of
a million rows itself, and anybody can reproduce it with a few lines.
"""

import json
from functools import lru_cache
from typing import Any

_text_of = json.JSONEncoder(ensure_ascii=False).encode
quoted = json.encoder.encode_basestring


def canonical(value: Any) -> str:
    """Put together here: to set an encoder up costs more than to say the few short texts of an event."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{" + ", ".join([f"{quoted(key)}: {canonical(value[key])}" for key in _order(*value)]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([canonical(item) for item in value]) + "]"
    if isinstance(value, float):
        raise TypeError("a float has no canonical text; use a string")
    return _text_of(value)


@lru_cache(maxsize=4096)  # the same few dozen sets of names in every event
def _order(*keys: str) -> list[str]:
    return sorted(keys, key=_rank)


def _rank(key: str) -> tuple[int, bytes]:
    raw = key.encode()
    return len(raw), raw
