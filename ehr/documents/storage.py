"""Bytes outside the web root. A key says nothing about the content, and no server would guess a type from it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ehr.lib.ids import uuid7

CHUNK = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Stored:
    key: str
    size: int
    sha256: str


def store(content: IO[bytes], *, folder: str) -> Stored:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    name = uuid7().hex
    # The first characters of a UUIDv7 are the time: files of one quarter of a day share a folder.
    key = default_storage.save(f"{folder}/{name[:5]}/{name}", File(content))
    return Stored(key=key, size=size, sha256=digest.hexdigest())


def store_bytes(data: bytes, *, folder: str) -> Stored:
    return store(ContentFile(data), folder=folder)


def open_stored(key: str) -> IO[bytes]:
    return default_storage.open(key, "rb")


def forget(key: str) -> None:
    default_storage.delete(key)


def read_stored(key: str) -> bytes:
    with open_stored(key) as content:
        return content.read()


def chunks(key: str) -> Iterator[bytes]:
    """Opened with the first read and closed with the last: a download nobody fetches holds no file."""
    with open_stored(key) as content:
        while chunk := content.read(CHUNK):
            yield chunk


def size_of(key: str) -> int:
    return default_storage.size(key)
