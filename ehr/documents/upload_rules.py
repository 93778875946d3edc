"""What may be attached to a piece of work. The name says nothing: the bytes decide, and both must agree."""

from collections.abc import Mapping

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 20

# extension -> media types its bytes may turn out to be
ALLOWED: Mapping[str, frozenset[str]] = {
    "pdf": frozenset({"application/pdf"}),
    "jpg": frozenset({"image/jpeg"}),
    "jpeg": frozenset({"image/jpeg"}),
    "png": frozenset({"image/png"}),
    "webp": frozenset({"image/webp"}),
    "heic": frozenset({"image/heic", "image/heif"}),
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    "xlsx": frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    "pptx": frozenset({"application/vnd.openxmlformats-officedocument.presentationml.presentation"}),
    "zip": frozenset({"application/zip"}),
    "txt": frozenset({"text/plain"}),
    "csv": frozenset({"text/plain"}),
    "md": frozenset({"text/plain"}),
}


def extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def refusal(*, name: str, size: int, media_type: str, already: int) -> str:
    """The code of what is wrong with this upload, or ''."""
    if already >= MOST_FILES:
        return "too_many_files"
    if size > LARGEST_FILE:
        return "file_too_big"
    if not size:
        return "file_empty"
    if extension(name) not in ALLOWED:
        return "file_kind_unknown"
    return "" if media_type in ALLOWED[extension(name)] else "file_not_what_it_says"
