"""When a session has been idle for too long - known without writing to the database at every GET.

The time of the last request travels in a signed cookie that is bound to the session. Without the cookie the
session counts from its beginning, so throwing it away gains nothing; a stolen session without it ends as if idle.
It uses the machine's time, not the product's clock: moving the demo to the next morning signs nobody out.
"""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ehr.identity.sessions import STARTED

COOKIE = "ehr_seen"
STEP = 60  # seconds: the cookie is renewed at most once a minute
IDLE_PRIVILEGED = 30 * 60
IDLE = 12 * 3600
LONGEST = 7 * 24 * 3600
LONGEST_PRIVILEGED = 12 * 3600

_signer = signing.TimestampSigner(salt="ehr.identity.idle")


@dataclass(frozen=True)
class Age:
    started: float
    seen: float
    now: float

    def is_over(self, *, privileged: bool) -> bool:
        idle, longest = (IDLE_PRIVILEGED, LONGEST_PRIVILEGED) if privileged else (IDLE, LONGEST)
        return self.now - self.seen > idle or self.now - self.started > longest


def age_of(request: HttpRequest) -> Age:
    now = time.time()
    started = float(request.session.get(STARTED, now))
    return Age(started=started, seen=max(started, _seen(request)), now=now)


def mark(request: HttpRequest, response: HttpResponse) -> None:
    if time.time() - _seen(request) < STEP:
        return
    response.set_cookie(
        COOKIE,
        _signer.sign(_binding(request)),
        max_age=LONGEST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _seen(request: HttpRequest) -> float:
    value = request.COOKIES.get(COOKIE, "")
    try:
        bound = _signer.unsign(value)
    except signing.BadSignature:
        return 0.0
    return _signed_at(value) if bound == _binding(request) else 0.0


def _signed_at(value: str) -> float:
    stamp = value.rsplit(_signer.sep, 2)[1]
    return float(signing.b62_decode(stamp))


def _binding(request: HttpRequest) -> str:
    return hashlib.sha256(str(request.session.session_key).encode()).hexdigest()[:32]
