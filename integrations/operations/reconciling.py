"""Does every system still show what it showed when the effect was verified? Found differences are reopened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from integrations import events
from integrations.connectors.deadline import Deadline
from integrations.connectors.http import close_idle
from integrations.connectors.protocol import Context
from integrations.engine.ending import tell_record
from integrations.engine.policy import egress_policy
from integrations.engine.tracks import progress
from integrations.models import Effect
from integrations.models.clock import ClockTimestamp
from integrations.models.effect import EffectQuerySet
from integrations.operations.doorbell import ring_on_commit
from integrations.rules.outcome import Seen, Verdict
from integrations.rules.states import GOING, State


@dataclass(frozen=True)
class Finding:
    effect: Effect
    verdict: Verdict

    @property
    def is_drift(self) -> bool:
        return self.verdict.seen in (Seen.NOT_APPLIED, Seen.PARTIAL)


def reconcile(*, connection_name: str = "", at: datetime) -> Iterator[Finding]:
    for effect in _verified(connection_name).iterator(chunk_size=100):
        verdict = effect.connection.plug.verify(effect.as_spec, _context(effect, at))
        finding = Finding(effect, verdict)
        if finding.is_drift:
            _reopen(effect, verdict, at=at)
        yield finding
    close_idle()


def _verified(connection_name: str) -> EffectQuerySet:
    rows = Effect.objects.filter(state=State.DONE, verified_at__isnull=False, case__state__in=GOING)
    rows = rows.filter(connection__enabled=True, purpose=Effect.Purpose.APPLY)
    if connection_name:
        rows = rows.filter(connection__name=connection_name)
    return rows.select_related("connection__unit", "connection__data_key", "case", "data_key").order_by("id")


@transaction.atomic
def _reopen(effect: Effect, verdict: Verdict, *, at: datetime) -> None:
    reopened = Effect.objects.filter(pk=effect.pk, state=State.DONE).update(
        state=State.PENDING,
        tries=0,
        crashes=0,
        reason="drift",
        verified_at=None,
        finished_at=None,
        scheduled_at=at,
        next_at=ClockTimestamp(),
        changed_at=ClockTimestamp(),
    )
    if not reopened:
        return
    effect.state = State.PENDING
    tell_record(effect, events.EffectDrifted, reason=verdict.seen, at=at)
    if effect.track and effect.case and effect.case.state == "approved":
        progress(effect, "in_progress", at=at)
    ring_on_commit()


def _context(effect: Effect, at: datetime) -> Context:
    connection = effect.connection
    return Context(
        config=connection.config,
        secrets=connection.secrets or {},
        policy=egress_policy(),
        call=Deadline(connection.deadline_seconds),
        now=at,
        idem_key=effect.idem_key,
    )
