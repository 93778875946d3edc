"""What an editor read, as a short text: it comes back with the change, and a newer one refuses it. Each field has its
own piece of it, so that the later editor is told which have moved."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ehr.documents.digests import sha256_of_text
from ehr.errors import WrongState

PIECE = 8


def version_of(values: dict[str, Any]) -> str:
    return "".join(piece for piece, _item in _pieces(values))


def refuse_older(read: str, now: str) -> None:
    if read != now:
        raise WrongState(_("Somebody changed this while you had it open. Look at what is on file now first."))


def moved(values: dict[str, Any], *, since: str) -> dict[str, Any]:
    """What differs by now from what this version read; all of it where the version says nothing."""
    return {name: value for piece, (name, value) in _pieces(values) if piece not in _cut(since)}


def differing(on_file: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if on_file[name] != value}


def _pieces(values: dict[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """The name is in it, so no two fields have the same piece. Of another row its key counts, not its words."""
    for name, value in sorted(values.items()):
        yield sha256_of_text(f"{name}={getattr(value, 'pk', value)}")[:PIECE], (name, value)


def _cut(version: str) -> set[str]:
    return {version[start : start + PIECE] for start in range(0, len(version), PIECE)}
