"""Questions to other systems that a page has asked: tests and dry runs, answered by a worker."""

import time
from datetime import datetime
from typing import Any

from django.db import transaction

from integrations.connectors.deadline import Deadline
from integrations.connectors.http import close_idle
from integrations.connectors.protocol import Context, Preview
from integrations.engine.policy import egress_policy
from integrations.models import Connection, Probe
from integrations.operations.doorbell import ring_on_commit
from integrations.operations.planning import snapshot_of
from offboarding.models import Case

LONGEST = 5.0
APPROVED = "offboarding.case.approved"


@transaction.atomic
def ask(connection: Connection, *, kind: str, case: Case | None = None, by: Any, at: datetime) -> Probe:
    """A dry run asks about a person; a test of the way there names nobody."""
    if kind == Probe.Kind.DRY_RUN:
        connection.refuse_without_basis()
    probe = Probe.objects.create(connection=connection, kind=kind, case=case, asked_by=by, asked_at=at)
    ring_on_commit()
    return probe


def answer_all(*, at: datetime) -> int:
    answered = 0
    while probe := _take(at):
        probe.answer(_ANSWERS[Probe.Kind(probe.kind)](probe, at), at=at)
        answered += 1
    close_idle()
    return answered


def check_health(connection: Connection, *, at: datetime) -> dict[str, Any]:
    started = time.monotonic()
    health = connection.plug.health(_context(connection, at))
    milliseconds = int((time.monotonic() - started) * 1000)
    connection.note_health(condition=health.condition, reason=health.reason, milliseconds=milliseconds, at=at)
    return {"condition": health.condition, "reason": health.reason, "ms": milliseconds}


def _take(at: datetime) -> Probe | None:
    with transaction.atomic():
        waiting = Probe.objects.filter(taken_at=None).select_for_update(skip_locked=True, of=("self",)).order_by("id")
        probe = waiting.select_related("connection__data_key", "connection__unit", "case").first()
        if probe is not None:
            Probe.objects.filter(pk=probe.pk).update(taken_at=at)
    return probe


def _health(probe: Probe, at: datetime) -> dict[str, Any]:
    return check_health(probe.connection, at=at)


def _dry_run(probe: Probe, at: datetime) -> dict[str, Any]:
    assert probe.case is not None
    connection = probe.connection
    specs = connection.plug.plan(APPROVED, snapshot_of(probe.case), connection.config)
    previews = [(spec, connection.plug.dry_run(spec, _context(connection, at))) for spec in specs]
    return {"actions": [_shown(spec.action, preview) for spec, preview in previews]}


def _shown(action: str, preview: Preview) -> dict[str, Any]:
    changes = [
        {"what": c.what, "before": c.before, "after": c.after, "is_change": c.is_change} for c in preview.changes
    ]
    return {"action": action, "changes": changes, "impossible": preview.impossible}


def _context(connection: Connection, at: datetime) -> Context:
    return Context(
        config=connection.config,
        secrets=connection.secrets or {},
        policy=egress_policy(),
        call=Deadline(min(LONGEST, connection.deadline_seconds)),
        now=at,
        idem_key="probe",
    )


_ANSWERS = {Probe.Kind.HEALTH: _health, Probe.Kind.DRY_RUN: _dry_run}


def check_everything(*, at: datetime) -> None:
    for connection in Connection.objects.filter(enabled=True).select_related("data_key", "unit"):
        check_health(connection, at=at)
    close_idle()
