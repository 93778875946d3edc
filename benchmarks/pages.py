"""The empty page of somebody signed in, against a hello behind the same middleware. Others compare with this page."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.line import Line
from benchmarks.timing import alternating, median
from ehr.identity.models import User

N = 300
MOST_STATEMENTS = 4
MOST_TIMES_HELLO = 2.5


def run() -> Iterator[Line]:
    client = signed_in()
    count = statements(client, "/bench/base/")
    yield Line(
        name="empty page: statements", value=count, unit="count", n=1, limit_name="most", limit_value=MOST_STATEMENTS
    )
    hello, base = alternating(lambda: client.get("/bench/hello/"), lambda: client.get("/bench/base/"), n=N)
    yield _milliseconds("hello", hello)
    yield _milliseconds(
        "empty page", base, limit_name=f"{MOST_TIMES_HELLO} x hello", limit=MOST_TIMES_HELLO * median(hello)
    )


def _milliseconds(name: str, seconds: list[float], *, limit_name: str = "", limit: float | None = None) -> Line:
    limit_value = limit * 1000 if limit else None
    value = median(seconds) * 1000
    return Line(name=f"{name}: median", value=value, unit="ms", n=N, limit_name=limit_name, limit_value=limit_value)


def signed_in() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("bench.page"), backend="ehr.identity.backends.PasswordBackend")
    return client


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, response.status_code
    return len(captured)
