"""python -m benchmarks [NAME…]: one JSON object per line, on an empty database of its own."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator

import benchmarks
from benchmarks.environment import prepared

SUPPORT = {"__main__", "environment", "line", "product", "settings", "timing", "urls", "worlds"}


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in SUPPORT)


def lines(wanted: list[str]) -> Iterator[str]:
    for name in wanted or names():
        for line in importlib.import_module(f"benchmarks.{name}").run():
            yield line.to_json()


if __name__ == "__main__":
    with prepared():
        for text in lines(sys.argv[1:]):
            print(text, flush=True)  # noqa: T201 - the output is the product of this program
