"""What every test stands on: a fixed today, and a browser where one is asked for."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine, and nothing about the rule.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
settings.register_profile("quick", settings.get_profile("any machine"), max_examples=20)

# The synchronous Playwright keeps an event loop in the thread of the test; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

TESTS = Path(__file__).parent
WITH_PROCESSES = ("journeys", "faults")
"""Each of these folders keeps one worker busy: two products at once would measure each other."""


def pytest_itemcollected(item: pytest.Item) -> None:
    folder = item.path.relative_to(TESTS).parts[0]
    if folder in WITH_PROCESSES:
        item.add_marker(pytest.mark.xdist_group(folder))
    if folder in WITH_PROCESSES or _needs_browser(item) or (_needs_database(item) and _is_one_more_case(item)):
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last, each part in its random order: the event loop that Playwright leaves running in this
    thread would refuse the one that signing a PDF needs. Just before them what needs no worker but starts processes."""
    items.sort(key=lambda item: (_needs_browser(item), bool(item.get_closest_marker("xdist_group"))))


def _needs_browser(item: pytest.Item) -> bool:
    return bool({"page", "context", "browser", "playwright"} & set(getattr(item, "fixturenames", ())))


def _needs_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db"))


def _is_one_more_case(item: pytest.Item) -> bool:
    """Of a parametrised test `make quick` runs the first case."""
    case = getattr(item, "callspec", None)
    return case is not None and any(case.indices.values())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each worker's database is a copy of the one that is migrated already."""
    from django.db import connection

    from tests import migrated

    connection.settings_dict["TEST"]["TEMPLATE"] = migrated.name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import connection
    from django.test import TransactionTestCase

    from tests.emptying import Shipped

    with django_db_blocker.unblock():
        shipped = Shipped.as_found()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", shipped.alone)
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
    assert chromium, "Chromium is missing: `make test` installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def cast_again(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Hired through the verbs once; every test that asks for the cast gets these rows again."""
    from tests.factories.again import Again
    from tests.factories.cast import assemble

    with django_db_blocker.unblock():
        return Again.of(assemble)


@pytest.fixture
def cast(cast_again: Any, db: None) -> Any:
    """The company of the tests; see tests/factories/cast.py."""
    return cast_again.once_more()
