"""Every address × method × actor, really asked. What the table does not allow must be denied."""

import importlib
import pkgutil
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.access import objects, table, world

pytestmark = pytest.mark.django_db
ROWS = table.read()
URLS = table.urls()
WATCHED = ("anonymous", "admin")
"""Who is asked about methods that a view does not have."""


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[world.World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build(timezone.now())
        transaction.set_rollback(True)


def test_every_address_has_a_row() -> None:
    assert sorted(set(URLS) - set(ROWS)) == [], "write rows for these: tests/access/matrix/README.md"


def test_every_row_has_an_address() -> None:
    assert sorted(set(ROWS) - set(URLS)) == []


def test_every_kind_of_object_can_be_made() -> None:
    assert sorted({row.objects for row in ROWS.values() if row.objects} - set(_makers())) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(ROWS) & set(URLS)))
def test_only_who_is_listed_reaches_it(company: world.World, name: str) -> None:
    row = ROWS[name]
    wrong = [found for side in row.sides for found in _walk(company, row, side)]

    assert wrong == []


def _walk(company: world.World, row: table.Row, side: str) -> Iterator[str]:
    with transaction.atomic():
        company.made.clear()  # what the last row made was rolled back with it
        address = _address(company, row, side)
        for method in table.METHODS:
            listed = method in row.methods()
            for actor in table.ACTORS if listed else WATCHED:
                status, target = _ask(company, actor, method, address)
                fault = _judge(row, actor, method, side, status, target)
                if fault:
                    yield f"{method} {address} ({side or 'no side'}) by {actor}: {status} {target}: {fault}"
        transaction.set_rollback(True)


def _judge(row: table.Row, actor: str, method: str, side: str, status: int, target: str) -> str:
    """Empty when the answer is what the table says."""
    if status >= 500 and row.name != "readyz":  # which says 503 where no worker runs
        return "broken"
    if "/accounts/2fa/" in target and not row.name.startswith(("mfa_", "account_")):
        return "sent to the second factor"
    reached = status not in (401, 403, 404, 405) and not _turned_away(row, target)
    if row.may(actor, method, side):
        return "" if reached else "should reach it"
    if reached:
        return "should be denied"
    if side and status == 403 and row.may(actor, method, "other" if side == "own" else "own"):
        return "invisible, so it should be 404"
    return ""


def _turned_away(row: table.Row, target: str) -> bool:
    """To the sign-in, or to the door of those who left. Whoever signs out everywhere lands there too, but without a
    way back."""
    if row.name == "identity:sign_out_everywhere":
        return "next=" in target
    if ":door_" in row.name and not row.name.startswith("identity:"):
        return target.startswith(("/accounts/login/", "/door/"))
    return target.startswith("/accounts/login/")


def _ask(company: world.World, actor: str, method: str, address: str) -> tuple[int, str]:
    """In its own savepoint: whatever it did is undone, also to the session."""
    client = company.client[actor]
    client.raise_request_exception = False
    kept = SimpleCookie({name: cookie.value for name, cookie in client.cookies.items()})
    with transaction.atomic():
        answer = client.generic(method, address, "", HTTP_IDEMPOTENCY_KEY=uuid4().hex)
        if not connection.needs_rollback:
            transaction.set_rollback(True)
    client.cookies = kept
    broken = repr(answer.exc_info[1]) if answer.status_code >= 500 and answer.exc_info else ""
    return answer.status_code, broken or answer.headers.get("Location", "")


def _address(company: world.World, row: table.Row, side: str) -> str:
    if row.name.startswith("/"):
        return row.name
    arguments = _makers()[row.objects](company, side) if row.objects else {}
    return reverse(row.name, kwargs=arguments)


def _makers() -> dict[str, Any]:
    modules = [
        importlib.import_module(f"{objects.__name__}.{one.name}") for one in pkgutil.iter_modules(objects.__path__)
    ]
    return {name: maker for module in modules for name, maker in vars(module).items() if callable(maker)}
