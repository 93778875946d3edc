"""An import's next steps, done by the worker. Asking twice, or two workers at once, does them once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from ehr import clock, record
from ehr.alone import alone
from ehr.errors import WrongState

from ..models import ImportRun, ImportState
from . import uploads
from .heads import head_of
from .limits import ImportRefused
from .running import Importing
from .sources import Source, open_source

log = logging.getLogger(__name__)
TASK = "employees.tasks.advance_imports"


def receive(
    *,
    upload: Any,
    by: Any,
    at: datetime,
    mapping: dict[str, str] | None = None,
    by_api: bool = False,
    goes_on: bool = False,
) -> ImportRun:
    """Takes the file in; everything else happens in the worker."""
    run = ImportRun(
        filename=str(upload.name)[:200],
        created_by=by,
        created_at=at,
        changed_at=at,
        mapping=mapping or {},
        by_api=by_api,
        goes_on=goes_on,
    )
    run.size = uploads.keep(run.pk, upload)
    run.save()
    ring()
    return run


def ring() -> None:
    transaction.on_commit(lambda: record.nudge(TASK))


def advance_all() -> None:
    for pk in ImportRun.objects.waiting().order_by("created_at").values_list("pk", flat=True):
        advance(pk)


def advance(pk: UUID) -> None:
    """Until somebody has to decide. The lock is the connection's: it goes with a worker that is killed."""
    with alone(pk.int & 0x7FFF_FFFF_FFFF_FFFF) as mine:
        while mine and (run := ImportRun.objects.get(pk=pk)).is_working:
            _step(run)


def _step(run: ImportRun) -> None:
    try:
        STEPS[ImportState(run.state)](run, _source(run))
    except ImportRefused as refusal:
        _give_up(run, refusal.code)
    except (DatabaseError, WrongState):
        raise
    except Exception:
        log.exception("import %s can't be read", run.pk)
        _give_up(run, "unreadable")


def _source(run: ImportRun) -> Source:
    path = uploads.path_of(run.pk)
    if not path.is_file():
        raise ImportRefused("file_gone")
    return open_source(path)


def _read(run: ImportRun, source: Source) -> None:
    ImportRun.objects.filter(pk=run.pk).update(sha256=source.sha256)
    run.read(head=head_of(source, last_mapping()), at=clock.now())
    if run.by_api:
        run.map_columns(mapping=run.head["proposed"] | run.mapping, by=run.created_by, at=clock.now())


def _check(run: ImportRun, source: Source) -> None:
    job = Importing(source, run.mapping, at=clock.now(), dry_run=True, progress=run.progress)
    run.checked(report=job.run(), at=clock.now())
    if run.goes_on:
        run.start_writing(by=run.created_by, at=clock.now())


def _apply(run: ImportRun, source: Source) -> None:
    job = Importing(
        source, run.mapping, at=clock.now(), by=run.created_by, import_id=str(run.pk), progress=run.progress
    )
    run.finish(report=job.run(), at=clock.now())
    uploads.drop(run.pk)


STEPS = {ImportState.UPLOADED: _read, ImportState.CHECKING: _check, ImportState.APPLYING: _apply}


def _give_up(run: ImportRun, code: str) -> None:
    run.fail(error=code, at=clock.now())
    uploads.drop(run.pk)


def last_mapping() -> dict[str, str]:
    """How the last file that got in was mapped."""
    done = ImportRun.objects.filter(state=ImportState.DONE).order_by("-created_at")
    return done.values_list("mapping", flat=True).first() or {}


def drop_forgotten(*, at: datetime) -> None:
    """Files nobody came back to: their rows hold ID numbers, so they don't wait for ever."""
    open_states = (ImportState.MAPPING, ImportState.CHECKED)
    for run in ImportRun.objects.filter(state__in=open_states, changed_at__lt=at - uploads.KEEP):
        run.forget(at=at)
        uploads.drop(run.pk)
