"""Years of service for severance: LCL 47(1), REG 10, 27; CC 202, 1259. Both the first and the last day count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ehr.lib.months import after_months, full_months
from offboarding.rules.compliance.lines import Line, years

ONE_DAY = timedelta(days=1)
NONE, HALF, WHOLE = Decimal("0.0"), Decimal("0.5"), Decimal("1.0")
NOT_THE_EMPLOYEES_CAUSE = "NON_EMPLOYEE_CAUSE"


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Service with an earlier employer of the group."""

    start: date
    end: date
    reason: str
    compensated: bool


@dataclass(frozen=True, kw_only=True)
class ServiceYears:
    effective_start: date
    full_years: int
    comp_years: Decimal
    codes: tuple[str, ...]
    lines: tuple[Line, ...]


def service_years(*, hire_date: date, last_day: date, prior_segments: Sequence[Segment] = ()) -> ServiceYears:
    start, codes = merged_start(hire_date=hire_date, prior_segments=prior_segments)
    counted = years_of(start=start, last_day=last_day)
    if is_on_the_edge(start=start, last_day=last_day):
        codes.add("W_BOUNDARY_1DAY")
    return ServiceYears(
        effective_start=start,
        full_years=full_months(start, last_day + ONE_DAY) // 12,
        comp_years=counted,
        codes=tuple(sorted(codes)),
        lines=(line_of(start=start, last_day=last_day, counted=counted),),
    )


def years_of(*, start: date, last_day: date) -> Decimal:
    """Full years; six months and more add one, less adds a half."""
    end = last_day + ONE_DAY
    full, months = divmod(full_months(start, end), 12)
    if months >= 6:
        return full + WHOLE
    return full + (HALF if after_months(start, 12 * full) < end else NONE)


def is_on_the_edge(*, start: date, last_day: date) -> bool:
    """One day more or less would change the years."""
    counted = years_of(start=start, last_day=last_day)
    return any(years_of(start=start, last_day=last_day + step) != counted for step in (ONE_DAY, -ONE_DAY))


def merged_start(*, hire_date: date, prior_segments: Sequence[Segment]) -> tuple[date, set[str]]:
    """Where severance counts from, and what a person has to look at. Paid years are gone; a gap is for people to judge."""
    start = _back(hire_date, [segment for segment in prior_segments if not segment.compensated])
    codes, next_start = set(), hire_date
    for segment in _latest_first(prior_segments):
        if segment.compensated:
            codes.add("W_PRIOR_SEVERANCE_PAID")
        if segment.end + ONE_DAY != next_start:
            codes.add("W_NON_CONTIGUOUS_SERVICE")
        next_start = segment.start
    return start, codes


def joined_start(*, hire_date: date, prior_segments: Sequence[Segment]) -> date:
    """Where service counts from for LCL 14 and 42(5) and for leave: years that were paid off count there all the same."""
    return _back(hire_date, prior_segments)


def _back(start: date, segments: Sequence[Segment]) -> date:
    """Over every segment that joins without a gap and was not of the employee's making (REG 10)."""
    for segment in _latest_first(segments):
        if segment.end + ONE_DAY != start or segment.reason != NOT_THE_EMPLOYEES_CAUSE:
            return start
        start = segment.start
    return start


def _latest_first(segments: Sequence[Segment]) -> list[Segment]:
    return sorted(segments, key=lambda segment: segment.start, reverse=True)


def line_of(*, start: date, last_day: date, counted: Decimal) -> Line:
    full, months = divmod(full_months(start, last_day + ONE_DAY), 12)
    formula = f"{start} – {last_day}: {full} × 12 + {months} → {years(counted)}"
    return Line(code="service_years", formula=formula, article="LCL 47(1)")
