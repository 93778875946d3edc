"""Unwrapped data keys, held for a minute at most, so that an erased person is unreadable everywhere soon."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from uuid import UUID

from ehr.crypto.models import DataKey

HOLD_SECONDS = 60.0
HOLD_KEYS = 10_000

_held: OrderedDict[UUID, tuple[float, bytes]] = OrderedDict()
_lock = Lock()


def secret_of(key_id: UUID, row: DataKey | None = None) -> bytes:
    """row saves the query when the caller has the data key at hand."""
    held = _held.get(key_id)
    if held is not None and held[0] > time.monotonic():
        return held[1]
    if row is None or row.pk != key_id:
        row = DataKey.objects.get(pk=key_id)
    return _hold(row)


def preload(key_ids: Iterable[UUID | None]) -> None:
    """One query for a page of people."""
    for row in DataKey.objects.filter(pk__in={key_id for key_id in key_ids if key_id}, destroyed_at=None):
        _hold(row)


def forget(key_id: UUID) -> None:
    _held.pop(key_id, None)


def _hold(row: DataKey) -> bytes:
    secret = row.secret()
    with _lock:
        _held[row.pk] = (time.monotonic() + HOLD_SECONDS, secret)
        while len(_held) > HOLD_KEYS:
            _held.popitem(last=False)
    return secret
