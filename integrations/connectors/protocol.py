"""What a connector is: an object without state, whose every word about another system is one of these values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from integrations.connectors.deadline import Deadline
from integrations.connectors.egress import Policy
from integrations.connectors.http import Http
from integrations.rules.outcome import Outcome, Verdict
from integrations.rules.planning import CaseSnapshot, EffectSpec
from integrations.rules.states import Delivery


class FieldKind(StrEnum):
    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    SECRET = "secret"  # noqa: S105 - the name of a kind of field


@dataclass(frozen=True, kw_only=True)
class ConfigField:
    name: str
    label: Any
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    default: Any = ""
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action:
    code: str
    label: Any
    is_revertible: bool
    personal_data: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manifest:
    code: str
    version: str
    label: Any
    summary: Any
    icon: str
    fields: tuple[ConfigField, ...]
    actions: tuple[Action, ...]
    rate: float = 10.0  # requests per second, all workers together
    burst: float = 20.0
    window: float = 86_400.0  # how long the receiver remembers our key
    exports_abroad: bool = False

    def action(self, code: str) -> Action:
        return next(action for action in self.actions if action.code == code)


@dataclass(frozen=True, kw_only=True)
class Context:
    """All a connector gets for one attempt. Secrets never show in its repr."""

    config: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)
    policy: Policy
    call: Deadline = field(repr=False)
    now: datetime
    source: str = ""
    idem_key: str = ""
    attempt: int = 1
    created_at: datetime | None = None
    undo: Mapping[str, Any] = field(default_factory=dict)

    def http(self) -> Http:
        return Http(policy=self.policy, call=self.call)


class Condition(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, kw_only=True)
class Health:
    condition: Condition
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a dry run. The connector masks what it shows."""

    what: str
    before: str
    after: str

    @property
    def is_change(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class Preview:
    changes: tuple[Change, ...] = ()
    impossible: str = ""


@dataclass(frozen=True, kw_only=True)
class InboundEvent:
    event_id: str
    effect_key: str = ""
    status: str = ""
    remote_ref: str = ""


class CallbackRejected(Exception):
    """The callback is not from whom it says, or not fresh, or not readable."""


class Connector(Protocol):
    @property
    def manifest(self) -> Manifest: ...

    def delivery(self, action: str, config: Mapping[str, Any]) -> Delivery: ...

    def can_verify(self, action: str, config: Mapping[str, Any]) -> bool: ...

    def health(self, context: Context) -> Health: ...

    def plan(self, trigger: str, case: CaseSnapshot, config: Mapping[str, Any]) -> list[EffectSpec]: ...

    def dry_run(self, spec: EffectSpec, context: Context) -> Preview: ...

    def apply(self, spec: EffectSpec, context: Context) -> Outcome: ...

    def verify(self, spec: EffectSpec, context: Context) -> Verdict: ...

    def revert(self, spec: EffectSpec, context: Context) -> Outcome: ...

    def parse_callback(
        self, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, str], *, now: datetime
    ) -> list[InboundEvent]: ...
