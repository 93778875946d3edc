from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EffectFact(Fact):
    effect_id: str
    case_id: str = ""
    connection: str
    action: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EffectPlanned(EffectFact):
    kind: ClassVar[str] = "integrations.effect.planned"
    scheduled_at: str


@dataclass(frozen=True, kw_only=True)
class EffectVerified(EffectFact):
    """Applied, and confirmed by the system itself where it can be asked."""

    kind: ClassVar[str] = "integrations.effect.verified"


@dataclass(frozen=True, kw_only=True)
class EffectNotNeeded(EffectFact):
    kind: ClassVar[str] = "integrations.effect.not_needed"


@dataclass(frozen=True, kw_only=True)
class EffectFailed(EffectFact):
    kind: ClassVar[str] = "integrations.effect.failed"


@dataclass(frozen=True, kw_only=True)
class EffectQuarantined(EffectFact):
    kind: ClassVar[str] = "integrations.effect.quarantined"


@dataclass(frozen=True, kw_only=True)
class EffectRescheduled(EffectFact):
    kind: ClassVar[str] = "integrations.effect.rescheduled"
    scheduled_at: str


@dataclass(frozen=True, kw_only=True)
class EffectRedriven(EffectFact):
    kind: ClassVar[str] = "integrations.effect.redriven"


@dataclass(frozen=True, kw_only=True)
class EffectSettled(EffectFact):
    """A person has done it by hand, or decided that it need not be done."""

    kind: ClassVar[str] = "integrations.effect.settled"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class EffectDrifted(EffectFact):
    """The system no longer shows what was verified before."""

    kind: ClassVar[str] = "integrations.effect.drifted"


@dataclass(frozen=True, kw_only=True)
class ConnectionFact(Fact):
    connection_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ConnectionAdded(ConnectionFact):
    kind: ClassVar[str] = "integrations.connection.added"


@dataclass(frozen=True, kw_only=True)
class ConnectionChanged(ConnectionFact):
    kind: ClassVar[str] = "integrations.connection.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ConnectionSwitched(ConnectionFact):
    kind: ClassVar[str] = "integrations.connection.switched"
    enabled: bool


@dataclass(frozen=True, kw_only=True)
class ConnectionExportBasisRecorded(ConnectionFact):
    """On what basis personal data go abroad by it (PIPL 38)."""

    kind: ClassVar[str] = "integrations.connection.export_basis_recorded"
    basis: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class ConnectionLocked(ConnectionFact):
    """The system refuses our credential; nothing is sent until somebody mends it."""

    kind: ClassVar[str] = "integrations.connection.locked"
