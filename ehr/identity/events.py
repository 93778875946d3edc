from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Fact):
    kind: ClassVar[str] = "identity.user.opened"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class AccessClosed(Fact):
    kind: ClassVar[str] = "identity.user.access_closed"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class AccessReopened(Fact):
    kind: ClassVar[str] = "identity.user.access_reopened"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class AccountLocked(Fact):
    kind: ClassVar[str] = "identity.user.locked"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class AccountUnlocked(Fact):
    kind: ClassVar[str] = "identity.user.unlocked"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Fact):
    """A letter went out with which its owner sets the password."""

    kind: ClassVar[str] = "identity.user.invited"
    user_id: str


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Fact):
    kind: ClassVar[str] = "identity.token.issued"
    token_id: str
    user_id: str
    scope: str
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    kind: ClassVar[str] = "identity.token.revoked"
    token_id: str
    user_id: str


@dataclass(frozen=True, kw_only=True)
class ContactVerified(Fact):
    kind: ClassVar[str] = "identity.contact.verified"
    user_id: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Fact):
    kind: ClassVar[str] = "identity.door.opened"
    user_id: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class CodeSpent(Fact):
    """Somebody signed an act with the code that was sent to their own address."""

    kind: ClassVar[str] = "identity.code.spent"
    user_id: str
    act: str
