from datetime import datetime


def sweep(*, at: datetime) -> int:
    return 0
