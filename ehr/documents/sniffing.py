"""What a file is by its bytes. The name and the browser's word count for nothing."""

import re
import zipfile
import zlib
from typing import IO

HEAD = 4096
UNKNOWN = ""
MOST_DIRECTORY = 1024**2
"""Bytes of a zip's table of contents, about ten thousand names: whoever sends more wants memory, not to send files."""
_ACTIVE = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
REMOTE_TEMPLATE = "word/_rels/settings.xml.rels"
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def media_type_of(content: IO[bytes]) -> str:
    """The media type, or '' for what is unknown, active, or two things at once."""
    content.seek(0)
    head = content.read(HEAD)
    is_zip = zipfile.is_zipfile(content)
    content.seek(0)
    if not head or _ACTIVE.search(head):
        return UNKNOWN
    if is_zip:
        return _inside_zip(content) if head.startswith(b"PK") else UNKNOWN
    return _by_magic(head) or _as_text(content)


def _by_magic(head: bytes) -> str:
    import puremagic

    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return UNKNOWN
    at_start = [
        match.mime_type
        for match in found
        if match.mime_type in _SIGNATURES and head.startswith(_SIGNATURES[match.mime_type])
    ]
    return at_start[0] if at_start else UNKNOWN


_SIGNATURES = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


def _inside_zip(content: IO[bytes]) -> str:
    """Office files are zips with known folders; macros, or a template fetched from elsewhere, make them something else."""
    if not _has_a_short_directory(content):
        return UNKNOWN
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if REMOTE_TEMPLATE in names and _is_fetched(archive):
                return UNKNOWN
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError):
        return UNKNOWN
    finally:
        content.seek(0)
    if any(name.endswith("vbaProject.bin") for name in names):
        return UNKNOWN
    if "[Content_Types].xml" not in names:
        return "application/zip"
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), UNKNOWN)


def _has_a_short_directory(content: IO[bytes]) -> bool:
    """By what the end of the file says, before anything is read; a directory of zip64 is never short."""
    length = content.seek(0, 2)
    content.seek(max(length - 0xFFFF - 42, 0))
    tail = content.read()
    end = tail.rfind(b"PK\x05\x06")
    is_zip64 = tail[max(end - 20, 0) : end].startswith(b"PK\x06\x07")
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    return 0 <= end <= len(tail) - 22 and not is_zip64 and size <= MOST_DIRECTORY


def _is_fetched(archive: zipfile.ZipFile) -> bool:
    with archive.open(REMOTE_TEMPLATE) as links:
        said = links.read(64 * 1024)
    return b"attachedTemplate" in said and b"External" in said


def _as_text(content: IO[bytes]) -> str:
    content.seek(0)
    data = content.read()
    content.seek(0)
    if b"\x00" in data or _ACTIVE.search(data):
        return UNKNOWN
    return "text/plain" if _decodes(data, "utf-8") or _decodes(data, "gb18030") else UNKNOWN


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t\ufeff\u3000" for sign in text)
