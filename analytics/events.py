"""What analytics did. Scores themselves are rows, not events; an alert about a person is an event."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ScoringSwitched(Fact):
    kind: ClassVar[str] = "analytics.scoring.switched"
    enabled: bool


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Fact):
    kind: ClassVar[str] = "analytics.alert.raised"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class AlertClosed(Fact):
    kind: ClassVar[str] = "analytics.alert.closed"
    employment_id: str
    outcome: str
