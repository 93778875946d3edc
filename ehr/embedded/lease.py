"""Who still needs a server: counted by the kernel through file locks, so that even a killed process is uncounted."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Lease:
    def __init__(self, folder: Path) -> None:
        self.turn = folder / "turn.lock"
        self.users = folder / "users.lock"

    @contextmanager
    def hold(self, *, start: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
        users = _open(self.users)
        try:
            with _locked(self.turn):
                fcntl.flock(users, fcntl.LOCK_SH)
                start()
            yield
        finally:
            with _locked(self.turn):
                if _alone(users):
                    stop()
                os.close(users)

    def take_turn(self, work: Callable[[], None]) -> None:
        """Of all who share the server, one at a time."""
        with _locked(self.turn):
            work()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
