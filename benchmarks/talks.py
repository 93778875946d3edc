"""200 people look at the talk of a handover in which nothing is said: what that costs somebody who opens a page.

Against the product as `make run` starts it. Each viewer asks every two seconds, as the page does, spread evenly; the page is
opened in turn without and with the viewers, so that a noisy moment of the machine hits both alike."""

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.line import Line
from benchmarks.product import folder_of_its_own, running, sign_in
from benchmarks.timing import p95

VIEWERS, EVERY_SECONDS = 200, 2.0
LEAST_OF_THEIR_PACE = 0.9
ROUNDS, PAGES = 4, 25
MOST_TIMES_QUIET = 1.5
READER, PAGE = "lu.xingjian", "/handovers/"
NEWEST = "ffffffff-ffff-7fff-bfff-ffffffffffff"  # behind every message, so that nothing is new


def run() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as var, folder_of_its_own(Path(var)), running(Path(var)) as product:
        product.wait_for_history()
        with httpx.Client(base_url=product.address, follow_redirects=True, timeout=60) as reader:
            sign_in(reader, READER)
            viewers = Viewers(address=product.address, cookies=reader.cookies, path=_a_talk(reader))
            quiet, busy = _in_turn(reader, viewers)
    yield Line(
        name=f"{VIEWERS} viewers ask",
        value=viewers.asked / viewers.seconds,
        unit="1/s",
        n=viewers.asked,
        limit_name=f"least {LEAST_OF_THEIR_PACE:.0%} of their pace",
        limit_value=LEAST_OF_THEIR_PACE * VIEWERS / EVERY_SECONDS,
    )
    yield Line(
        name="nothing new, but not 204",
        value=viewers.asked - viewers.told_nothing,
        unit="count",
        n=viewers.asked,
        limit_name="most",
        limit_value=0,
    )
    yield Line(
        name=f"page beside {VIEWERS} viewers: p95",
        value=p95(busy) * 1000,
        unit="ms",
        n=len(busy),
        limit_name=f"{MOST_TIMES_QUIET} x without them",
        limit_value=MOST_TIMES_QUIET * p95(quiet) * 1000,
    )


def _a_talk(reader: httpx.Client) -> str:
    rows = reader.get("/api/v1/handovers/", params={"state": "open"}).raise_for_status().json()["results"]
    return f"/handovers/{rows[0]['id']}/messages/new/?after={NEWEST}"


def _in_turn(reader: httpx.Client, viewers: "Viewers") -> tuple[list[float], list[float]]:
    quiet: list[float] = []
    busy: list[float] = []
    _open(reader)
    for _ in range(ROUNDS):
        quiet += _open(reader)
        with viewers.looking():
            busy += _open(reader)
    return quiet, busy


def _open(reader: httpx.Client) -> list[float]:
    return [_seconds(reader) for _ in range(PAGES)]


def _seconds(reader: httpx.Client) -> float:
    started = time.perf_counter()
    reader.get(PAGE).raise_for_status()
    return time.perf_counter() - started


@dataclass
class Viewers:
    address: str
    cookies: httpx.Cookies
    path: str
    asked: int = 0
    told_nothing: int = 0
    seconds: float = 0
    _ending: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """From the moment on at which each of them has asked once."""
        self._ending.clear()
        thread = threading.Thread(target=lambda: asyncio.run(self._look()))
        began = time.monotonic()
        thread.start()
        time.sleep(EVERY_SECONDS)
        try:
            yield
        finally:
            self._ending.set()
            self.seconds += time.monotonic() - began
            thread.join()

    async def _look(self) -> None:
        limits = httpx.Limits(max_connections=VIEWERS, max_keepalive_connections=VIEWERS)
        async with httpx.AsyncClient(base_url=self.address, cookies=self.cookies, limits=limits, timeout=60) as client:
            await asyncio.gather(*(self._view(client, number) for number in range(VIEWERS)))

    async def _view(self, client: httpx.AsyncClient, number: int) -> None:
        await asyncio.sleep(EVERY_SECONDS * number / VIEWERS)
        while not self._ending.is_set():
            started = time.monotonic()
            self.asked += 1
            with suppress(httpx.TransportError):  # counts as not answered
                answer = await client.get(self.path)
                self.told_nothing += answer.status_code == 204
            await asyncio.sleep(max(EVERY_SECONDS - (time.monotonic() - started), 0))
