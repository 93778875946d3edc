"""A pack is written in two rounds: its papers and their list first, and once the list stands in the record, that record."""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.db.models import Model
from django.template.loader import render_to_string

from ehr.documents import storage
from ehr.record.checkpoints import Statement
from ehr.record.extract import Row, paths_under
from ehr.record.models import Checkpoint

from . import verify
from .contents import Piece

FOLDER = "packs"
ZIP = "application/zip"
HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Draft:
    stored: storage.Stored
    manifest_sha256: str


def write_draft(
    pieces: Iterable[Piece], *, pack: Model, case: dict[str, Any], record: dict[str, Any], page: dict[str, Any]
) -> Draft:
    """Everything but the record, with the list that names each file."""
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
            files = [_put(package, nth, piece) for nth, piece in enumerate(pieces, start=1)]
            files += [_put_text(package, name, text) for name, text in _pages(files, case, page).items()]
            listed = sorted(files, key=lambda row: row["path"])
            manifest = {"format": verify.FORMAT, "pack": str(pack.pk), "case": case, "files": listed, "record": record}
            text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
            package.writestr(verify.MANIFEST, text)
        return Draft(stored=_keep(target), manifest_sha256=sha256(text.encode()).hexdigest())


def listed_events(rows: Sequence[Row]) -> list[list[Any]]:
    return [[row.seq, row.hash.hex()] for row in rows]


def write_pack(draft_key: str, rows: Sequence[Row], checkpoint: Checkpoint) -> storage.Stored:
    """The same members always give the same bytes, so the verifier can make the package again and compare."""
    members = _record(rows, checkpoint)
    with storage.open_stored(draft_key) as source, zipfile.ZipFile(source) as draft:
        names = [*draft.namelist(), *members]
        with tempfile.TemporaryFile() as target:
            verify.write_zip(target, names, lambda name: members.get(name) or draft.read(name))
            return _keep(target)


def manifest_of(draft_key: str) -> dict[str, Any]:
    with storage.open_stored(draft_key) as source, zipfile.ZipFile(source) as draft:
        found: dict[str, Any] = json.loads(draft.read(verify.MANIFEST))
    return found


def _record(rows: Sequence[Row], checkpoint: Checkpoint) -> dict[str, bytes]:
    paths = paths_under(checkpoint, rows)
    lines = (
        verify.line_of(
            {
                "seq": row.seq,
                "text": row.text,
                "prev_hash": row.prev_hash.hex(),
                "path": [one.hex() for one in paths[row.seq]],
            }
        )
        for row in rows
    )
    return {
        verify.EVENTS: "".join(lines).encode(),
        verify.CHECKPOINT: Statement.of_row(checkpoint).to_json().encode(),
        verify.PUBLIC_KEY: verify.pem_of(bytes(checkpoint.public_key)).encode(),
    }


def _pages(files: list[dict[str, Any]], case: dict[str, Any], page: dict[str, Any]) -> dict[str, str]:
    context = {"files": files, "case": case, **page}
    return {
        "index.html": render_to_string("offboarding/pack/index.html", context),
        "README.txt": render_to_string("offboarding/pack/readme.txt", context),
        "index.css": (HERE / "index.css").read_text(),
        "verify.py": (HERE / "verify.py").read_text(),
    }


def _put(package: zipfile.ZipFile, nth: int, piece: Piece) -> dict[str, Any]:
    content = piece.read()
    path = f"papers/{nth:03d}.{piece.ending}"
    package.writestr(path, content)
    return _listed(path, content) | {"kind": piece.kind, "title": piece.title, "note": piece.note}


def _put_text(package: zipfile.ZipFile, path: str, text: str) -> dict[str, Any]:
    package.writestr(path, text)
    return _listed(path, text.encode()) | {"kind": "pack", "title": path, "note": ""}


def _listed(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "sha256": sha256(content).hexdigest(), "size": len(content)}


def _keep(target: IO[bytes]) -> storage.Stored:
    return storage.store(target, folder=FOLDER)
