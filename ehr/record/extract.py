"""A part of the record that proves itself: sealed rows, their inclusion proofs, and the checkpoint they stand under."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from ehr.record import checkpoints
from ehr.record.inclusion import inclusion_paths
from ehr.record.leaf import SEALED
from ehr.record.models import Checkpoint, Event, Seal
from ehr.record.sealing import seal_all

ROWS = f"""
    SELECT s.seq, e.kind, e.id::text, {SEALED}, s.prev_hash, s.hash
    FROM record_event e JOIN record_seal s ON s.event_id = e.id
    WHERE e.subject = ANY(%s) ORDER BY s.seq
"""  # noqa: S608 - constants of this package


@dataclass(frozen=True, kw_only=True)
class Row:
    """One sealed event: hash = SHA-256(0x00 ‖ text ‖ prev_hash)."""

    seq: int
    kind: str
    event_id: str
    text: str
    prev_hash: bytes
    hash: bytes


def sealed_rows(refs: Collection[str]) -> list[Row]:
    """Everything that was sealed about these subjects, in the order of the chain."""
    names = ("seq", "kind", "event_id", "text", "prev_hash", "hash")
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(refs)])
        return [_row(dict(zip(names, values, strict=True))) for values in cursor.fetchall()]


def is_all_sealed(refs: Collection[str]) -> bool:
    return not Event.objects.filter(subject__in=list(refs), seal=None).exists()


def bring_up_to_date(*, at: datetime) -> None:
    """What the beat does every few seconds, for who cannot wait. Where no key is, the signature is left to it."""
    seal_all()
    if checkpoints.can_sign():
        checkpoints.sign_checkpoint(at=at)


def covering(seq: int) -> Checkpoint | None:
    return Checkpoint.objects.filter(tree_size__gte=seq).order_by("tree_size").first()


def paths_under(checkpoint: Checkpoint, rows: Iterable[Row]) -> dict[int, list[bytes]]:
    """By seq. Reads every seal under the checkpoint once: 32 bytes and one hash for each."""
    watched = {row.seq - 1 for row in rows}
    paths = inclusion_paths(_leaves(checkpoint.tree_size), watched=watched)
    return {index + 1: path for index, path in paths.items()}


def _leaves(tree_size: int) -> Iterator[bytes]:
    hashes = Seal.objects.filter(seq__lte=tree_size).order_by("seq").values_list("hash", flat=True)
    return (bytes(one) for one in hashes.iterator(chunk_size=10_000))


def _row(values: dict[str, Any]) -> Row:
    return Row(**values | {"prev_hash": bytes(values["prev_hash"]), "hash": bytes(values["hash"])})
