"""Chains what was written: one sealer at a time gives each event its number and hash, batch by batch."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ehr.crypto.keyring import mac_for
from ehr.record.horizon import horizon, is_ahead
from ehr.record.leaf import SEALED, SPOKEN
from ehr.record.models import Seal

GENESIS = bytes(32)
BATCH = 5000
LOCK = 0x5EA1  # any constant; advisory locks share one space per database

# An event is sealed once no transaction runs that began to write before it: nothing can appear behind the chain's
# end. After a restore into a new cluster the counters start again, and the search covers the whole table once.
UNSEALED = """
    SELECT e.id, {sealed}, {spoken}, e.mac
    FROM record_event e
    WHERE {newer} e.transaction < %(horizon)s
      AND NOT EXISTS (SELECT 1 FROM record_seal s WHERE s.event_id = e.id)
    ORDER BY e.transaction, e.id
    LIMIT %(batch)s
"""
LAST = """
    SELECT s.seq, s.hash, e.transaction
    FROM record_seal s JOIN record_event e ON e.id = s.event_id ORDER BY s.seq DESC LIMIT 1
"""


def seal_all() -> int:
    """Seal everything that can be; returns how many events were sealed. Somebody else sealing now: 0."""
    sealed = 0
    while batch := seal_batch():
        sealed += batch
    return sealed


@transaction.atomic
def seal_batch(size: int = BATCH) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        seq, previous, since = _end_of_chain(cursor)
        rows = _unsealed(cursor, since, size)
    genuine = [(event_id, text) for event_id, text, spoken, mac in rows if is_genuine(spoken, mac)]
    _write(genuine, seq, previous)
    return len(genuine)


def is_genuine(spoken: str, mac: memoryview) -> bool:
    """A row that the product did not write is never sealed; the verifier names it."""
    return hmac.compare_digest(mac_for("record.mac")(spoken.encode()), bytes(mac))


def link(text: str, previous: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + text.encode() + previous).digest()


def _end_of_chain(cursor: Any) -> tuple[int, bytes, int | None]:
    cursor.execute(LAST)
    last = cursor.fetchone()
    if last is None:
        return 0, GENESIS, None
    seq, last_hash, at_transaction = last
    return seq, bytes(last_hash), None if is_ahead(cursor, at_transaction) else at_transaction


def _unsealed(cursor: Any, since: int | None, size: int) -> Sequence[tuple[UUID, str, str, memoryview]]:
    newer = "" if since is None else "e.transaction >= %(since)s AND"
    query = UNSEALED.format(sealed=SEALED, spoken=SPOKEN, newer=newer)
    cursor.execute(query, {"since": since, "batch": size, "horizon": horizon(cursor)})
    return cursor.fetchall()  # type: ignore[no-any-return]


def _write(rows: Sequence[tuple[UUID, str]], seq: int, previous: bytes) -> None:
    seals = []
    for event_id, text in rows:
        seq += 1
        this = link(text, previous)
        seals.append(Seal(seq=seq, event_id=event_id, prev_hash=previous, hash=this))
        previous = this
    Seal.objects.bulk_create(seals, batch_size=1000)
