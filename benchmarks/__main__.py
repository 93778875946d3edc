"""python -m benchmarks [NAME…]: one JSON object per line; each part in a process and on an empty database of its own."""

import importlib
import pkgutil
import subprocess
import sys

import benchmarks
from benchmarks.environment import database, servers

SUPPORT = {"__main__", "environment", "line", "product", "settings", "timing", "urls", "worlds"}


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in SUPPORT)


def measure(name: str) -> None:
    with database():
        for line in importlib.import_module(f"benchmarks.{name}").run():
            print(line.to_json(), flush=True)  # noqa: T201 - the output is the product of this program


def measure_each(wanted: list[str]) -> bool:
    """What one leaves in memory or in rows no other meets; one that breaks does not keep the others from being measured."""
    codes = [subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode for name in wanted]
    return not any(codes)


if __name__ == "__main__":
    with servers():
        if len(sys.argv) == 2:
            measure(sys.argv[1])
        elif not measure_each(sys.argv[1:] or names()):
            sys.exit(1)
