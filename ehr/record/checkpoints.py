"""Signed statements about the whole record, kept as a row and as a file that leaves this machine.

A hash chain alone is no proof against whoever owns the database: everything can be cut or rewritten with fresh hashes.
The checkpoint outside is what such a change can't reach.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from ehr.lib.canonical import canonical
from ehr.record.leaf import instant
from ehr.record.merkle import Frontier
from ehr.record.models import Checkpoint, Seal

DOMAIN = b"ehr-offboarding checkpoint v1\n"
EVERY_ROWS = 1000
EVERY_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is signed, and what a checkpoint file holds."""

    tree_size: int
    root: bytes
    at: str
    public_key: bytes
    signature: bytes = b""

    def message(self) -> bytes:
        fields = {"tree_size": self.tree_size, "root": self.root.hex(), "at": self.at}
        return DOMAIN + canonical(fields).encode()

    def is_signed(self) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(self.signature, self.message())
        except (InvalidSignature, ValueError):
            return False
        return True

    def to_json(self) -> str:
        fields: dict[str, Any] = {"tree_size": self.tree_size, "root": self.root.hex(), "at": self.at}
        fields |= {"public_key": self.public_key.hex(), "signature": self.signature.hex()}
        return json.dumps(fields | {"fingerprint": fingerprint(self.public_key)}, indent=2) + "\n"

    @classmethod
    def of_json(cls, text: str) -> "Statement":
        fields = json.loads(text)
        return cls(
            tree_size=int(fields["tree_size"]),
            root=bytes.fromhex(fields["root"]),
            at=str(fields["at"]),
            public_key=bytes.fromhex(fields["public_key"]),
            signature=bytes.fromhex(fields["signature"]),
        )

    @classmethod
    def of_row(cls, row: Checkpoint) -> "Statement":
        return cls(
            tree_size=row.tree_size,
            root=bytes(row.root),
            at=instant(row.at),
            public_key=bytes(row.public_key),
            signature=bytes(row.signature),
        )


def fingerprint(public_key: bytes) -> str:
    """Short enough to read out: the auditor compares it with the one in the checkpoint mails."""
    digest = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def can_sign() -> bool:
    return bool(settings.EHR_CHECKPOINT_KEY) or _may_derive()


def is_due(*, at: datetime) -> bool:
    """A minute after the last one if anything was sealed since, at once when it is a thousand rows."""
    last, size = Checkpoint.objects.order_by("-tree_size").first(), _sealed()
    if last is None or size <= last.tree_size:
        return last is None and size > 0
    return size - last.tree_size >= EVERY_ROWS or (at - last.at).total_seconds() >= EVERY_SECONDS


@transaction.atomic
def sign_checkpoint(*, at: datetime) -> Checkpoint | None:
    """None when nothing was sealed since the last one."""
    last = Checkpoint.objects.order_by("-tree_size").first()
    frontier = Frontier.of_bytes(last.tree_size, bytes(last.frontier)) if last else Frontier()
    hashes = Seal.objects.filter(seq__gt=frontier.size).order_by("seq").values_list("hash", flat=True)
    for one in hashes.iterator(chunk_size=10_000):
        frontier.add(bytes(one))
    if last is not None and frontier.size == last.tree_size or not frontier.size:
        return None
    row = _row(_signed(frontier, at), frontier, at)
    transaction.on_commit(lambda: write_file(Statement.of_row(row), at))
    return row


def _signed(frontier: Frontier, at: datetime) -> Statement:
    public_key = signing_key().public_key().public_bytes_raw()
    blank = Statement(tree_size=frontier.size, root=frontier.root(), at=instant(at), public_key=public_key)
    return Statement(**vars(blank) | {"signature": signing_key().sign(blank.message())})


def _row(statement: Statement, frontier: Frontier, at: datetime) -> Checkpoint:
    return Checkpoint.objects.create(
        tree_size=statement.tree_size,
        root=statement.root,
        frontier=frontier.to_bytes(),
        at=at,
        public_key=statement.public_key,
        signature=statement.signature,
    )


def write_file(statement: Statement, at: datetime) -> Path:
    folder = Path(settings.VAR_DIR) / "checkpoints"
    path = folder / f"{at:%Y-%m-%d}" / f"{statement.tree_size:012d}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    for target in (path, folder / "latest.json"):
        fresh = target.with_suffix(".new")
        fresh.write_text(statement.to_json())
        fresh.replace(target)
    return path


def signing_key() -> Ed25519PrivateKey:
    if settings.EHR_CHECKPOINT_KEY:
        return _key_of(settings.EHR_CHECKPOINT_KEY)
    if not _may_derive():
        raise LookupError("EHR_CHECKPOINT_KEY is not set in this process")
    seed = hashlib.sha256(b"checkpoint key|" + settings.SECRET_KEY.encode()).digest()
    return _key_of(base64.b64encode(seed).decode())


def _may_derive() -> bool:
    return bool(settings.DEBUG or settings.EHR_DEMO or settings.TESTING)


@lru_cache(maxsize=2)
def _key_of(encoded: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(encoded))


def _sealed() -> int:
    return Seal.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
