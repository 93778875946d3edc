"""An uploaded file on its way in."""

import unicodedata
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from ehr.documents import storage
from ehr.documents.sniffing import media_type_of
from ehr.errors import Refused
from handover import words
from handover.rules.files import LARGEST_FILE, refusal

if TYPE_CHECKING:
    from ehr.identity.models import User


def sniff(content: IO[bytes], *, size: int) -> str:
    """Too big to be taken is too big to be read."""
    return media_type_of(content) if size <= LARGEST_FILE else ""


def keep(content: IO[bytes], *, name: str, size: int, already: int, by: "User", at: datetime) -> dict[str, Any]:
    """The columns of a stored file, or a refusal that leaves nothing behind."""
    media_type = sniff(content, size=size)
    code = refusal(name=name, size=size, media_type=media_type, already=already)
    if code:
        raise Refused(code, words.of_file_problem(code), field="file")
    stored = storage.store(content, folder="handover")
    return {
        "name": clean_name(name),
        "media_type": media_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "file_key": stored.key,
        "uploaded_by": by,
        "uploaded_at": at,
    }


def clean_name(name: str) -> str:
    """The last part of the name without control or direction signs, at most 200 long, its ending kept."""
    visible = "".join(
        sign for sign in PurePosixPath(name.replace("\\", "/")).name if unicodedata.category(sign)[0] != "C"
    )
    stem, dot, ending = visible.rpartition(".")
    return f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot else visible[:190] or "file"
