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
    """What a release says anew, to the group and to each company with a text of its own: in force where that was never touched,
    else offered beside it."""
    from ehr.documents.models import PaperText

    for folder in folders:
        load(PaperText, folder, at=at)
    followed = [current.follow(body, before=before, at=at) for current, before, body in _newer()]
    return len([text for text in followed if text])


def _newer() -> "Iterator[tuple[PaperText, str, str]]":
    """Of each text in force that was told something else last: that, and what the product says now."""
    from ehr.documents.models import PaperText

    rows: dict[tuple[str, str], list[PaperText]] = {}
    for row in PaperText.objects.select_for_update(of=("self",)).select_related("entity").order_by("version"):
        rows.setdefault((row.kind, row.variant), []).append(row)
    for text in (text for folder in folders for text in shipped(folder)):
        same = rows.get((text["kind"], text["variant"]), [])
        for current in (row for row in same if row.state == PaperText.State.IN_FORCE):
            before = _told_last(same, current)
            if before is not None and before != text["body"]:
                yield current, before, text["body"]


def _told_last(same: "list[PaperText]", current: "PaperText") -> str | None:
    """A company that was never told anything knows what the product said when it began a text of its own."""
    own = [row for row in same if row.entity_id == current.entity_id]
    if told := [row for row in own if row.edited_by_id is None]:
        return told[-1].body
    of_group = [row for row in same if row.edited_by_id is None and row.entity_id is None]
    began = min(row.created_at for row in own)
    known = of_group[:1] + [row for row in of_group[1:] if row.created_at <= began]
    return known[-1].body if known else None
