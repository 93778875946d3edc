"""An appeal against an adjustment ends with a new percentage, never a harsher one."""

from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of the adjustment."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    LIFTED = "lifted"


def percent_after(*, outcome: Outcome, percent: Decimal, asked: Decimal | None = None) -> Decimal | None:
    """The percentage that counts from now on; None when the asked one is no part of the old.

    −10 % partly upheld at −5 % → −5; −10 % lifted → 0.
    """
    if outcome is Outcome.UPHELD:
        return percent
    if outcome is Outcome.LIFTED:
        return Decimal(0)
    is_part = asked is not None and 0 < abs(asked) < abs(percent) and (asked > 0) is (percent > 0)
    return asked if is_part else None
