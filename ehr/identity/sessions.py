"""What the session itself says about how somebody came in."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest

from ehr.identity.backends import DOOR

STARTED = "started"
FACTOR = "second_factor"


def is_narrow(request: HttpRequest) -> bool:
    return request.session.get(BACKEND_SESSION_KEY) == DOOR


def shown_second_factor(request: HttpRequest) -> bool:
    """Proven in this very session: at sign-in, by enrolling, or by the demo's one click."""
    if request.session.get(FACTOR):
        return True
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
