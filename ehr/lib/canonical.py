"""One text for one JSON value: exactly what PostgreSQL prints for jsonb.

Keys by length, then bytes; ', ' and ': ' between; no floats. Chosen because the database can then produce the text of
a million rows itself, and anybody can reproduce it with a few lines.
"""

import json
from functools import lru_cache
from typing import Any

_text_of = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
quoted = json.encoder.encode_basestring


def canonical(value: Any) -> str:
    return _text_of(_ordered(value))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: one if type(one := value[key]) is str else _ordered(one) for key in _order(*value)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, float):
        raise TypeError("a float has no canonical text; use a string")
    return value


@lru_cache(maxsize=4096)  # the same few dozen sets of names in every event
def _order(*keys: str) -> list[str]:
    return sorted(keys, key=_rank)


def _rank(key: str) -> tuple[int, bytes]:
    raw = key.encode()
    return len(raw), raw
