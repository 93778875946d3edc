"""Where an uploaded file waits: readable by the product's own user only, and gone when its import is over."""

import contextlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

KEEP = timedelta(hours=24)


def path_of(import_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / f"{import_id}.upload"


def keep(import_id: UUID, upload: Any) -> int:
    path = path_of(import_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in upload.chunks():
            file.write(piece)
    return path.stat().st_size


def drop(import_id: UUID) -> None:
    with contextlib.suppress(FileNotFoundError):
        path_of(import_id).unlink()
