"""A few sums on finance's desk, each at another step: calculated, given back, waiting for the second person, to be paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from ehr.clock import LEGAL_ZONE
from ehr.identity.models import User
from offboarding import operations as work
from offboarding.models import Case, PayWhen, Settlement
from offboarding.rules.pay_inputs import PayInputs

STEPS = ("calculated", "returned", "submitted", "submitted", "confirmed", "paid")
INPUTS = PayInputs(used_days=Decimal(2))
REASON = "已与人事、法务核对，按规定计算（演示）。"
GIVEN_BACK = "请补充最后一个月的考勤（演示）。"


def play_settlements(*, now: datetime) -> None:
    """Only what can be said at all: a sum with a gap stays a calculation."""
    hr, finance = (User.objects.get(username=name) for name in ("shen.guanfu", "qin.ruogu"))
    for case, step in zip(_open_ones(), STEPS, strict=False):
        drawn = work.calculate_settlement(case=case, inputs=INPUTS, by=hr, at=now - timedelta(days=1))
        if not drawn.gaps:
            _go_on(drawn, step, hr=hr, finance=finance, now=now)


def _open_ones() -> list[Case]:
    waiting = Case.objects.for_page().filter(state="approved", told_at=None, quiet=False, settlements=None)
    told = Case.objects.for_page().filter(state="approved", told_at__isnull=False, settlements=None)
    rows = (waiting | told).filter(tracks__kind="settlement", tracks__state__in=["planned", "in_progress"])
    return list(rows.order_by("termination_date", "id")[: len(STEPS)])


def _go_on(drawn: Settlement, step: str, *, hr: User, finance: User, now: datetime) -> None:
    morning, noon = now - timedelta(hours=6), now - timedelta(hours=3)
    if step == "calculated":
        return
    work.submit_settlement(settlement=drawn, reasons=dict.fromkeys(drawn.codes, REASON), by=hr, at=morning)
    if step == "returned":
        work.return_settlement(settlement=drawn, reason=GIVEN_BACK, by=finance, at=noon)
    if step in ("confirmed", "paid"):
        work.confirm_settlement(settlement=drawn, by=finance, at=noon)
    if step == "paid":
        _pay(drawn, finance=finance, now=now)


def _pay(drawn: Settlement, *, finance: User, now: datetime) -> None:
    if drawn.payments.filter(when=PayWhen.LAST_DAY).exists():
        day = now.astimezone(LEGAL_ZONE).date() - timedelta(days=1)
        work.record_payment(
            settlement=drawn, when=PayWhen.LAST_DAY, paid_date=day, reference="演示付款", by=finance, at=now
        )
