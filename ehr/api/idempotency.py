"""Idempotency-Key on unsafe calls: same key and body → same answer, other body → 422, in flight → 409."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from ehr.errors import Refused, WrongState
from ehr.once import actor_of
from ehr.once.memory import InFlight, OtherBody, fingerprint, remember

HEADER = "Idempotency-Key"
LONGEST = 100


def do_once(request: Request, work: Callable[[], HttpResponse]) -> HttpResponse:
    key = request.headers.get(HEADER, "").strip()
    if not key or len(key) > LONGEST:
        raise ParseError(_("Send an Idempotency-Key header of 1 to 100 characters."), code="idempotency_key_missing")
    try:
        return remember(
            actor=actor_of(request),
            key=f"api:{key}",
            fingerprint=fingerprint(str(request.method), request.get_full_path(), _body(request)),
            work=lambda: _rendered(work()),
            wait=False,
        )
    except InFlight:
        raise WrongState(_("A request with this key is being worked on.")) from None
    except OtherBody:
        detail = _("This key was used before with another content.")
        raise Refused("idempotency_key_reused", detail) from None


def _body(request: Request) -> bytes:
    body: bytes = request._request.body
    return body


def _rendered(response: Any) -> HttpResponse:
    """The stored bytes are JSON, whichever renderer would have been negotiated."""
    if hasattr(response, "data") and not response.is_rendered:
        response.accepted_renderer = JSONRenderer()
        response.accepted_media_type = "application/json"
        response.renderer_context = {}
        response.render()
    return cast(HttpResponse, response)
