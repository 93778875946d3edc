"""Do a piece of work once per key, and give the same answer to everybody who asks again."""

import hashlib
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse

from ehr.once.models import Answer
from ehr.once.wrapping import unwrap, wrap

KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Trigger", "HX-Location", "HX-Refresh")


class InFlight(Exception):
    """The same key is being worked on right now."""


class OtherBody(Exception):
    """The same key came before with another content."""


class _DoNotKeep(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def remember(*, actor: str, key: str, fingerprint: str, work: Callable[[], HttpResponse], wait: bool) -> HttpResponse:
    """One transaction: lock the key → known? replay : work, then keep the answer.

    A crash loses neither the work nor the answer, because they commit together; an answer ≥ 400 is rolled
    back and not kept, so that the corrected form may come again under the same key.
    """
    try:
        with transaction.atomic():
            _lock(actor, key, wait=wait)
            known = Answer.objects.filter(actor=actor, key=key).first()
            if known is not None:
                return _replay(known, fingerprint)
            response = work()
            _keep(response, actor=actor, key=key, fingerprint=fingerprint)
            return response
    except _DoNotKeep as refused:
        return refused.response


def fingerprint(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode() if isinstance(part, str) else part)
        whole.update(b"\0")
    return whole.hexdigest()


def _lock(actor: str, key: str, *, wait: bool) -> None:
    number = int.from_bytes(hashlib.sha256(f"{actor}\0{key}".encode()).digest()[:8], "big", signed=True)
    call = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(%s)", [number])  # noqa: S608 - one of two constants
        if not wait and not cursor.fetchone()[0]:
            raise InFlight


def _keep(response: HttpResponse, *, actor: str, key: str, fingerprint: str) -> None:
    if response.status_code >= 400 or response.streaming:
        raise _DoNotKeep(response)
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    Answer.objects.create(
        actor=actor,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body=wrap(response.content),
    )


def _replay(known: Answer, fingerprint: str) -> HttpResponse:
    if known.fingerprint != fingerprint:
        raise OtherBody
    response = HttpResponse(unwrap(bytes(known.body)), status=known.status, headers=known.headers)
    response["Idempotent-Replayed"] = "true"
    return response
