"""Somebody has died: nobody signs in as them any more, and no letter or message goes there (compliance 5.7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from ehr import record
from ehr.identity.events import AccountLocked

from .. import events
from ..models import Case
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User


def close_account(case: Case, *, by: "User | None", at: datetime) -> None:
    """In the caller's transaction."""
    user = people.leaver_of(case)
    if user is not None and user.is_active:
        user.lock(by=by, at=at)


def reopen_account(case: Case, *, by: "User | None", at: datetime) -> None:
    """The request was an error: what it locked opens again. What somebody else has locked stays so."""
    user = people.leaver_of(case)
    if user is None or user.is_active:
        return
    locked = record.timeline([record.ref(user)]).filter(kind=AccountLocked.kind).first()
    if locked and record.timeline([case.ref]).filter(kind=events.Submitted.kind, at=locked.at).exists():
        user.unlock(by=by, at=at)
