"""Inbox, board, employee list and case page with 3,000 and with 50,000 people, with 3 and with 300 rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from benchmarks.line import Line
from benchmarks.timing import alternating, p95
from benchmarks.worlds import LARGE, SMALL, World, talking_to, two_sizes
from tests.factories.crowds import refresh_statistics
from tests.factories.painting import first_paint, statements

N = 100
ROWS = (3, 300)
MOST_STATEMENTS = 12
MOST_TIMES_SMALL = 1.5
MOST_TIMES_EMPTY = 12
EMPTY = "/bench/base/"


@dataclass(frozen=True, kw_only=True)
class Scene:
    name: str
    path: str
    reader: Client


def run() -> Iterator[Line]:
    counted: dict[str, list[int]] = {}
    with two_sizes() as (world, sizes):
        for rows in ROWS:
            for size in sizes.values():
                with talking_to(size):
                    world.grow(rows)
                    refresh_statistics()
            world.rows = rows
            for scene in scenes(world):
                counted.setdefault(scene.name, []).extend(_count(scene, size) for size in sizes.values())
                yield from _times(scene, rows, sizes)
    for name, counts in counted.items():
        yield _statements(name, max(counts), MOST_STATEMENTS)
        yield _statements(f"{name}, that more rows or people add", max(counts) - min(counts), 0)


def scenes(world: World) -> list[Scene]:
    lists = {"board": "/cases/", "employee list": "/employees/"}
    of_reader = lists | {"inbox": "/inbox/", "case page": world.case.url}
    near = [Scene(name=name, path=path, reader=world.near) for name, path in of_reader.items()]
    return near + [Scene(name=f"{name} of the group", path=path, reader=world.wide) for name, path in lists.items()]


def _count(scene: Scene, size: Any) -> int:
    with talking_to(size):
        return statements(scene.reader, scene.path)


def _times(scene: Scene, rows: int, sizes: dict[int, Any]) -> Iterator[Line]:
    empty, small, large = alternating(
        _visit(scene.reader, EMPTY, sizes[LARGE]),
        _visit(scene.reader, scene.path, sizes[SMALL]),
        _visit(scene.reader, scene.path, sizes[LARGE]),
        n=N,
    )
    name = f"{scene.name}, {rows} rows, {LARGE:,} people: p95"
    yield _milliseconds(name, p95(large), f"{MOST_TIMES_SMALL} x with {SMALL:,} people", MOST_TIMES_SMALL * p95(small))
    yield _milliseconds(name, p95(large), f"{MOST_TIMES_EMPTY} x empty page", MOST_TIMES_EMPTY * p95(empty))


def _visit(reader: Client, path: str, size: Any) -> Callable[[], None]:
    def visit() -> None:
        with talking_to(size):
            first_paint(reader, path)

    return visit


def _milliseconds(name: str, value: float, limit_name: str, limit: float) -> Line:
    return Line(name=name, value=value * 1000, unit="ms", n=N, limit_name=limit_name, limit_value=limit * 1000)


def _statements(name: str, value: int, limit: int) -> Line:
    return Line(name=f"{name}: statements", value=value, unit="count", n=1, limit_name="most", limit_value=limit)
