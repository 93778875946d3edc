"""python -m ehr.embedded COMMAND…: run it with DATABASE_URL and REDIS_URL, of embedded servers where none are given."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from ehr.embedded import revive, services

VAR = Path(os.environ.get("EHR_VAR_DIR", Path(__file__).resolve().parents[2] / "var"))
LOOK_EVERY_SECONDS = 2.0


def main(command: list[str]) -> int:
    if not os.environ.get("REDIS_URL") and not {os.environ.get("EHR_DEMO"), os.environ.get("EHR_DEBUG")} & {"1"}:
        sys.exit("The embedded Redis is for the demo and the tests (EHR_DEMO=1). Set REDIS_URL.")
    with services(VAR, os.environ) as urls:
        child = subprocess.Popen(command, env={**os.environ, **urls})  # noqa: S603 - what the caller typed
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda received, _frame: child.send_signal(received))
        return _end_of(child)


def _end_of(child: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return child.wait(LOOK_EVERY_SECONDS)
        except subprocess.TimeoutExpired:
            revive(VAR, os.environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
