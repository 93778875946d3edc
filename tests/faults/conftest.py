from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.faults import harness
from tests.faults.harness import House, Systems


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Migrated once; every test gets a copy."""
    server = server_url()
    with harness.own_database(server) as url:
        harness.migrate(House(tmp_path_factory.mktemp("template"), url))
        yield url


@pytest.fixture
def house(template: str, tmp_path: Path) -> Iterator[House]:
    with harness.copied(template) as url:
        made = House(tmp_path, url)
        made.start_redis()
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture
def systems() -> Iterator[Systems]:
    with harness.systems() as started:
        yield started


@pytest.fixture
def once() -> Callable[..., None]:
    """N of N, and none twice: counted at the receivers, not in our own tables."""

    def check(house: House, systems: Systems, *, cases: int, connections: int = 3) -> None:
        found = house.at_rest(cases * connections)
        keys = {key for name, key, _ in found if name in ("a", "b")}
        applied = systems.applied()
        assert {state for name, _, state in found if name in ("a", "b")} == {"done"}
        assert {key: applied[key] for key in keys} == dict.fromkeys(keys, 1), "once each, N of N"
        assert set(applied) == keys
        assert all(count == 1 for count in systems.mails().values()), "no letter twice"
        assert {state for name, _, state in found if name == "c"} <= {"done", "failed_needs_human"}

    return check


def server_url() -> str:
    at: dict[str, Any] = settings.DATABASES["default"]
    host, port = at.get("HOST") or "", at.get("PORT") or ""
    user = at.get("USER") or "ehr"
    if host.startswith("/") or not host:
        return f"postgresql://{user}@/postgres?host={host or at.get('OPTIONS', {}).get('host', '')}"
    password = f":{at['PASSWORD']}" if at.get("PASSWORD") else ""
    return f"postgresql://{user}{password}@{host}:{port or 5432}/postgres"
