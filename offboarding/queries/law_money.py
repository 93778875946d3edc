"""What an ending would cost, with every number on its line. An estimate: finance settles it later, by the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from ..models import Case
from ..operations.exit_facts import planned_facts
from ..rules import unlawful
from ..rules.compliance.exit_facts import ExitFacts
from ..rules.compliance.exit_pay import ExitPay, exit_pay
from ..rules.compliance.payable import PayLine
from ..rules.compliance.service import Segment
from ..rules.compliance.tables import Tables
from ..rules.pay_inputs import PayInputs


@dataclass(frozen=True, kw_only=True)
class Estimate:
    pay: ExitPay
    damages: Decimal
    """What it would be if the ending were unlawful (LCL 48, 87); nothing where it can't be, or that can't be said yet."""
    leaves_out_leave: bool
    """Nobody has said how much leave was taken; that is asked at the end, not now."""

    @property
    def lines(self) -> list[PayLine]:
        return [line for line in self.pay.lines if not (self.leaves_out_leave and line.code == "leave_payout")]


def estimate(case: Case, *, last_day: date, segments: Sequence[Segment], tables: Tables, at: datetime) -> Estimate:
    days = {"last_day": last_day, "paid_until": last_day}
    known = planned_facts(case, PayInputs(), **days, segments=segments, at=at)
    leaves_out_leave = known.entitlement_days is None or (known.used_days is None and known.entitlement_days > 0)
    if leaves_out_leave:
        known = replace(known, entitlement_days=0)
    return Estimate(
        pay=exit_pay(known, tables=tables),
        damages=_damages(known, tables),
        leaves_out_leave=leaves_out_leave,
    )


def _damages(known: ExitFacts, tables: Tables) -> Decimal:
    if unlawful.refusal(known.ground, is_void=False):
        return Decimal(0)
    doubled = exit_pay(replace(known, unlawful=True, pay_in_lieu=False), tables=tables)
    return sum((line.amount or Decimal(0) for line in doubled.lines if line.code == "damages"), Decimal(0))
