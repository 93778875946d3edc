"""Writing down what a call has done. Only the holder of the running attempt may; everybody else came too late."""

import logging
import random
from datetime import datetime
from typing import Any

from django.db import transaction

from ehr.lib.crashpoint import crashpoint
from integrations.engine.claim import Claim
from integrations.engine.ending import conclude
from integrations.engine.permit import learn
from integrations.models.effect import Ending
from integrations.rules.outcome import Outcome
from integrations.rules.states import after_outcome

log = logging.getLogger(__name__)


def finish(claim: Claim, outcome: Outcome, *, at: datetime) -> bool:
    crashpoint("before_finish")
    effect = claim.effect
    move = after_outcome(effect.standing, outcome, fraction=random.random())  # noqa: S311 - spreads waits, guards nothing
    with transaction.atomic():
        if not effect.obey(move, _ending(outcome), **_facts(claim, outcome)):
            log.warning("late finisher", extra={"effect": str(effect.pk), "attempt": effect.attempt})
            return False
        learn(effect.connection, outcome, probing=claim.probing)
        conclude(effect, move, outcome=outcome, at=at)
    return True


def _ending(outcome: Outcome) -> Ending:
    return Ending(outcome.kind.value, outcome.reason, outcome.status, outcome.remote_ref, outcome.evidence)


def _facts(claim: Claim, outcome: Outcome) -> dict[str, Any]:
    first_undo = outcome.undo and not claim.effect.undo.get("groups")
    return {
        "undo": outcome.undo if first_undo else None,
        "verified": outcome.is_success and claim.effect.standing.can_verify,
    }
