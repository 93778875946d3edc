"""What the session itself says about how somebody came in."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest

from ehr.identity.backends import DOOR

STARTED = "started"
FACTOR = "second_factor"
RECENTLY = 5 * 60


def is_narrow(request: HttpRequest) -> bool:
    return request.session.get(BACKEND_SESSION_KEY) == DOOR


def shown_second_factor(request: HttpRequest) -> bool:
    """Proven in this very session: at sign-in, by enrolling, or by the demo's one click."""
    if request.session.get(FACTOR):
        return True
    return any(record.get("method") == "mfa" for record in _records(request))


def proved_recently(request: HttpRequest) -> bool:
    """Password or code, in this session and within the last five minutes."""
    proofs = [record for record in _records(request) if record.get("method") in ("password", "mfa")]
    return any(time.time() - float(record.get("at", 0)) < RECENTLY for record in proofs)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return records
