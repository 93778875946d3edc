"""The last signature of an exit, given in the browser's way, against an empty page and one insert in the same run."""

from collections.abc import Iterator
from uuid import uuid4

from django.test import Client

from benchmarks.line import Line
from benchmarks.timing import alternating, p95
from ehr import clock
from ehr.identity.models import User
from ehr.notices.models import Notice
from offboarding.models import Case
from tests.access.cast import sign_in
from tests.factories.cast import assemble
from tests.factories.offboarding import pending
from tests.faults.script import exit_of

N, WARM_UP = 60, 5
MOST_TIMES = 4
EMPTY = "/bench/base/"


def run() -> Iterator[Line]:
    cast, at = assemble(), clock.now()
    browser = sign_in(cast.hrbp)
    forms = iter([address_of(exit_of(cast, n, at)) for n in range(N + WARM_UP)])
    approval, plain = alternating(
        lambda: sign(browser, next(forms)), lambda: read_and_insert(browser, cast.hrbp), n=N, warm_up=WARM_UP
    )
    yield Line(
        name="approval request: p95",
        value=p95(approval) * 1000,
        unit="ms",
        n=N,
        limit_name=f"{MOST_TIMES} x an empty page and one insert",
        limit_value=MOST_TIMES * p95(plain) * 1000,
    )


def address_of(case: Case) -> str:
    return f"{case.url}approvals/{pending(case).pk}/"


def sign(browser: Client, address: str) -> None:
    answer = browser.post(address, {"decision": "acknowledge", "once": str(uuid4())})
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def read_and_insert(browser: Client, user: User) -> None:
    browser.get(EMPTY)
    Notice.objects.create(user=user, kind="bench", created_at=clock.now())
