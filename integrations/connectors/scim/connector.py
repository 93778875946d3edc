from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.connectors.http import Reply, Trouble, outcome_of
from integrations.connectors.protocol import (
    CallbackRejected,
    Change,
    Condition,
    Context,
    Health,
    InboundEvent,
    Preview,
)
from integrations.connectors.scim import client
from integrations.connectors.scim.client import Account, Answered
from integrations.connectors.scim.manifest import DISABLE, MANIFEST
from integrations.rules import classify
from integrations.rules.outcome import Kind, Outcome, Seen, Verdict
from integrations.rules.planning import CaseSnapshot, EffectSpec, Timing
from integrations.rules.states import Delivery

APPROVED = "offboarding.case.approved"


class ScimConnector:
    manifest = MANIFEST

    def delivery(self, action: str, config: Mapping[str, Any]) -> Delivery:
        return Delivery.A

    def can_verify(self, action: str, config: Mapping[str, Any]) -> bool:
        return True

    def health(self, context: Context) -> Health:
        try:
            reply = client.service_config(context)
        except Trouble as trouble:
            return Health(condition=Condition.DOWN, reason=str(trouble))
        return _health(reply)

    def plan(self, trigger: str, case: CaseSnapshot, config: Mapping[str, Any]) -> list[EffectSpec]:
        if trigger != APPROVED:
            return []
        payload = {"external_id": case.employee_number, "user_name": case.login}
        timing = Timing(config.get("when", Timing.LAST_DAY))
        return [
            EffectSpec(action=DISABLE, target=case.employee_number, payload=payload, timing=timing, track="accounts")
        ]

    def dry_run(self, spec: EffectSpec, context: Context) -> Preview:
        try:
            accounts = _find(spec, context)
            groups = client.groups_of(context, accounts[0].id) if accounts else []
        except (*Trouble, Answered) as error:
            return Preview(impossible=str(error))
        if len(accounts) != 1:
            return Preview(impossible="account_missing" if not accounts else "several_accounts")
        active = Change(what="active", before=str(accounts[0].is_active).lower(), after="false")
        return Preview(changes=(active, Change(what="groups", before=str(len(groups)), after="0")))

    def apply(self, spec: EffectSpec, context: Context) -> Outcome:
        return _told(lambda: _disable(spec, context), context)

    def revert(self, spec: EffectSpec, context: Context) -> Outcome:
        return _told(lambda: _enable(spec, context), context)

    def verify(self, spec: EffectSpec, context: Context) -> Verdict:
        try:
            accounts = _find(spec, context)
            if len(accounts) != 1:
                return Verdict(seen=Seen.UNKNOWN, reason="account_missing" if not accounts else "several_accounts")
            groups = client.groups_of(context, accounts[0].id)
        except (*Trouble, Answered) as error:
            return Verdict(seen=Seen.UNKNOWN, reason=str(error))
        return _verdict(accounts[0], len(groups))

    def parse_callback(
        self, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, str], *, now: datetime
    ) -> list[InboundEvent]:
        raise CallbackRejected("none_expected")


def _find(spec: EffectSpec, context: Context) -> list[Account]:
    return client.find(context, employee_number=spec.payload["external_id"], login=spec.payload["user_name"])


def _verdict(account: Account, groups: int) -> Verdict:
    observed = f"active={str(account.is_active).lower()} groups={groups}"
    remaining = Seen.PARTIAL if groups else Seen.APPLIED
    seen = Seen.NOT_APPLIED if account.is_active else remaining
    return Verdict(seen=seen, remote_ref=account.id, observed=observed)


def _disable(spec: EffectSpec, context: Context) -> Outcome:
    accounts = _find(spec, context)
    if len(accounts) != 1:
        return _no_single(accounts, context)
    account = accounts[0]
    if account.is_active:
        _must(client.set_active(context, account, value=False))
    groups = [group["id"] for group in client.groups_of(context, account.id)]
    for group in groups:
        _must(client.leave_group(context, group, account.id))
    kind = Kind.DONE if account.is_active or groups else Kind.ALREADY_APPLIED
    return Outcome(kind=kind, remote_ref=account.id, undo={"groups": groups, "was_active": account.is_active})


def _enable(spec: EffectSpec, context: Context) -> Outcome:
    accounts = _find(spec, context)
    if len(accounts) != 1:
        return _no_single(accounts, context)
    account = accounts[0]
    if not account.is_active:
        _must(client.set_active(context, account, value=True))
    for group in context.undo.get("groups", ()):
        _must(client.join_group(context, str(group), account.id))
    return Outcome(kind=Kind.DONE, remote_ref=account.id)


def _no_single(accounts: list[Account], context: Context) -> Outcome:
    if accounts:
        return Outcome(kind=Kind.REJECTED, reason="several_accounts")
    if context.config.get("missing_account") == "not_needed":
        return Outcome(kind=Kind.NOT_NEEDED, reason="account_missing")
    return Outcome(kind=Kind.REJECTED, reason="account_missing")


def _must(reply: Reply) -> None:
    if reply.status not in (200, 204):
        raise Answered(reply)


def _told(work: Any, context: Context) -> Outcome:
    try:
        outcome: Outcome = work()
    except Trouble as trouble:
        return outcome_of(trouble)
    except Answered as answered:
        return _of_answer(answered.reply, context)
    return outcome


def _of_answer(reply: Reply, context: Context) -> Outcome:
    """412: somebody changed the account between our read and our write; read again and decide anew."""
    if reply.status == 412:
        return Outcome(kind=Kind.RETRY, reason="changed_meanwhile", status=412)
    decided = classify.of_status(reply.status, reply.headers, now=context.now)
    return decided or Outcome(kind=Kind.AMBIGUOUS, reason="no_verdict", status=reply.status)


def _health(reply: Reply) -> Health:
    if reply.status in (401, 403):
        return Health(condition=Condition.DOWN, reason="token_refused")
    answer = reply.json() if reply.status == 200 else None
    if answer is None:
        return Health(condition=Condition.DOWN, reason=f"http_{reply.status}")
    missing = [name for name in ("patch", "filter") if not (answer.get(name) or {}).get("supported")]
    if missing:
        return Health(condition=Condition.DEGRADED, reason="unsupported_" + "_".join(missing))
    return Health(condition=Condition.OK)
