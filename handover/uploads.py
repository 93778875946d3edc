"""An uploaded file on its way in."""

import unicodedata
from pathlib import PurePosixPath
from typing import IO

from ehr.documents.sniffing import media_type_of
from handover.rules.files import LARGEST_FILE


def sniff(content: IO[bytes], *, size: int) -> str:
    """Too big to be taken is too big to be read."""
    return media_type_of(content) if size <= LARGEST_FILE else ""


def clean_name(name: str) -> str:
    """The last part of the name without control or direction signs, at most 200 long, its ending kept."""
    visible = "".join(
        sign for sign in PurePosixPath(name.replace("\\", "/")).name if unicodedata.category(sign)[0] != "C"
    )
    stem, dot, ending = visible.rpartition(".")
    return f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot else visible[:190] or "file"
