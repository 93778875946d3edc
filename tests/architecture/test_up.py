"""The product as a person starts it: one real start, and one Ctrl-C."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from ehr.embedded.home import Home
from tests.architecture.paths import ROOT

START_SECONDS, STOP_SECONDS = 480, 60
"""To start is work (tables, translations, four processes), and so is to stop: five interpreters that end within the
supervisor's grace, then Redis and PostgreSQL with its last checkpoint (a quarter of a second). Seconds enough for a
machine on which ten others work."""
pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def product(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """In production's mode, so without demo data, and with SIGINT ignored as in a background job of a script."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EHR_DEMO")}
    environment = {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "ehr.settings",
        "EHR_VAR_DIR": str(tmp_path),
        "PORT": str(port),
        "EMAIL_URL": "consolemail://",
        "REDIS_URL": re.sub(r"\d+$", "9", os.environ["REDIS_URL"]),  # a doorbell of its own
    }
    command = [sys.executable, "-m", "ehr.embedded", sys.executable, "manage.py", "up"]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=sys.stderr, text=True)
    signal.signal(signal.SIGINT, before)
    yield process
    for child in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
        child.kill()
    process.kill()
    process.wait()
    shutil.rmtree(Home.of(tmp_path, "postgres").folder.parent, ignore_errors=True)


def test_it_starts_serves_heals_and_stops(product: subprocess.Popen[str], port: int) -> None:
    _wait_until_ready(product, port)
    family = psutil.Process(product.pid).children(recursive=True)

    web = next(child for child in family if "ehr.wsgi" in child.cmdline())
    web.kill()
    _wait_until_ready(product, port, after_death_of=web)

    family = psutil.Process(product.pid).children(recursive=True)
    os.killpg(product.pid, signal.SIGINT)

    assert _ended(product, family) == 0
    assert _running(family) == []


def _ended(product: subprocess.Popen[str], family: list[psutil.Process]) -> int:
    """With the names of those who hold it up, when it does not end."""
    try:
        return product.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.fail(f"after {STOP_SECONDS} s there still run {[child.cmdline() for child in _running(family)]}")


def _running(family: list[psutil.Process]) -> list[psutil.Process]:
    return [child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def _wait_until_ready(product: subprocess.Popen[str], port: int, after_death_of: psutil.Process | None = None) -> None:
    if after_death_of:
        psutil.wait_procs([after_death_of], timeout=5)
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(port):
        assert product.poll() is None, "it ended"
        assert time.monotonic() < deadline, "it is not ready"
        time.sleep(0.2)


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False
