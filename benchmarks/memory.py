"""The memory of the product as `manage.py up` runs it, with PostgreSQL and Redis; the demo's receivers are no part."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks.line import Line

LIMIT_MIB = 900
PAGES, TASKS = 100, 50
READY_SECONDS = 120


def run() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as var, _product(Path(var)) as (address, processes):
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            for _ in range(PAGES):
                client.get("/accounts/login/")
        time.sleep(TASKS / 2)  # the beat rings at least two tasks a second
        mib = sum(process.memory_full_info().pss for process in processes()) / 2**20
    yield Line(name="memory of all processes", value=mib, unit="MiB", n=1, limit_name="most", limit_value=LIMIT_MIB)


@contextmanager
def _product(var: Path) -> Iterator[tuple[str, object]]:
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EHR_DEMO")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "ehr.settings",
        "EHR_VAR_DIR": str(var),
        "PORT": str(port),
        "REDIS_URL": re.sub(r"0$", "8", os.environ["REDIS_URL"]),
    }
    command = [sys.executable, "-m", "ehr.embedded", sys.executable, "manage.py", "up"]
    product = subprocess.Popen(command, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address, lambda: _family(product.pid)
    finally:
        product.send_signal(signal.SIGTERM)
        product.wait(30)


def _family(pid: int) -> list[psutil.Process]:
    """Ours and our descendants, with the servers: they have left our session, so they are found by their program."""
    ours = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    servers = [
        process for process in psutil.process_iter(["name"]) if process.info["name"] in ("postgres", "redis-server")
    ]
    return [process for process in {*ours, *servers} if "demo_receivers" not in " ".join(process.cmdline())]


def _wait(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError("the product is not ready")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
