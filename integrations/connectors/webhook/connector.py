import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.connectors.http import Trouble, outcome_of
from integrations.connectors.protocol import (
    CallbackRejected,
    Change,
    Condition,
    Context,
    Health,
    InboundEvent,
    Preview,
)
from integrations.connectors.webhook import client
from integrations.connectors.webhook.manifest import ANNOUNCE, MANIFEST, PAY, REMOVE_ACCESS
from integrations.connectors.webhook.signature import check
from integrations.rules import classify
from integrations.rules.outcome import Kind, Outcome, Seen, Verdict
from integrations.rules.planning import CaseSnapshot, EffectSpec, Timing
from integrations.rules.states import Delivery

DELIVERIES = {"honours_id": Delivery.A, "look_up": Delivery.B, "neither": Delivery.C}
MASKED = ("employee_number", "successor_number", "login", "to")
APPROVED = "offboarding.case.approved"
SETTLED = {
    "offboarding.case.settlement_confirmed": "ehr.settlement.confirmed",
    "offboarding.case.settlement_due": "ehr.settlement.due",
}
NEWS = (APPROVED, "offboarding.case.dates_changed", "offboarding.case.withdrawn", "offboarding.case.closed")


class WebhookConnector:
    manifest = MANIFEST

    def delivery(self, action: str, config: Mapping[str, Any]) -> Delivery:
        return DELIVERIES[config.get("receiver", "honours_id")]

    def can_verify(self, action: str, config: Mapping[str, Any]) -> bool:
        return config.get("receiver") == "look_up"

    def health(self, context: Context) -> Health:
        """A look-up of a key that nobody has: any answer proves name, address, certificate and server."""
        try:
            reply = client.look_up(context, key="health")
        except Trouble as trouble:
            return Health(condition=Condition.DOWN, reason=str(trouble))
        if reply.status in (401, 403):
            return Health(condition=Condition.DEGRADED, reason="signature_refused")
        return Health(condition=Condition.OK if reply.status < 500 else Condition.DOWN, reason=f"http_{reply.status}")

    def plan(self, trigger: str, case: CaseSnapshot, config: Mapping[str, Any]) -> list[EffectSpec]:
        sends = config.get("sends", ())
        specs = []
        if ANNOUNCE in sends and trigger in NEWS:
            specs.append(_spec(ANNOUNCE, trigger, case, config, Timing.AT_ONCE))
        if REMOVE_ACCESS in sends and trigger == APPROVED:
            specs.append(_spec(REMOVE_ACCESS, "ehr.access.removal_due", case, config, Timing.LAST_DAY))
        if PAY in sends and trigger in SETTLED:
            specs.append(_settlement(SETTLED[trigger], case))
        return specs

    def dry_run(self, spec: EffectSpec, context: Context) -> Preview:
        facts = spec.payload["data"]
        return Preview(
            changes=tuple(Change(what=key, before="", after=_masked(key, value)) for key, value in facts.items())
        )

    def apply(self, spec: EffectSpec, context: Context) -> Outcome:
        return self._send(spec, context, key=context.idem_key)

    def revert(self, spec: EffectSpec, context: Context) -> Outcome:
        back = EffectSpec(
            action=spec.action,
            target=spec.target,
            payload={"type": "ehr.access.restored", "data": spec.payload["data"]},
        )
        return self._send(back, context, key=context.idem_key)

    def _send(self, spec: EffectSpec, context: Context, *, key: str) -> Outcome:
        try:
            reply = client.post(spec, context, key=key)
        except Trouble as trouble:
            return outcome_of(trouble)
        decided = classify.of_status(reply.status, reply.headers, now=context.now)
        if decided is not None:
            return decided
        answer = reply.json()
        if client.is_applied(answer) is not True:
            return Outcome(kind=Kind.AMBIGUOUS, reason="no_verdict", status=reply.status)
        return Outcome(kind=Kind.DONE, status=reply.status, remote_ref=_ref(answer))

    def verify(self, spec: EffectSpec, context: Context) -> Verdict:
        try:
            reply = client.look_up(context, key=context.idem_key)
        except Trouble as trouble:
            return Verdict(seen=Seen.UNKNOWN, reason=str(trouble))
        answer = reply.json() if reply.status == 200 else None
        applied = client.is_applied(answer)
        if applied is None:
            return Verdict(seen=Seen.UNKNOWN, reason=f"http_{reply.status}")
        return Verdict(seen=Seen.APPLIED if applied else Seen.NOT_APPLIED, remote_ref=_ref(answer))

    def parse_callback(
        self, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, str], *, now: datetime
    ) -> list[InboundEvent]:
        event_id = check(headers, body, (secrets.get("secret", ""), secrets.get("previous_secret", "")), now=now)
        try:
            data = json.loads(body)["data"]
            return [
                InboundEvent(
                    event_id=event_id, effect_key=str(data["effect"]), status=str(data["status"]), remote_ref=_ref(data)
                )
            ]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CallbackRejected("body") from error


def _spec(action: str, kind: str, case: CaseSnapshot, config: Mapping[str, Any], timing: Timing) -> EffectSpec:
    return EffectSpec(
        action=action,
        target=case.employee_number,
        payload={"type": kind, "data": case.facts()},
        timing=timing,
        track=config.get("track", "business_systems") if action == REMOVE_ACCESS else "",
    )


def _settlement(kind: str, case: CaseSnapshot) -> EffectSpec:
    """Which settlement; its amounts are read at the moment of sending and stand in no effect."""
    return EffectSpec(
        action=PAY,
        target=case.employee_number,
        payload={"type": kind, "data": case.facts(), "reads": "settlement"},
        timing=Timing.AT_ONCE,
    )


def _ref(answer: Mapping[str, Any] | None) -> str:
    return str((answer or {}).get("ref", ""))[:200]


def _masked(key: str, value: str) -> str:
    return value[:2] + "••••" + value[-2:] if key in MASKED else value
