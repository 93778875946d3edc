from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import migrated
from tests.faults import harness
from tests.faults.harness import House, Systems


@pytest.fixture(scope="session")
def template() -> str:
    """Every test gets a copy."""
    return migrated.url(migrated.name())


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
