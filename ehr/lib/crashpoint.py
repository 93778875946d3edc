"""Named places where a fault test kills the process. Outside of such a test they cost one comparison.

CRASHPOINT=name:n kills at the n-th passage. With CRASHPOINT_DIR passages are counted over all processes, so that a child that
is started again after the kill does not die at the same place for ever.
"""

import itertools
import os
import signal
from collections import Counter
from pathlib import Path

_wanted, _, _nth = os.environ.get("CRASHPOINT", "").partition(":")
_passages: Counter[str] = Counter()


def crashpoint(name: str) -> None:
    if name == _wanted and _passage(name) == int(_nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)


def _passage(name: str) -> int:
    folder = os.environ.get("CRASHPOINT_DIR")
    if not folder:
        _passages[name] += 1
        return _passages[name]
    return next(n for n in itertools.count(1) if _first_to_create(Path(folder) / f"{name}.{n}"))


def _first_to_create(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True
