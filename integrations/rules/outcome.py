"""What a call to another system can have done, in words that every connector shares (docs/connectors.md)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    DONE = "done"
    ALREADY_APPLIED = "already_applied"
    NOT_NEEDED = "not_needed"  # the system positively answered that there is nothing to act on
    RETRY = "retry"  # surely not applied
    THROTTLED = "throttled"  # surely not applied, and the system said when to come back
    AMBIGUOUS = "ambiguous"  # bytes may have left and no verdict came back
    PARTIAL = "partial"
    REJECTED = "rejected"
    AUTH = "auth"
    MISCONFIGURED = "misconfigured"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    kind: Kind
    reason: str = ""
    after: float | None = None
    status: int | None = None
    remote_ref: str = ""
    undo: dict[str, Any] = field(default_factory=dict)
    evidence: str = ""

    @property
    def is_success(self) -> bool:
        return self.kind in (Kind.DONE, Kind.ALREADY_APPLIED)


class Seen(StrEnum):
    APPLIED = "applied"
    NOT_APPLIED = "not_applied"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the system itself says about the effect; read-only."""

    seen: Seen
    remote_ref: str = ""
    observed: str = ""
    reason: str = ""


def judged(outcome: Outcome, verdict: Verdict) -> Outcome:
    """A success counts only when the system, asked afterwards, says the same."""
    if verdict.seen is Seen.APPLIED:
        return outcome
    reason = f"verify_{verdict.seen}"
    return Outcome(
        kind=Kind.AMBIGUOUS, reason=reason, status=outcome.status, undo=outcome.undo, evidence=verdict.observed
    )
