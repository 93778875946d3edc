"""What is due when after the last day: LCL 50; WPR 9; SIL 50. Calendar days, and a holiday moves nothing later."""

from dataclasses import dataclass
from datetime import date, timedelta

from ehr.lib.months import after_months

TRANSFER_DAYS = 15
UNEMPLOYMENT_TARGET_DAYS = 7
HOUSING_FUND_DAYS = 30
CONTRACT_YEARS = 2
WAGE_RECORD_YEARS = 2
"""Of the last record; each is kept for two years from its own day (WPR 6)."""
ARBITRATION_YEARS = 1


@dataclass(frozen=True, kw_only=True)
class ExitDeadlines:
    certificate_due: date
    wages_due: date
    transfer_due: date
    unemployment_list_target: date
    unemployment_list_due: date
    housing_fund_due: date
    contract_retention_until: date
    arbitration_window_until: date


def exit_deadlines(*, last_day: date) -> ExitDeadlines:
    """Certificate and wages wait for nothing; the agency's week of 失业保险条例 16 is kept as a target under SIL 50."""
    return ExitDeadlines(
        certificate_due=last_day,
        wages_due=last_day,
        transfer_due=last_day + timedelta(days=TRANSFER_DAYS),
        unemployment_list_target=last_day + timedelta(days=UNEMPLOYMENT_TARGET_DAYS),
        unemployment_list_due=last_day + timedelta(days=TRANSFER_DAYS),
        housing_fund_due=last_day + timedelta(days=HOUSING_FUND_DAYS),
        contract_retention_until=after_months(last_day, 12 * CONTRACT_YEARS),
        arbitration_window_until=after_months(last_day, 12 * ARBITRATION_YEARS),
    )


def severance_due(*, last_day: date, handover_completed: date | None, employer_delays: bool = False) -> date | None:
    """Severance alone may wait for the handover (LCL 50(2)), unless it is the employer who delays. None: not yet due."""
    if employer_delays:
        return last_day
    return None if handover_completed is None else max(last_day, handover_completed)
