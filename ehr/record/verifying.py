"""Reads the whole record again and names the first place where it is not what was sealed."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from ehr.record.checkpoints import Statement, fingerprint
from ehr.record.leaf import SEALED, SPOKEN
from ehr.record.merkle import Frontier
from ehr.record.models import Checkpoint
from ehr.record.sealing import GENESIS, is_genuine

CHAIN = f"""
    SELECT s.seq, s.prev_hash, s.hash, {SEALED}, e.id IS NULL
    FROM record_seal s LEFT JOIN record_event e ON e.id = s.event_id ORDER BY s.seq
"""  # noqa: S608 - constants of this package
LOOSE = f"""
    SELECT e.id, {SPOKEN}, e.mac,
        e.transaction < (SELECT b.transaction FROM record_seal l JOIN record_event b ON b.id = l.event_id
                         ORDER BY l.seq DESC LIMIT 1)
    FROM record_event e WHERE NOT EXISTS (SELECT 1 FROM record_seal s WHERE s.event_id = e.id)
    ORDER BY e.transaction, e.id
"""  # noqa: S608
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, kw_only=True)
class Verdict:
    intact: bool
    sealed: int
    waiting: int = 0
    checkpoints: int = 0
    signed_by: str = ""
    bad_position: int | None = None
    bad_event: str = ""
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class Broken(Exception):
    def __init__(self, reason: str, *, position: int | None = None, event: str = "") -> None:
        super().__init__(reason)
        self.reason, self.position, self.event = reason, position, event


def verify(outside: Statement | None = None) -> Verdict:
    """outside is a checkpoint that was kept elsewhere; without it a cut tail or a complete rewrite can hide."""
    with transaction.atomic():
        _one_moment()
        frontier = Frontier()
        statements = list(_statements(outside))
        try:
            _check_signatures(statements)
            _check_chain(frontier, statements)
            waiting = _check_loose()
        except Broken as bad:
            return Verdict(
                intact=False,
                sealed=frontier.size,
                bad_position=bad.position,
                bad_event=bad.event,
                reason=bad.reason,
            )
    signed_by = fingerprint(statements[-1][0].public_key) if statements else ""
    return Verdict(intact=True, sealed=frontier.size, waiting=waiting, checkpoints=len(statements), signed_by=signed_by)


def _one_moment() -> None:
    """Everything is read as of one instant, while the platform goes on."""
    if connection.in_atomic_block and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _statements(outside: Statement | None) -> Iterator[tuple[Statement, bytes | None]]:
    """In the order of the chain, with the frontier where one is stored."""
    rows: list[tuple[Statement, bytes | None]] = [
        (Statement.of_row(row), bytes(row.frontier)) for row in Checkpoint.objects.order_by("tree_size")
    ]
    if outside is not None:
        rows.append((outside, None))
    return iter(sorted(rows, key=lambda row: row[0].tree_size))


def _check_signatures(statements: list[tuple[Statement, bytes | None]]) -> None:
    for statement, _ in statements:
        if not statement.is_signed():
            raise Broken("the signature of the checkpoint is wrong", position=statement.tree_size)


def _check_chain(frontier: Frontier, statements: list[tuple[Statement, bytes | None]]) -> None:
    ahead = list(reversed(statements))
    _meet(frontier, ahead)
    previous = GENESIS
    for seq, prev_hash, sealed, text, is_gone in _chain():
        if seq != frontier.size + 1:
            raise Broken("a seal is missing or has another number", position=frontier.size + 1)
        if is_gone:
            raise Broken("the event of this seal is gone", position=seq)
        this = hashlib.sha256(b"\x00" + text.encode() + previous).digest()
        if bytes(prev_hash) != previous or bytes(sealed) != this:
            raise Broken("the row is not what was sealed", position=seq)
        frontier.add(this)
        previous = this
        if ahead and ahead[-1][0].tree_size == seq:
            _meet(frontier, ahead)
    if ahead:
        raise Broken("the record ends before its checkpoint", position=frontier.size + 1)


def _meet(frontier: Frontier, ahead: list[tuple[Statement, bytes | None]]) -> None:
    while ahead and ahead[-1][0].tree_size == frontier.size:
        statement, stored = ahead.pop()
        if statement.root != frontier.root() or (stored is not None and stored != frontier.to_bytes()):
            raise Broken("the record is another one than its checkpoint signed", position=frontier.size)


def _chain() -> Iterator[tuple[int, memoryview, memoryview, str, bool]]:
    with connection.chunked_cursor() as cursor:
        cursor.itersize = ROWS_AT_ONCE  # type: ignore[attr-defined]  # psycopg2's own
        cursor.execute(CHAIN)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _check_loose() -> int:
    """Events that wait for their seal: few, fresh and written by the product."""
    waiting = 0
    with connection.cursor() as cursor:
        cursor.execute(LOOSE)
        for event_id, spoken, mac, is_behind in cursor:
            waiting += 1
            if not is_genuine(spoken, mac):
                raise Broken("an event was not written by the product, or changed since", event=str(event_id))
            if is_behind:
                raise Broken("an event stands behind the end of the chain without a seal", event=str(event_id))
    return waiting
