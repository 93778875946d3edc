"""The product as `make run` starts it: web, worker, beat and the demo's receivers, with servers of their own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import psycopg2

from ehr import embedded
from ehr.embedded.home import Home

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 600
STOP_SECONDS = 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
GIVEN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "EHR_TEST_DB")


@dataclass(frozen=True, kw_only=True)
class Product:
    address: str
    pid: int
    var: Path
    servers: Path  # where PostgreSQL and Redis of this product live, and nobody else's
    seconds: float  # from the command to the first good answer of /readyz

    def wait_for_history(self) -> float:
        """Seconds from ready until the last of the demo's two years is there."""
        began = time.monotonic()
        with closing(psycopg2.connect(embedded.addresses(self.var)["DATABASE_URL"])) as database:
            database.autocommit = True
            with database.cursor() as cursor:
                while time.monotonic() < began + READY_SECONDS:
                    cursor.execute("SELECT 1 FROM analytics_scoring WHERE changed_at IS NOT NULL")
                    if cursor.fetchone():
                        return time.monotonic() - began
                    time.sleep(0.5)
        raise TimeoutError("the history of the demo is not finished")

    def processes(self) -> list[psutil.Process]:
        """Without the demo's receivers. The servers have left our session, so they are found by where they live."""
        ours = {psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)}
        return [one for one in {*ours, *self._servers()} if "demo_receivers" not in one.cmdline()]

    def _servers(self) -> set[psutil.Process]:
        return {one for one in psutil.process_iter(["cwd"]) if (one.info["cwd"] or "").startswith(f"{self.servers}/")}


@contextmanager
def folder_of_its_own(var: Path) -> Iterator[None]:
    """With the static files of the checkout and fresh secrets."""
    (var / "static").symlink_to(ROOT / "var" / "static")
    try:
        subprocess.run([sys.executable, "-m", "ehr.environment"], env=_environment(var), cwd=ROOT, check=True)
        yield
    finally:
        shutil.rmtree(_servers_of(var), ignore_errors=True)


@contextmanager
def running(var: Path) -> Iterator[Product]:
    port, started = _free_port(), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "ehr.embedded", sys.executable, "manage.py", "up"],
        env=_environment(var) | {"PORT": str(port)}, cwd=ROOT, stdout=sys.stderr, start_new_session=True,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        seconds = time.monotonic() - started
        yield Product(address=address, pid=process.pid, var=var, servers=_servers_of(var), seconds=seconds)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def sign_in(browser: httpx.Client, person: str) -> None:
    """By one click, as the demo's page offers it."""
    token = TOKEN.search(browser.get("/accounts/login/").text)
    assert token, "the page to sign in has a form"
    form = {"username": person, "csrfmiddlewaretoken": token[1]}
    browser.post("/demo/sign-in/", data=form, headers={"Origin": str(browser.base_url)}).raise_for_status()


def _environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN and not name.startswith("EHR_")}
    return kept | {"EHR_DEMO": "1", "EHR_VAR_DIR": str(var)}


def _servers_of(var: Path) -> Path:
    return Home.of(var, "postgres").folder.parent


def _wait(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the product is not ready")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
