"""The one statement of the frame: company, place, unread notices and every counter of the navigation.

Building it costs more than answering it, and but for the id of who asks it is the same for everybody who holds the
same roles in the same units. So the question is kept, with a stand-in for the person; an answer never is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, QuerySet, Subquery, Value

from ehr import navigation
from ehr.access.held import Held, held, stand_in
from ehr.notices.models import Notice
from ehr.units.models import OrgUnit

KEPT = 512  # sets of roles; some kilobytes of SQL each
SOMEBODY = UUID("00000000-0000-8000-8000-000000000000")

Counters = tuple[tuple[str, Callable[[Any], Any]], ...]


@dataclass(frozen=True)
class Question:
    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...]

    def asked_by(self, user: Any) -> list[Any]:
        return [user.pk if value == SOMEBODY else value for value in self.params]


def count(user: Any, entries: Iterable[navigation.Entry]) -> dict[str, Any]:
    counters = tuple((f"n_{entry.key}", entry.counter) for entry in entries if entry.counter)
    question = _question(held(user), counters)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.asked_by(user))
        row = cursor.fetchone()
    return dict(zip(question.names, row, strict=True)) if row else {}


@lru_cache(maxsize=KEPT)
def _question(roles: tuple[Held, ...], counters: Counters) -> Question:
    somebody = stand_in(SOMEBODY, roles)
    with connection.execute_wrapper(_refuse):
        asked = _asked(somebody, roles) | {name: number_of(counter(somebody)) for name, counter in counters}
        rows = get_user_model()._default_manager.filter(pk=SOMEBODY).values(**asked)
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return Question(sql, tuple(params), tuple(asked))


def _asked(user: Any, roles: tuple[Held, ...]) -> dict[str, Any]:
    place = next((one.path for one in roles if one.path), "")
    return {
        "company": Subquery(OrgUnit.objects.filter(parent=None).values("name")[:1]),
        "place": Subquery(OrgUnit.objects.filter(path=place).values("name")[:1]),
        "unread": number_of(Notice.objects.filter(user=user).unread()),
    }


def number_of(rows: QuerySet[Any]) -> Subquery:
    """How many rows, as part of another statement."""
    return Subquery(rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("*")).values("n"))


def _refuse(*_: Any) -> None:
    raise RuntimeError("a counter of the navigation is a QuerySet; what it read now would be kept for others")
