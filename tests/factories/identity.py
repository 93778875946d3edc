"""Addresses that people proved."""

from datetime import datetime
from typing import Any

from ehr.crypto.models import DataKey
from ehr.identity.models import Contact


def a_proven_contact(user: Any, value: str, *, at: datetime, kind: str = "email") -> Contact:
    key = user.data_key or DataKey.issue()
    return Contact.objects.create(user=user, kind=kind, value=value, data_key=key, created_at=at, verified_at=at)
