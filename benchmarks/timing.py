"""How long a call takes: with a warm-up, and the garbage collector left as it is in production."""

import statistics
import time
from collections.abc import Callable


def seconds(call: Callable[[], object], *, n: int, warm_up: int = 10) -> list[float]:
    for _ in range(warm_up):
        call()
    return [_one(call) for _ in range(n)]


def alternating(*calls: Callable[[], object], n: int, warm_up: int = 10) -> list[list[float]]:
    """Several calls in turn, so that a noisy moment of the machine hits them all alike."""
    for call in calls:
        seconds(call, n=0, warm_up=warm_up)
    rounds = [[_one(call) for call in calls] for _ in range(n)]
    return [list(column) for column in zip(*rounds, strict=True)]


def median(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _one(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
