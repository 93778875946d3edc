"""Work in hand goes to somebody else: who had it before stays in its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ..models import Objective, Project, Task

if TYPE_CHECKING:
    from ehr.identity.models import User

KINDS: dict[str, Any] = {model._meta.label_lower: model for model in (Project, Objective, Task)}


@transaction.atomic
def pass_work(ref: str, *, before: Any, to: Any, by: User | None, at: datetime) -> bool:
    """False when it is done, or `before` does not have it any more. `ref`: 'performance.task:<id>'."""
    label, _colon, pk = ref.rpartition(":")
    row = KINDS[label].objects.open().select_for_update(of=("self",)).filter(pk=pk, employment=before).first()
    if row is None:
        return False
    row.pass_to(to, by=by, at=at)
    return True
