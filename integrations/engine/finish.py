"""Writing down what a call has done. Only the holder of the running attempt may; everybody else came too late."""

import logging
import random
from datetime import datetime

from django.db import transaction

from ehr.lib.crashpoint import crashpoint
from integrations.engine.claim import Claim
from integrations.engine.ending import conclude
from integrations.engine.permit import learn
from integrations.models import Attempt
from integrations.models.clock import ClockTimestamp
from integrations.rules.outcome import Outcome
from integrations.rules.states import after_outcome

log = logging.getLogger(__name__)


def finish(claim: Claim, outcome: Outcome, *, at: datetime) -> bool:
    crashpoint("before_finish")
    effect = claim.effect
    move = after_outcome(effect.standing, outcome, fraction=random.random())  # noqa: S311 - spreads waits, guards nothing
    with transaction.atomic():
        if not effect.obey(move, **_facts(claim, outcome)):
            log.warning("late finisher", extra={"effect": str(effect.pk), "attempt": effect.attempt})
            return False
        Attempt.close(
            effect,
            effect.attempt,
            outcome=outcome.kind,
            reason=outcome.reason[:80],
            status=outcome.status,
            remote_ref=outcome.remote_ref[:200],
            evidence=outcome.evidence[:2000],
        )
        learn(effect.connection, outcome, probing=claim.probing)
        conclude(effect, move, outcome=outcome, at=at)
    return True


def _facts(claim: Claim, outcome: Outcome) -> dict[str, object]:
    facts: dict[str, object] = {"crashes": 0}
    if outcome.remote_ref:
        facts["remote_ref"] = outcome.remote_ref[:200]
    if outcome.undo and not claim.effect.undo.get("groups"):
        facts["undo"] = outcome.undo
    if outcome.is_success and claim.effect.standing.can_verify:
        facts["verified_at"] = ClockTimestamp()
    return facts
