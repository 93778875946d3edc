"""All the pay of one exit from what is on file: each line with its arithmetic, or the figure that is missing for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ehr.lib.money import yuan
from ehr.lib.months import add_months, first_of_month
from offboarding.rules.compliance import final_wage, leave, severance, wages
from offboarding.rules.compliance.exit_facts import ExitFacts
from offboarding.rules.compliance.kept_back import kept_back
from offboarding.rules.compliance.lines import Line, money
from offboarding.rules.compliance.pay_on_file import PayOnFile, is_unusual, pay_on_file
from offboarding.rules.compliance.payable import Item, PayLine, items_of, pay_line, total_of
from offboarding.rules.compliance.rows import RowMissing
from offboarding.rules.compliance.settlement import by_hand, settlement
from offboarding.rules.compliance.severance import NOTHING, Severance, SeveranceFacts
from offboarding.rules.compliance.tables import AverageWage, MinimumWage, SeveranceBasis, Tables, doubts
from offboarding.rules.grounds import GROUNDS

LEAST_SUBSIDY_MONTHS = 6
NO_REASON_NEEDED = frozenset({"W_REF_STALE", "W_REF_PROVISIONAL_YEAR", "W_BOUNDARY_1DAY", "W_UNLAWFUL_2N"})
"""Said, but nothing to weigh: a figure to watch, a day to mind, a finding that has its own reason."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A figure that is missing. No sum is shown without it."""

    code: str
    params: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExitPay:
    lines: tuple[PayLine, ...] = ()
    items: tuple[Item, ...] = ()
    gaps: tuple[Gap, ...] = ()
    codes: tuple[str, ...] = ()
    claim_left: Decimal = NOTHING
    """Of a loss or a price, what may not be kept back and stays a claim."""
    total: Decimal = NOTHING


def needs_reason(code: str) -> bool:
    return code.startswith("W_") and code not in NO_REASON_NEEDED


def exit_pay(facts: ExitFacts, *, tables: Tables) -> ExitPay:
    pay = _Pay(facts, tables)
    gaps = tuple(pay.gaps())
    return ExitPay(gaps=gaps) if gaps else pay.paid()


@dataclass(frozen=True)
class _Pay:
    facts: ExitFacts
    tables: Tables

    @cached_property
    def pay(self) -> PayOnFile:
        facts = self.facts
        window = wages.window(last_day=facts.last_day, hire_date=facts.hire_date)
        return pay_on_file(
            window=window or [first_of_month(facts.last_day)],
            on_file=facts.pay,
            monthly_wage=facts.monthly_wage,
            today=facts.today,
        )

    @cached_property
    def average_row(self) -> AverageWage:
        return self.tables.average_wage(city=self.facts.city, as_of=self.facts.last_day)

    @cached_property
    def minimum_row(self) -> MinimumWage:
        return self.tables.minimum_wage(city=self.facts.city, as_of=self.facts.last_day)

    @cached_property
    def basis(self) -> SeveranceBasis | None:
        """What the courts of the place make of the law."""
        return self.tables.severance_basis(city=self.facts.city, as_of=self.facts.last_day)

    @property
    def months_counted(self) -> list[Decimal]:
        """The pay that severance is averaged from."""
        leaves_out = self.basis is not None and self.basis.overtime == "left_out"
        return self.pay.without_overtime() if leaves_out else self.pay.gross()

    @property
    def minimum_for_loss(self) -> MinimumWage | None:
        return self.minimum_row if self.facts.capped_claim else None

    # --- what is missing ----------------------------------------------------------------------------------
    def gaps(self) -> Iterator[Gap]:
        facts = self.facts
        if facts.ground not in GROUNDS:
            yield Gap(code="ground")
        if facts.monthly_wage is None:
            yield Gap(code="monthly_wage")
        if facts.entitlement_days is None:
            yield Gap(code="leave_entitlement")
        if facts.used_days is None and facts.entitlement_days:
            yield Gap(code="leave_used")
        if self.pay.missing and facts.rests_on_months:
            yield Gap(code="pay_months", params=tuple(f"{month:%Y-%m}" for month in self.pay.missing))
        yield from self._row_gaps()

    def _row_gaps(self) -> Iterator[Gap]:
        if self.facts.has_lump_sum and not self._has("average_row"):
            yield Gap(code="average_wage", params=(self.facts.city,))
        if (self.facts.has_severance or self.facts.capped_claim) and not self._has("minimum_row"):
            yield Gap(code="minimum_wage", params=(self.facts.city,))

    def _has(self, row: str) -> bool:
        try:
            return bool(getattr(self, row))
        except RowMissing:
            return False

    # --- what is paid -------------------------------------------------------------------------------------
    def paid(self) -> ExitPay:
        wage, days_off = self._wage(), self._leave()
        lump, codes = self._lump_sum() if self.facts.has_lump_sum else ([], set())
        lines = [self._with_row(line) for line in (*lump, *self._said(), *days_off.lines, *wage.lines)]
        kept, left = kept_back(self.facts, wage=wage.amount, lines=lines, minimum=self.minimum_for_loss)
        drawn = tuple(pay_line(line) for line in (*lines, *kept))
        return ExitPay(
            lines=drawn,
            items=items_of(drawn),
            codes=tuple(sorted({*codes, *self._of_file()})),
            claim_left=left,
            total=total_of(drawn),
        )

    def _wage(self) -> final_wage.FinalWage:
        """Of the month of the last paid day; the months before it were paid as they fell due."""
        facts = self.facts
        assert facts.monthly_wage is not None
        start = max(first_of_month(facts.paid_until), facts.hire_date)
        return final_wage.by_period(
            monthly_wage=facts.monthly_wage, period_start=start, last_day=facts.paid_until, tables=self.tables
        )

    def _leave(self) -> leave.LeavePayout:
        facts = self.facts
        average = wages.average_of(self.pay.without_overtime()) if facts.entitlement_days else Fraction(0)
        return leave.leave_payout(
            entitlement_days=facts.entitlement_days or 0,
            hire_date=facts.hire_date,
            last_day=facts.last_day,
            used_days=facts.used_days or NOTHING,
            avg_wage_ex_overtime=average,
            tables=self.tables,
        )

    def _said(self) -> Iterator[Line]:
        """What no file holds, each on a line of its own and none of it severance."""
        facts = self.facts
        yield from by_hand("injury_payments", facts.injury_payments, article="REG 23, WII 36, 37")
        yield from by_hand("other_pay", facts.other_pay, article="WPR 9")
        if facts.carried_days:
            average = wages.average_of(self.pay.without_overtime())
            yield leave.carried_over(
                days=facts.carried_days, avg_wage_ex_overtime=average, tables=self.tables, as_of=facts.last_day
            )

    def _lump_sum(self) -> tuple[list[Line], set[str]]:
        known = self._severance_facts()
        lawful = severance.severance(known)
        counted, gift = self._agreed(lawful)
        whole = settlement(
            severance=counted,
            leave=None,
            final_wage=None,
            ex_gratia=gift,
            medical_subsidy=self.facts.medical_subsidy,
            city_annual_avg_wage=self.average_row.for_tax,
            tables=self.tables,
            as_of=self.facts.last_day,
        )
        lines = [line for line in whole.lines if line.amount or not self._is_idle(line)]
        codes = {*whole.codes, *whole.advice, *self._doubts(), *self._of_months(counted)}
        codes |= {"W_NON_RESIDENT"} if self.facts.is_non_resident else set()
        return [*lines, *self._uncapped(known, lawful)], codes

    def _agreed(self, lawful: Severance) -> tuple[Severance, Decimal]:
        """What was signed above N is given on top of it; less than N is told (JI1 35)."""
        facts = self.facts
        if facts.agreed is None or facts.unlawful:
            return lawful, facts.ex_gratia
        return severance.agreed_severance(lawful, agreed=facts.agreed), max(NOTHING, facts.agreed - lawful.severance)

    def _severance_facts(self) -> SeveranceFacts:
        facts = self.facts
        before = add_months(first_of_month(facts.last_day), -1)
        return SeveranceFacts(
            ground=facts.ground,
            hire_date=facts.hire_date,
            last_day=facts.last_day,
            average=wages.average_of(self.months_counted) if facts.has_severance else Fraction(0),
            city_avg_wage=self.average_row.monthly,
            min_wage=self.minimum_row.monthly if facts.has_severance else NOTHING,
            last_month_wage=self.pay.of(before) or facts.monthly_wage,
            pay_in_lieu=facts.has_pay_in_lieu,
            unlawful=facts.unlawful,
            prior_segments=facts.prior_segments,
            renewal_refused_same_or_better=facts.renewal_refused,
            segmentation=severance.CONTINUOUS
            if self.basis and self.basis.old_service == "through"
            else severance.SPLIT,
        )

    def _of_months(self, counted: Severance) -> Iterator[str]:
        wage, taken = self.facts.monthly_wage, counted.pay_in_lieu
        if wage and taken and is_unusual(taken, monthly_wage=wage):
            yield "W_LAST_MONTH_ABNORMAL"
        if wage and self.facts.has_severance:
            yield from self.pay.codes(monthly_wage=wage)
        if wage and self.facts.ground == "LCL40_1" and self.facts.medical_subsidy < LEAST_SUBSIDY_MONTHS * wage:
            yield "W_MEDICAL_SUBSIDY"

    def _of_file(self) -> Iterator[str]:
        if self.pay.has_expected:
            yield "I_EXPECTED_PAY"
        if not self.facts.is_employment:
            yield "W_OUT_OF_SCOPE"

    def _is_idle(self, line: Line) -> bool:
        """N, +1 and 2N that the ground does not give, and what would explain them."""
        explains = {"service_years", "average_wage", "minimum_wage", "cap"}
        return line.code in {"severance", "pay_in_lieu", "damages"} or (
            line.code in explains and not self.facts.has_severance
        )

    def _uncapped(self, known: SeveranceFacts, counted: Severance) -> list[Line]:
        """The cap is a cliff: one cent less pays by far more (LCL 47(2)), so both figures are shown."""
        if not counted.cap_applied:
            return []
        free = severance.severance(replace(known, city_avg_wage=known.city_avg_wage + yuan(known.average)))
        formula = next(line.formula for line in free.lines if line.code in {"severance", "damages"} and line.amount)
        return [Line(code="uncapped", formula=formula, article="LCL 47(2)")]

    def _doubts(self) -> list[str]:
        rows = [self.average_row, *([self.minimum_row] if self.facts.has_severance else [])]
        return [code for row in rows for code in doubts(row, as_of=self.facts.last_day)]

    def _with_row(self, line: Line) -> Line:
        if line.code == "average_wage":
            counted = self.months_counted
            formula = f"{money(sum(counted, NOTHING))} ÷ {len(counted)} = {line.formula}"
            return replace(line, formula=formula, row=self.basis.id if self.basis else "")
        if line.code in {"cap", "severance", "statutory_severance", "damages", "uncapped"}:
            return replace(line, row=self.average_row.id)
        if line.code == "severance_tax":
            return replace(line, row=f"{line.row}, {self.average_row.id}")
        return replace(line, row=self.minimum_row.id) if line.code == "minimum_wage" else line
