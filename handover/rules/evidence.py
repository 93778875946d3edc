"""What the leaver claims against what a system recorded: 'done' claimed, 50 % recorded."""

from dataclasses import dataclass

from handover.rules.progress import percent_of

TOLERANCE = 10
"""Percentage points that two honest people may differ by."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    claimed: int
    recorded: int


def conflict(claim: str, recorded: int | None) -> Conflict | None:
    """Only a claim of more than was recorded: whoever claims less hides nothing."""
    claimed = percent_of(claim)
    if recorded is None or claimed is None or claimed <= recorded + TOLERANCE:
        return None
    return Conflict(claimed=claimed, recorded=recorded)
