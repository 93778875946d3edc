"""Nothing is new in a talk: said before anything else is asked.

Everybody who has a talk open asks every two seconds, nearly always in vain, and who they are costs more to find
out than whether something is new. So whoever was let in, by all doors, is known for a moment. Sign-out, another
password and the end of access are looked at each time all the same, in the one statement; as soon as something is new,
everything is asked. Who stands no longer on the handover learns for that moment that nothing is new, and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from handover.queries.page import chosen

LET_IN_SECONDS = 20
PATH_END = "/messages/new/"

# Plain SQL, because writing the statements took most of the time of such an answer.
IS_QUIET = """
    SELECT EXISTS (SELECT FROM django_session WHERE session_key = %(session)s AND expire_date > now())
       AND EXISTS (
           SELECT FROM identity_user WHERE id = %(user)s AND is_active
              AND access_epoch = %(epoch)s AND sha256(convert_to(password, 'UTF8')) = %(password)s
       )
       AND NOT EXISTS (
           SELECT FROM handover_message WHERE handover_id = %(handover)s
              AND (%(after)s::uuid IS NULL OR id > %(after)s::uuid)
              AND (%(item)s::uuid IS NULL OR item_id = %(item)s::uuid)
       )
"""


@dataclass(frozen=True, kw_only=True)
class LetIn:
    session: str
    user: UUID
    epoch: int
    password: bytes  # a digest of the one that is stored
    handover: UUID


class QuietTalksMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.endswith(PATH_END) and request.method == "GET" and _is_quiet(request):
            request.resolver_match = _route(request.path_info)
            return HttpResponse(status=204)
        return self.get_response(request)


def remember(request: HttpRequest, handover_pk: UUID) -> None:
    user: Any = request.user
    known = LetIn(
        session=str(request.session.session_key),
        user=user.pk,
        epoch=user.access_epoch,
        password=sha256(user.password.encode()).digest(),
        handover=handover_pk,
    )
    caches["local"].set(_door(known.session, request.path_info), known, LET_IN_SECONDS)


def _is_quiet(request: HttpRequest) -> bool:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    known: LetIn | None = caches["local"].get(_door(session, request.path_info))
    if known is None:
        return False
    asked = {name: chosen(request.GET.get(name, "")) for name in ("after", "item")}
    with connection.cursor() as cursor:
        cursor.execute(IS_QUIET, vars(known) | asked)
        return bool(cursor.fetchone()[0])


def _door(session: str, path: str) -> str:
    return f"talk:{sha256(session.encode()).hexdigest()}:{path}"


_route = lru_cache(maxsize=1024)(resolve)
