"""The paper a figure was taken from, kept beside it."""

from dataclasses import asdict
from datetime import datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.shortcuts import get_object_or_404

from ehr import record
from ehr.documents import uploads

from .. import events
from ..models import ReferenceFile, ReferenceRow

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def add_source(
    *, row: ReferenceRow, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> ReferenceFile:
    """At any time: the figure itself stays as it is. A draft may have been thrown away meanwhile."""
    get_object_or_404(ReferenceRow.objects.select_for_update(of=("self",)), pk=row.pk)
    kept = uploads.keep(content, name=name, size=size, already=row.files.count(), folder="reference")
    file = ReferenceFile.objects.create(row=row, **asdict(kept), uploaded_by=by, uploaded_at=at)
    fact = events.ReferenceSourced(
        key=row.key, table=row.table, effective_from=str(row.effective_from), sha256=file.sha256, size=file.size
    )
    record.emit(fact, subject=row, by=by, at=at)
    return file
