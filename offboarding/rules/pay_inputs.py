"""What people add to the facts on file before an exit's pay is calculated, and what each of it needs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

NONE = Decimal(0)
AMOUNTS = frozenset(
    {"used_days", "ex_gratia", "agreed", "medical_subsidy", "injury_payments", "loss"}
    | {"carried_days", "other_pay", "court_order", "assets"}
)


@dataclass(frozen=True, kw_only=True)
class PayInputs:
    ground: str = ""
    """Chosen where the case leaves it open."""
    entitlement_days: int | None = None
    """None: by the service that is on file (ALR 3)."""
    used_days: Decimal | None = None
    carried_days: Decimal = NONE
    other_pay: Decimal = NONE
    other_pay_basis: str = ""
    """The sheet it is counted on."""
    ex_gratia: Decimal = NONE
    ex_gratia_reason: str = ""
    medical_subsidy: Decimal = NONE
    injury_payments: Decimal = NONE
    agreed: Decimal | None = None
    """The whole sum of an agreement that both signed, in the place of N and ex gratia."""
    non_resident: bool = False
    """For tax, which is then a person's to calculate."""
    court_order: Decimal = NONE
    court_order_basis: str = ""
    loss: Decimal = NONE
    loss_basis: str = ""
    """The clause of the contract (WPR 16)."""
    assets: Decimal = NONE
    assets_basis: str = ""
    assets_signed: bool = False
    renewal_refused: bool = False
    employer_delays: bool = False
    """It is the employer who keeps the handover waiting, so severance does not wait for it."""
    unlawful: bool = False
    """Legal alone says so."""

    @property
    def has_special(self) -> bool:
        return bool(self.medical_subsidy or self.injury_payments or self.non_resident)

    @property
    def is_kept_back(self) -> bool:
        return bool(self.court_order or self.loss or self.assets)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Code and field."""
        if self.ex_gratia and not self.ex_gratia_reason.strip():
            yield "B_GIFT_REASON", "ex_gratia_reason"
        if self.ex_gratia and self.agreed is not None:
            yield "B_AGREED_ALONE", "ex_gratia"
        if self.other_pay and not self.other_pay_basis.strip():
            yield "B_OTHER_PAY_BASIS", "other_pay_basis"
        if self.court_order and not self.court_order_basis.strip():
            yield "B_DEDUCTION_BASIS", "court_order_basis"
        if self.loss and not self.loss_basis.strip():
            yield "B_DEDUCTION_BASIS", "loss_basis"
        if self.assets and not self.assets_basis.strip():
            yield "B_DEDUCTION_BASIS", "assets_basis"

    def stored(self) -> dict[str, Any]:
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "PayInputs":
        known = {field.name for field in fields(cls)}
        return cls(**{name: _value(name, value) for name, value in stored.items() if name in known})


def _value(name: str, value: Any) -> Any:
    return Decimal(value) if name in AMOUNTS and value is not None else value
