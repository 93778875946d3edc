"""The product as `make run` starts it: its history and its memory, and how soon it is ready the next time."""

import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import httpx

from benchmarks.line import Line
from benchmarks.product import Product, folder_of_its_own, running, sign_in

MOST_MIB = 900
MOST_SECONDS = 10
MOST_SECONDS_OF_HISTORY = 60
PAGES, TASKS = 100, 50
PLACES = ("/", "/inbox/", "/cases/", "/employees/", "/handovers/", "/notices/", "/me/")
PEOPLE = ("zhou.yuanhang", "gu.chengyan", "song.zhiwei", "lu.xingjian", "ji.yunshu")


def run() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as var, folder_of_its_own(Path(var)):
        with running(Path(var)) as product:
            yield _line("two years of history after ready", product.wait_for_history(), "s", MOST_SECONDS_OF_HISTORY)
            read_pages(product)
            time.sleep(TASKS / _tasks_per_second())
            yield _line("memory of all processes", _mib(product), "MiB", MOST_MIB)
        with running(Path(var)) as product:
            yield _line("ready at a later start", product.seconds, "s", MOST_SECONDS)


def read_pages(product: Product) -> None:
    for person in PEOPLE:
        with httpx.Client(base_url=product.address, follow_redirects=True, timeout=60) as browser:
            sign_in(browser, person)
            for place in islice(cycle(PLACES), PAGES // len(PEOPLE)):
                page = browser.get(place)
                if page.status_code not in (200, 403):
                    raise RuntimeError(f"{place} answered {page.status_code}")


def _tasks_per_second() -> float:
    from ehr.celery import SCHEDULE

    return sum(1 / often for often in SCHEDULE.values() if isinstance(often, float | int))


def _mib(product: Product) -> float:
    """Proportional: what several processes share counts once."""
    return float(sum(process.memory_full_info().pss for process in product.processes()) / 2**20)


def _line(name: str, value: float, unit: str, most: float) -> Line:
    return Line(name=name, value=value, unit=unit, n=1, limit_name="most", limit_value=most)
