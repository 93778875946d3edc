"""One total deadline per call: a peer that drips a byte a second can't hold a worker by resetting a per-read timeout."""

import time


class DeadlinePassed(Exception):
    """The call's time is up."""


class Deadline:
    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; raises when there are none, so that nobody blocks on a negative timeout."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        return left

    @property
    def has_passed(self) -> bool:
        return time.monotonic() >= self.ends
