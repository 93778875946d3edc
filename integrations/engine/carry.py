"""The call itself: no database, no retry, no sleep. Whatever happens comes back as an outcome."""

import logging

from django.conf import settings

from ehr.deadlines.demo_clock import as_shown
from ehr.lib.crashpoint import crashpoint
from integrations.connectors.protocol import Connector, Context
from integrations.engine.claim import Claim
from integrations.engine.filling import filled
from integrations.engine.policy import egress_policy
from integrations.models import Effect
from integrations.rules.outcome import Kind, Outcome, judged
from integrations.rules.states import Mode, after_look

log = logging.getLogger(__name__)


def carry_out(claim: Claim) -> Outcome:
    crashpoint("before_send")
    if claim.call.has_passed:
        return Outcome(kind=Kind.RETRY, reason="woke_up_late")
    try:
        outcome = _call(claim, claim.effect.connection.plug)
    except Exception as error:
        log.warning("a connector raised %s", type(error).__name__, extra={"effect": str(claim.effect.pk)})
        outcome = Outcome(kind=Kind.AMBIGUOUS, reason="connector_error")
    crashpoint("after_answer")
    return outcome


def _call(claim: Claim, plug: Connector) -> Outcome:
    context = context_of(claim)
    if claim.mode is not Mode.SEND:
        known = after_look(plug.verify(claim.spec, context), claim.mode)
        if known is not None:
            return known
    if claim.effect.purpose == Effect.Purpose.REVERT:
        return plug.revert(claim.spec, context)
    spec = filled(claim.spec)
    if spec is None:
        return Outcome(kind=Kind.NOT_NEEDED, reason="superseded")
    outcome = plug.apply(spec, context)
    if outcome.is_success and claim.effect.standing.can_verify:
        return judged(outcome, plug.verify(claim.spec, context))
    return outcome


def context_of(claim: Claim) -> Context:
    effect = claim.effect
    return Context(
        config=effect.connection.config,
        secrets=claim.secrets,
        policy=egress_policy(),
        call=claim.call,
        now=claim.now,
        source=f"{settings.EHR_BASE_URL}/connections/{effect.connection.name}",
        idem_key=effect.idem_key,
        attempt=effect.attempt,
        created_at=as_shown(effect.created_at),
        undo=effect.undo,
    )
