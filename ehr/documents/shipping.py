"""The texts that come with the product: a file each, `kind.txt` or `kind.variant.txt`. A company edits its own versions;
a release never writes over them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

if TYPE_CHECKING:
    from ehr.documents.models import PaperText

folders: set[Path] = set()
"""Of each app its own."""


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


@transaction.atomic
def keep_up(*, at: datetime) -> int:
    """What a release says anew: in force where the group never touched the text, else offered beside its own."""
    from ehr.documents.models import PaperText

    for folder in folders:
        load(PaperText, folder, at=at)
    followed = [text.follow(body, at=at) for text, body in _newer()]
    return len([text for text in followed if text])


def _newer() -> "Iterator[tuple[PaperText, str]]":
    """Of each text that changed what the product brought last, and what it brings now."""
    from ehr.documents.models import PaperText

    rows = PaperText.objects.select_for_update().filter(entity=None, edited_by=None).order_by("version")
    brought = {(row.kind, row.variant): row for row in rows}
    for text in (text for folder in folders for text in shipped(folder)):
        last = brought.get((text["kind"], text["variant"]))
        if last and last.body != text["body"]:
            yield last, text["body"]
