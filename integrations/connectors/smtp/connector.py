import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.connectors.deadline import DeadlinePassed
from integrations.connectors.egress import AddressRefused, NameUnknown
from integrations.connectors.protocol import (
    CallbackRejected,
    Change,
    Condition,
    Context,
    Health,
    InboundEvent,
    Preview,
)
from integrations.connectors.smtp.client import Smtp
from integrations.connectors.smtp.manifest import MANIFEST, SEND
from integrations.connectors.smtp.message import compose
from integrations.connectors.wire import distrust
from integrations.rules.outcome import Kind, Outcome, Seen, Verdict
from integrations.rules.planning import CaseSnapshot, EffectSpec, Timing
from integrations.rules.states import Delivery

APPROVED = "offboarding.case.approved"
Failures = (smtplib.SMTPException, AddressRefused, NameUnknown, DeadlinePassed, OSError, ValueError)


class SmtpConnector:
    manifest = MANIFEST

    def delivery(self, action: str, config: Mapping[str, Any]) -> Delivery:
        return Delivery.C

    def can_verify(self, action: str, config: Mapping[str, Any]) -> bool:
        return False

    def health(self, context: Context) -> Health:
        server = Smtp(context)
        try:
            server.open()
            server.quit()
        except Failures as error:
            return Health(condition=Condition.DOWN, reason=_before_data(error).reason)
        finally:
            server.close()
        return Health(condition=Condition.OK)

    def plan(self, trigger: str, case: CaseSnapshot, config: Mapping[str, Any]) -> list[EffectSpec]:
        to = str(config.get("copies_to") or "")
        if not to or trigger != APPROVED:
            return []
        text = f"{case.number}\n{case.employee_number}\n{case.last_working_date or ''}\n"
        payload = {"to": [to], "subject": f"{case.number} {case.employee_number}", "text": text}
        return [EffectSpec(action=SEND, target=to, payload=payload, timing=Timing.AT_ONCE)]

    def dry_run(self, spec: EffectSpec, context: Context) -> Preview:
        return Preview(
            changes=(Change(what="mail", before="", after=", ".join(_masked(to) for to in spec.payload["to"])),)
        )

    def apply(self, spec: EffectSpec, context: Context) -> Outcome:
        server = Smtp(context)
        try:
            message = compose(spec.payload, context)
            server.open()
            refused = server.send_message(message, to_addrs=spec.payload["to"])
        except Failures as error:
            return _unsure(error) if server.reached_data else _before_data(error)
        finally:
            server.close()
        if refused:
            return Outcome(kind=Kind.PARTIAL, reason="some_recipients_refused")
        return Outcome(kind=Kind.DONE, remote_ref=str(message["Message-ID"]))

    def revert(self, spec: EffectSpec, context: Context) -> Outcome:
        return Outcome(kind=Kind.REJECTED, reason="not_revertible")

    def verify(self, spec: EffectSpec, context: Context) -> Verdict:
        return Verdict(seen=Seen.UNKNOWN, reason="not_verifiable")

    def parse_callback(
        self, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, str], *, now: datetime
    ) -> list[InboundEvent]:
        raise CallbackRejected("none_expected")


def _before_data(error: Exception) -> Outcome:
    """Nothing of the message has been taken: the server's code decides between later and never."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Outcome(kind=Kind.AUTH, reason="login_refused", status=error.smtp_code)
    if isinstance(error, AddressRefused):
        return Outcome(kind=Kind.MISCONFIGURED, reason="address_refused")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Outcome(kind=Kind.MISCONFIGURED, reason=distrust(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome(kind=Kind.MISCONFIGURED, reason="encryption")
    if isinstance(error, ssl.SSLError):
        return Outcome(kind=Kind.RETRY, reason="tls_failed")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_code(max(code for code, _ in error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_code(error.smtp_code)
    if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
        return Outcome(kind=Kind.REJECTED, reason="unsendable")
    return Outcome(kind=Kind.RETRY, reason="not_connected")


def _unsure(error: Exception) -> Outcome:
    """An explicit refusal after the content is a verdict; silence is none."""
    if isinstance(error, smtplib.SMTPDataError):
        return _of_code(error.smtp_code)
    return Outcome(kind=Kind.AMBIGUOUS, reason="connection_lost")


def _of_code(code: int) -> Outcome:
    if 400 <= code < 500:
        return Outcome(kind=Kind.RETRY, reason=f"smtp_{code}", status=code)
    return Outcome(kind=Kind.REJECTED, reason=f"smtp_{code}", status=code)


def _masked(address: str) -> str:
    name, _, domain = address.partition("@")
    return f"{name[:1]}••••@{domain}"
