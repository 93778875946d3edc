from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Fact):
    kind: ClassVar[str] = "access.role.given"
    user_id: str
    role: str
    unit_path: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, kw_only=True)
class RoleWithdrawn(Fact):
    kind: ClassVar[str] = "access.role.withdrawn"
    user_id: str
    role: str
    unit_path: str
