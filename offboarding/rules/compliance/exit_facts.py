"""What the pay of one exit stands on: what the file says, and what people added to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from offboarding.rules.compliance.pay_on_file import PaidMonth
from offboarding.rules.compliance.service import Segment
from offboarding.rules.compliance.severance import NOTHING
from offboarding.rules.grounds import GROUNDS


@dataclass(frozen=True, kw_only=True)
class ExitFacts:
    ground: str
    hire_date: date
    last_day: date
    paid_until: date
    city: str
    monthly_wage: Decimal | None
    pay: Sequence[PaidMonth]
    today: date
    prior_segments: Sequence[Segment] = ()
    entitlement_days: int | None = 0
    """None: the service here gives no leave, and nobody has said what was worked for others."""
    used_days: Decimal | None = None
    """None: nobody has said how many."""
    carried_days: Decimal = NOTHING
    """Of last year."""
    other_pay: Decimal = NOTHING
    """Overtime, commission and bonus that are due and not paid yet."""
    pay_in_lieu: bool = False
    unlawful: bool = False
    renewal_refused: bool = False
    ex_gratia: Decimal = NOTHING
    medical_subsidy: Decimal = NOTHING
    """医疗补助费 after a medical period: places set how much, six months' wages at least."""
    injury_payments: Decimal = NOTHING
    """一次性工伤医疗补助金、伤残就业补助金: each province has its own table (REG 23, WII 36, 37)."""
    agreed: Decimal | None = None
    """The whole sum that both signed for the ending, in the place of N and what is given on top."""
    is_employment: bool = True
    """Else the Labour Contract Law gives neither severance nor leave (compliance 1.0)."""
    is_non_resident: bool = False
    """For tax."""
    court_order: Decimal = NOTHING
    loss: Decimal = NOTHING
    assets: Decimal = NOTHING
    assets_signed: bool = False
    """The employee signed that the price is set off; else it is a loss under the same cap."""

    @property
    def has_severance(self) -> bool:
        ground = GROUNDS.get(self.ground)
        refused = self.ground == "LCL44_1" and self.renewal_refused
        return self.is_employment and (self.unlawful or bool(ground and ground.severance and not refused))

    @property
    def rests_on_months(self) -> bool:
        return bool(self.has_severance or self.entitlement_days or self.carried_days)

    @property
    def has_lump_sum(self) -> bool:
        given = self.ex_gratia + self.medical_subsidy + (self.agreed or NOTHING)
        return self.has_severance or given > 0 or self.has_pay_in_lieu

    @property
    def has_pay_in_lieu(self) -> bool:
        ground = GROUNDS.get(self.ground)
        return bool(self.is_employment and self.pay_in_lieu and ground and ground.allows_pay_in_lieu)

    @property
    def claim(self) -> Decimal:
        return self.loss + self.assets

    @property
    def capped_claim(self) -> Decimal:
        return self.loss + (NOTHING if self.assets_signed else self.assets)
