"""F3: Redis is down while somebody approves. F4: FLUSHALL. F5: PostgreSQL restarts without warning."""

import time
from pathlib import Path
from statistics import median
from typing import Any

from ehr.embedded import postgres
from ehr.embedded.binaries import postgres_bin
from ehr.embedded.home import Home
from ehr.embedded.lease import Lease
from tests.faults import harness
from tests.faults.harness import House, Systems, until

GRACE = 0.7  # seconds that a dead broker may cost; `make bench` prints the absolute numbers


def test_without_redis_an_approval_is_as_quick_and_happens_later(house: House, systems: Systems, once: Any):
    seeded = house.script("seed", cases=6, connections=systems.connections, decided=False)
    house.start("web")
    pairs = list(zip(seeded["cases"], seeded["approvals"], strict=True))
    before = [_seconds_of_approval(house, *pair, session=seeded["session"]) for pair in pairs[:3]]
    house.kill("redis")

    without = [_seconds_of_approval(house, *pair, session=seeded["session"]) for pair in pairs[3:]]

    assert median(without) <= median(before) + GRACE, (before, without)
    house.start_redis()
    house.start("worker", "beat")
    once(house, systems, cases=6)


def _seconds_of_approval(house: House, case: str, approval: str, *, session: str) -> float:
    started = time.monotonic()
    assert house.approve(case, approval, session=session) == 302
    return time.monotonic() - started


def test_an_emptied_redis_costs_time_and_nothing_else(house: House, systems: Systems, once: Any):
    house.script("seed", cases=4, connections=systems.connections, decided=True)
    house.start("worker", "beat")

    for wanted in (1, 3, 5):
        until(lambda wanted=wanted: sum(systems.applied().values()) >= wanted, what=f"{wanted} applied")
        house.redis("FLUSHALL")

    once(house, systems, cases=4)


def test_a_restart_of_postgresql_loses_and_doubles_nothing(tmp_path: Path, systems: Systems, once: Any):
    home = Home.of(tmp_path / "var", postgres.NAME)
    with Lease(home.folder).hold(start=lambda: postgres.start(home), stop=lambda: postgres.stop(home)):
        house = House(tmp_path, postgres.url(home))
        harness.migrate(house)
        house.start_redis()
        try:
            house.script("seed", cases=4, connections=systems.connections, decided=True)
            house.start("worker", "beat")
            for wanted in (1, 4):
                until(lambda wanted=wanted: sum(systems.applied().values()) >= wanted, what=f"{wanted} applied")
                restart_at_once(home)

            once(house, systems, cases=4)
        finally:
            house.stop()


def restart_at_once(home: Home) -> None:
    """As after a power cut. The log goes to its file, or the server would hold our pipe open."""
    data, log = home.folder / "data", home.folder / "log"
    home.run(postgres_bin(home) / "pg_ctl", "restart", "-m", "immediate", "-w", "-D", data, "-l", log)
