"""The texts that come with the product: a file each, `kind.txt` or `kind.variant.txt`. A company edits its own versions."""

from datetime import datetime
from pathlib import Path
from typing import Any


def shipped(folder: Path) -> list[dict[str, str]]:
    texts = []
    for path in sorted(folder.glob("*.txt")):
        kind, _dot, variant = path.stem.partition(".")
        texts.append({"kind": kind, "variant": variant, "body": path.read_text()})
    return texts


def load(model: Any, folder: Path, *, at: datetime) -> int:
    """As version 1, where there is no text yet. Safe to run again; takes the model, for migrations have their own."""
    known = set(model.objects.filter(entity=None).values_list("kind", "variant"))
    new = [text for text in shipped(folder) if (text["kind"], text["variant"]) not in known]
    model.objects.bulk_create(model(**text, state="in_force", created_at=at) for text in new)
    return len(new)
