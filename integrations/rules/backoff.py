"""How long to wait before the next try: full jitter, and never less than the system asked for."""

BASE = 2.0
CAP = 900.0


def jitter(tries: int, *, fraction: float, base: float = BASE, cap: float = CAP) -> float:
    """`fraction` is a random number in [0, 1): waits spread over the whole interval instead of meeting again."""
    return fraction * min(cap, base * float(2 ** min(tries, 30)))


def wait(
    tries: int, *, fraction: float, asked: float | None = None, at_least: float = 0.0, base: float = BASE
) -> float:
    return max(jitter(tries, fraction=fraction, base=base), asked or 0.0, at_least)
