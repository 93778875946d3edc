"""An uploaded file on its way in: looked at, refused or kept. The one way in for everything people attach."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext_lazy

from ehr.documents import storage
from ehr.documents.sniffing import media_type_of
from ehr.documents.upload_rules import LARGEST_FILE, MOST_FILES, refusal
from ehr.errors import Refused

__all__ = ["MOST_FILES", "Kept", "keep"]

PROBLEMS = {
    "too_many_files": gettext_lazy("At most 20 files can be added here."),
    "file_too_big": gettext_lazy("A file may have at most 20 MB."),
    "file_empty": gettext_lazy("This file is empty."),
    "file_kind_unknown": gettext_lazy("Photos, PDF, Office, text and ZIP files can be added."),
    "file_not_what_it_says": gettext_lazy("The content of this file is not what its name says."),
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    name: str
    media_type: str
    size: int
    sha256: str
    file_key: str


def keep(content: IO[bytes], *, name: str, size: int, already: int, folder: str) -> Kept:
    media_type = media_type_of(content) if size <= LARGEST_FILE else ""  # too big to be taken is too big to be read
    code = refusal(name=name, size=size, media_type=media_type, already=already)
    if code:
        raise Refused(code, str(PROBLEMS[code]), field="file")
    stored = storage.store(content, folder=folder)
    return Kept(
        name=clean_name(name),
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        file_key=stored.key,
    )


def clean_name(name: str) -> str:
    """The last part of the name without control or direction signs, at most 200 long, its ending kept."""
    visible = "".join(
        sign for sign in PurePosixPath(name.replace("\\", "/")).name if unicodedata.category(sign)[0] != "C"
    )
    stem, dot, ending = visible.rpartition(".")
    return f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot else visible[:190] or "file"
