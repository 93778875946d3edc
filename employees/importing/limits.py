"""What an import takes, checked before anything is read as a whole."""

from pathlib import Path

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 200_000
CHUNK = 2_000
"""Rows of one transaction: a crash leaves whole chunks, and a second run completes the rest."""


class ImportRefused(Exception):
    """Nothing of the file can be read; `code` is a key of the catalogue of reasons."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refuse_too_big(size: int) -> None:
    if size > MAX_BYTES:
        raise ImportRefused("file_too_big")
    if size == 0:
        raise ImportRefused("file_empty")


def open_checked(path: Path) -> Path:
    if not path.is_file():
        raise ImportRefused("file_missing")
    refuse_too_big(path.stat().st_size)
    return path
