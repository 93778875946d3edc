"""Somebody has died: nobody signs in as them any more, and no letter or message goes there (compliance 5.7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from ..models import Case
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User


def close_account(case: Case, *, by: "User | None", at: datetime) -> None:
    """In the caller's transaction. An error is mended by whoever looks after accounts."""
    user = people.leaver_of(case)
    if user is not None and user.is_active:
        user.lock(by=by, at=at)
