"""结算单: how each sum came about, what is paid when, what has to be said, and what changed since the version before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from ehr.clock import LEGAL_ZONE
from employees.permissions import EmployeePermission

from .. import may
from ..figures import row_words
from ..models import Case, ChangeOutcome, PayWhen, ReferenceChange, Settlement, SettlementLine, SettlementPayment
from ..models.reference_tables import known_of, unconfirmed_among
from ..permissions import Permission
from ..rules import unlawful
from ..rules.compliance.double_wage import DoubleWage
from ..rules.compliance.exit_pay import needs_reason
from ..rules.compliance.payable import When, items_of
from ..rules.compliance.rows import Row
from ..rules.kinds import rule
from ..rules.pay_inputs import PayInputs
from .second_wage import second_wage, signing_of

EXPLAINING = (
    *("service_years", "average_wage", "minimum_wage", "cap"),
    *("statutory_severance", "severance", "damages", "uncapped", "severance_tax"),
)
"""What stands in the drawing of the calculation, in the order of the law; the rest is in the list of lines."""


STAGES: tuple[tuple[Any, set[str]], ...] = (
    (gettext_lazy("Service"), {"service_years"}),
    (gettext_lazy("Monthly base"), {"average_wage"}),
    (gettext_lazy("Limits"), {"cap", "minimum_wage", "average_wage"}),
    (gettext_lazy("Severance"), {"severance", "damages"}),
    (gettext_lazy("Tax"), {"severance_tax"}),
)


@dataclass(frozen=True, kw_only=True)
class Notice:
    code: str
    reason: str
    needs_reason: bool

    @property
    def tone(self) -> str:
        return "warn" if self.code.startswith("W_") else "plan"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of the difference to the version before; an amount that is new or gone has only one side."""

    code: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, kw_only=True)
class SettlementPage:
    case: Case
    settlement: Settlement | None
    sees_pay: bool
    can: dict[str, bool]
    today: date
    inputs: PayInputs = PayInputs()
    lines: tuple[SettlementLine, ...] = ()
    payments: tuple[SettlementPayment, ...] = ()
    versions: tuple[Settlement, ...] = ()
    changes: tuple[Change, ...] = ()
    known: Mapping[str, Row] = field(default_factory=dict)
    """The figures that its lines name."""
    flagged: ReferenceChange | None = None
    """A figure changed after this version was confirmed: what it would come to now."""
    second_wage: DoubleWage | None = None
    """In no sum, and told to the company alone."""

    @property
    def is_agreement(self) -> bool:
        """Legal then says, too, whether what both signed is void."""
        return unlawful.is_agreement(self.case.ground or self.inputs.ground)

    @property
    def steps(self) -> list[SettlementLine]:
        return explaining(self.lines)

    @property
    def stages(self) -> list[dict[str, Any]]:
        """The five steps of the law, each done by the lines it stands on."""
        known = {line.code for line in self.lines}
        return [{"label": str(label), "state": "done" if codes & known else ""} for label, codes in STAGES]

    @property
    def due(self) -> list[SettlementLine]:
        return [line for line in self.lines if line.when]

    @property
    def sums(self) -> list[tuple[str, Decimal]]:
        """What is paid at each moment, the tax taken off already."""
        items = items_of(line.as_pay_line() for line in self.lines)
        return [(str(PayWhen(item.when).label), item.amount) for item in items]

    @property
    def tax(self) -> Decimal:
        return sum((line.sum or Decimal(0) for line in self.lines if line.when == When.WITHHELD), Decimal(0))

    @property
    def warnings(self) -> list[Notice]:
        if self.settlement is None:
            return []
        reasons = self.settlement.reasons
        return [
            Notice(code=code, reason=reasons.get(code, ""), needs_reason=needs_reason(code))
            for code in self.settlement.codes
        ]

    @property
    def unconfirmed(self) -> list[str]:
        """Figures its lines rest on that two people have not looked at yet."""
        if self.settlement is None or self.settlement.is_settled:
            return []
        keys = [key for line in self.lines for key in line.row.split(", ") if key]
        return [words for row in unconfirmed_among(keys, self.known) for words in row_words(row.id, self.known)]

    @property
    def has_severance(self) -> bool:
        return any(line.code in ("severance", "damages") for line in self.lines)


def settlement_page(user: Any, case: Case, *, nth: int | None = None, at: datetime) -> SettlementPage:
    is_own = case.employment.person.user_id == user.pk
    versions = [row for row in _versions(case) if not is_own or row.is_settled]
    chosen = next((row for row in versions if row.nth == nth), None) if nth else next(iter(versions), None)
    common = {
        "case": case,
        "sees_pay": may.may(user, EmployeePermission.VIEW_PAY, case),
        "today": at.astimezone(LEGAL_ZONE).date(),
        "versions": tuple(versions),
    }
    if chosen is None:
        return SettlementPage(settlement=None, can=_can(user, case, None, is_own=is_own), **common)
    lines, signing = tuple(chosen.lines.order_by("position")), signing_of(case)
    return SettlementPage(
        settlement=chosen,
        can=_can(user, case, chosen, is_own=is_own),
        inputs=PayInputs.read(chosen.inputs),
        lines=lines,
        known=known_of(signing.tables),
        payments=tuple(chosen.payments.select_related("paid_by").order_by("-when")),
        flagged=None if is_own or not chosen.is_settled else _flagged(chosen),
        changes=() if is_own else tuple(_changes(case, chosen, lines)),
        second_wage=None if is_own or not common["sees_pay"] else second_wage(case, signing),
        **common,
    )


def _flagged(settlement: Settlement) -> ReferenceChange | None:
    rows = settlement.reference_changes.filter(outcome=ChangeOutcome.FLAGGED).select_related("run", "data_key")
    return rows.order_by("-run__created_at").first()


def explaining(lines: Iterable[SettlementLine]) -> list[SettlementLine]:
    return sorted((line for line in lines if line.code in EXPLAINING), key=lambda line: EXPLAINING.index(line.code))


def grounds_of(case: Case) -> tuple[str, ...]:
    """Chosen by hand only where the case leaves it open."""
    return () if case.ground else rule(case.kind).grounds


def _versions(case: Case) -> list[Settlement]:
    rows = case.settlements.select_related("calculated_by", "submitted_by", "confirmed_by", "data_key")
    versions = list(rows.order_by("-nth"))
    for row in versions:
        row.case = case
    return versions


def _can(user: Any, case: Case, settlement: Settlement | None, *, is_own: bool) -> dict[str, bool]:
    """In memory; every verb asks again."""
    is_running = case.state in ("approved", "closed") and not is_own
    is_current = settlement is None or settlement.state != "superseded"
    state = settlement.state if settlement else ""
    open_to = {
        "calculate": Permission.CALCULATE_SETTLEMENT,
        "confirm": Permission.CONFIRM_SETTLEMENT,
        "export": Permission.EXPORT_SETTLEMENT,
        "judge": Permission.JUDGE_ENDING,
    }
    held = {word: is_running and may.may(user, name, case) for word, name in open_to.items()}
    is_second = settlement is not None and user.pk not in (settlement.calculated_by_id, settlement.submitted_by_id)
    return {
        "calculate": held["calculate"] and is_current,
        "submit": held["calculate"] and state == "draft" and not (settlement and settlement.gaps),
        "confirm": held["confirm"] and state == "submitted" and is_second,
        "return": held["confirm"] and state == "submitted",
        "pay": held["confirm"] and state == "confirmed",
        "judge": held["judge"] and is_current,
        "export": held["export"] and state in ("confirmed", "paid"),
        "issue": held["calculate"] and state in ("confirmed", "paid"),
    }


def _changes(case: Case, chosen: Settlement, lines: Iterable[SettlementLine]) -> list[Change]:
    before = case.settlements.filter(nth=chosen.nth - 1).first()
    if before is None:
        return []
    old = {line.code: line.sum for line in before.lines.all() if line.when}
    new = {line.code: line.sum for line in lines if line.when}
    return [
        Change(code=code, before=old.get(code), after=new.get(code))
        for code in dict.fromkeys([*old, *new])
        if old.get(code) != new.get(code)
    ]
