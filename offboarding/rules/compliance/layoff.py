"""Economic layoffs: thresholds in any rolling window, and the procedure they then need. LCL 41; LAY 4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ehr.lib.months import after_months
from offboarding.rules.compliance.codes import Verdict, verdict_of
from offboarding.rules.compliance.facts import ContractType, Employee
from offboarding.rules.compliance.lines import Line

THRESHOLD_COUNT = 20
THRESHOLD_TENTH = 10
BRIEFING_DAYS = 30
NEAR = Decimal("0.8")
LONG_TERM_MONTHS = 36
"""A fixed term above three years counts as a longer one: the company's own measure, the law names none."""
COUNTED = ("LCL36_EMPLOYER", "LCL40_3", "LCL41_")
LAYOFF = "LCL41_"


@dataclass(frozen=True, kw_only=True)
class LayoffRecord:
    entity: str
    ground: str
    effective_date: date
    count: int = 1
    is_draft: bool = False
    """Counts like any other; a layoff that nobody sent explains no agreements beside it."""

    @property
    def is_layoff(self) -> bool:
        return self.ground.startswith(LAYOFF)


@dataclass(frozen=True, kw_only=True)
class LayoffFacts:
    entity: str
    """The employing legal entity; neither group nor region."""
    headcount: int
    records: Sequence[LayoffRecord]
    briefing_date: date | None
    opinions_recorded: bool
    report_date: date | None
    window_days: int = 90
    asked: Sequence[date] | None = None
    """Days of the layoffs that are asked about, if not all: one that others plan meanwhile has its own procedure."""


@dataclass(frozen=True, kw_only=True)
class MassLayoff:
    count: int
    ratio: str
    threshold_hit: bool
    by: tuple[str, ...]
    earliest_effective_date: date | None
    verdict: Verdict
    codes: tuple[str, ...]
    advice: tuple[str, ...]
    lines: tuple[Line, ...]


def mass_layoff(facts: LayoffFacts) -> MassLayoff:
    records = [each for each in facts.records if each.entity == facts.entity and each.ground.startswith(COUNTED)]
    count = max((_in_window(records, each.effective_date, facts) for each in records), default=0)
    reached = reached_by(count, facts.headcount)
    codes = tuple(sorted(_codes(facts, records)))
    return MassLayoff(
        count=count,
        ratio=f"{(Decimal(100 * count) / facts.headcount).quantize(Decimal('0.01'), ROUND_HALF_UP)}%",
        threshold_hit=bool(reached),
        by=reached,
        earliest_effective_date=_earliest(facts),
        verdict=verdict_of(codes),
        codes=codes,
        advice=("I_NEAR_THRESHOLD",) if not reached and _is_near(count, facts.headcount) else (),
        lines=(Line(code="mass_layoff", formula=f"{count} ÷ {facts.headcount}", article="LCL 41"),),
    )


def reached_by(count: int, headcount: int) -> tuple[str, ...]:
    """'以上' includes the number itself (CC 1259)."""
    found = {"COUNT_20": count >= THRESHOLD_COUNT, "RATIO_10PCT": count > 0 and count * THRESHOLD_TENTH >= headcount}
    return tuple(name for name, holds in found.items() if holds)


def is_kept_first(employee: Employee) -> bool:
    """LCL 41(2): a longer term, an open-ended contract, or a family that lives on it. The plan says why all the same."""
    contract = employee.contract_in_force
    if contract is None:
        return employee.family_depends
    is_long = bool(contract.end and after_months(contract.start, LONG_TERM_MONTHS) <= contract.end)
    return employee.family_depends or is_long or contract.type is ContractType.OPEN


def _is_near(count: int, headcount: int) -> bool:
    return count >= NEAR * THRESHOLD_COUNT or count * THRESHOLD_TENTH >= NEAR * headcount


def _in_window(records: Sequence[LayoffRecord], last: date, facts: LayoffFacts) -> int:
    first = last - timedelta(days=facts.window_days - 1)
    return sum(each.count for each in records if first <= each.effective_date <= last)


def _codes(facts: LayoffFacts, records: Sequence[LayoffRecord]) -> set[str]:
    """Each window is judged by itself: a proper layoff in autumn does not heal agreements of the spring."""
    within = timedelta(days=facts.window_days - 1)
    hits = [
        each.effective_date
        for each in records
        if reached_by(_in_window(records, each.effective_date, facts), facts.headcount)
    ]
    layoffs = [each.effective_date for each in records if each.is_layoff]
    asked = layoffs if facts.asked is None else facts.asked
    found = _procedure(facts, asked) if asked else set()
    if any(not any(hit - within <= day <= hit for hit in hits) for day in asked):
        found.add("B_41_THRESHOLD_NOT_MET")
    sent = [each.effective_date for each in records if each.is_layoff and not each.is_draft]
    if any(not any(abs(hit - day) <= within for day in sent) for hit in hits):
        found.add("W_PATTERN_LAYOFF")
    return found


def _procedure(facts: LayoffFacts, layoffs: Sequence[date]) -> set[str]:
    first, earliest = min(layoffs), _earliest(facts)
    found = {
        "B_41_NO_BRIEFING": facts.briefing_date is None,
        "B_41_NOTICE_SHORT": earliest is not None and first < earliest,
        "B_41_NO_OPINIONS": not facts.opinions_recorded,
        "B_41_NO_REPORT": facts.report_date is None or facts.report_date >= first,
    }
    return {code for code, holds in found.items() if holds}


def _earliest(facts: LayoffFacts) -> date | None:
    return None if facts.briefing_date is None else facts.briefing_date + timedelta(days=BRIEFING_DAYS)
