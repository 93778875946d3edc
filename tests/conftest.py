"""What every test stands on: a fixed today, and a browser where one is asked for."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

# The synchronous Playwright keeps an event loop in the thread of the test; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

TESTS = Path(__file__).parent
SLOW_FOLDERS = ("journeys", "faults")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last, each half in its random order: the event loop that Playwright leaves running in this
    thread would refuse the one that signing a PDF needs."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)
    items.sort(key=_needs_browser)


def _needs_browser(item: pytest.Item) -> bool:
    return bool({"page", "context", "browser", "playwright"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests with several connections clean up by TRUNCATE. The record refuses that, so here its owner takes it off."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("record_event", "record_seal", "record_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_keeps_all")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # a live server's thread may still hold one
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def at() -> datetime:
    """Now, for verbs that take a time: Monday, 18 May 2026, 10:00 in Shanghai."""
    return datetime(2026, 5, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def today(at: datetime) -> date:
    return at.date()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing: `make system` installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def cast(db: None) -> Any:
    """The company of the tests; see tests/factories/cast.py."""
    from tests.factories.cast import assemble

    return assemble()
