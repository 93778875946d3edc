"""Accounts for many: asked for at once, opened by the worker a few hundred at a time, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from ehr import clock, record

from ..models import AccountRun
from . import standing
from .opening import open_accounts

if TYPE_CHECKING:
    from ..models import EmploymentQuerySet

TASK = "employees.tasks.open_accounts"
BATCH = 200


@transaction.atomic
def ask_for(chosen: Iterable[UUID] = (), *, with_letters: bool = True, by: Any, at: datetime) -> AccountRun:
    """For these employments, or for everybody `by` may open an account for. `by` None is whoever runs the server."""
    run = AccountRun(
        chosen=[str(pk) for pk in chosen], with_letters=with_letters, created_by=by, created_at=at, total=0
    )
    run.total = _wanting(run).count()
    run.save()
    transaction.on_commit(lambda: record.nudge(TASK))
    return run


def _wanting(run: AccountRun) -> EmploymentQuerySet:
    """Who still has none, of those the asker may open one for today."""
    rows = standing.wanting(run.created_by)
    return rows.filter(pk__in=run.chosen) if run.chosen else rows


def advance_all() -> None:
    for pk in AccountRun.objects.waiting().order_by("created_at").values_list("pk", flat=True):
        while _advance(pk):
            pass


@transaction.atomic
def _advance(pk: UUID) -> bool:
    """One batch. The row's lock makes a second worker wait; it then goes on behind this batch."""
    run = AccountRun.objects.select_for_update(of=["self"]).select_related("created_by").get(pk=pk)
    if not run.is_working:
        return False
    rows = _wanting(run).select_related("person").order_by("pk")
    batch = list((rows.filter(pk__gt=run.position) if run.position else rows)[:BATCH])
    if not batch:
        run.finish(at=clock.now())
        return False
    done = open_accounts(batch, with_letters=run.with_letters, by=run.created_by, at=clock.now())
    run.step(position=batch[-1].pk, opened=len(done.opened), letters=done.letters, taken=done.taken)
    return True
