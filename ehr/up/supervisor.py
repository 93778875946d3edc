"""Starts processes, starts them again when they die, and stops them all when told to."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field

GRACE_SECONDS = 6.0
LOOK_EVERY_SECONDS = 0.2
LATE_SECONDS = {"receivers": 4.0}
"""The others have seconds of work before they answer, and the product is ready when all of them do: what nobody needs so
soon stays out of their way."""
MOST_RESTARTS, RESTART_WINDOW_SECONDS = 5, 60.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process in a session of its own, so that Ctrl-C in the terminal reaches nobody but us."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_RESTARTS))

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: PLW1509 - we have one thread when we fork
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def keeps_dying(self) -> bool:
        return len(self.starts) == MOST_RESTARTS and time.monotonic() - self.starts[0] < RESTART_WINDOW_SECONDS

    def signal(self, number: signal.Signals) -> None:
        """To the main process alone: told as a group, a pool of workers may wait for its own dead children."""
        if self.process and not self.has_ended():
            self.process.send_signal(number)

    def kill(self) -> None:
        if self.process and not self.has_ended():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.children = [Child(name, command) for name, command in commands.items()]
        self.told_to_stop = False

    def listen(self) -> None:
        """Handlers of our own also when SIGINT came ignored, as in a background job of a script.

        They take no lock: Ctrl-C comes twice, to the group and passed on, and a handler may be broken into by another.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def _hear(self, *_: object) -> None:
        self.told_to_stop = True

    def run(self) -> int:
        try:
            self._start()
            return self._watch()
        finally:
            self.stop()

    def _start(self) -> None:
        for child in self.children:
            self._wait(LATE_SECONDS.get(child.name, 0))
            if self.told_to_stop:
                return
            child.start()

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.told_to_stop and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_EVERY_SECONDS))

    def _watch(self) -> int:
        while not self.told_to_stop:
            self._wait(LOOK_EVERY_SECONDS)
            for child in self.children:
                if child.has_ended() and not self.told_to_stop:
                    if child.keeps_dying():
                        print(f"{child.name} keeps dying", file=sys.stderr)  # noqa: T201
                        return 1
                    child.start()
        return 0

    def stop(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and not all(child.has_ended() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.kill()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
