"""One-line mistakes in the law's rules. Each has to turn a test red: a test that could not fail would prove nothing."""

from dataclasses import dataclass

RULES = "offboarding/rules"
LAW = f"{RULES}/compliance"

CATCHERS = {
    "grounds": "ground_table",
    "probation": "probation",
    "evidence": "evidence",
    "protection": "protection",
    "union": "union_and_notice",
    "notice": "union_and_notice",
    "dates": "union_and_notice",
    "open_ended": "union_and_notice",
    "ground_check": "union_and_notice",
    "service": "service",
    "wages": "severance",
    "severance": "severance",
    "tax": "tax",
    "leave": "last_pay",
    "final_wage": "last_pay",
    "deductions": "last_pay",
    "double_wage": "last_pay",
    "days": "days",
    "layoff": "layoff",
    "retirement": "afterwards",
    "retiring": "retiring",
    "medical": "afterwards",
    "deadlines": "afterwards",
    "non_compete": "afterwards",
    "tables": "tables",
    "rows": "tables",
    "codes": "tables",
    "delivery": "delivery",
}
"""Module of the rules → the test file that was written for it."""


@dataclass(frozen=True)
class Change:
    name: str
    path: str
    old: str
    new: str
    caught_by: str


def _change(name: str, module: str, old: str, new: str, caught_by: str = "") -> Change:
    folder = RULES if module in ("grounds", "dates") else LAW
    return Change(name, f"{folder}/{module}.py", old, new, f"test_{caught_by or CATCHERS[module]}.py")


CHANGES = [
    # grounds
    _change("39-pays-n", "grounds", "EMPLOYER, union_notice=True)", "EMPLOYER, union_notice=True, severance=True)"),
    _change("38-pays-nothing", "grounds", "Actor.EMPLOYEE, severance=True", "Actor.EMPLOYEE"),
    _change("41-allows-pay-in-lieu", "grounds", "notice=NOTICE_ONLY,", "notice=NOTICE_OR_PAY,"),
    _change("40-is-not-barred", "grounds", "OR_PAY,\n        barred_when_protected=True", "OR_PAY"),
    _change("40-2-has-no-old-ceiling", "grounds", "replace(_with_notice(2), most_years_before_2008=12)", "_with_notice(2)", "severance"),
    # probation
    _change("probation-limit-exclusive", "probation", "if term >= least", "if term > least"),
    _change("probation-by-the-inclusive-end", "probation", "contract.end + ONE_DAY", "contract.end"),
    _change("probation-last-day-is-outside", "probation", "probation.start <= on <= min", "probation.start <= on < min"),
    _change("agreed-probation", "probation", "min(probation.end, legal_end(probation, contract))", "probation.end"),
    _change("probation-restriction-forgotten", "probation", "if is_inside and", "if False and"),
    # evidence
    _change("either-needs-both", "evidence", 'return any(papers.issuperset', 'return all(papers.issuperset'),
    _change("order-of-papers-is-ignored", "evidence", "usable -= set(_too_early(", "set() and set(_too_early("),
    _change("same-day-is-later", "evidence", "day <= min(before)", "day < min(before)"),
    _change("ninety-first-day-is-fresh", "evidence", "STALE_DAYS = 90", "STALE_DAYS = 91"),
    _change("detention-is-criminal", "evidence", 'ground == "LCL39_6" and bool(', 'ground == "LCL39_5" and bool('),
    # protection
    _change("exam-does-not-cure", "protection", "employee.hazard_exposure and not employee.exit_exam_done", "employee.hazard_exposure"),
    _change("medical-period-exclusive", "protection", "employee.medical_period_end >= last_day", "employee.medical_period_end > last_day"),
    _change("five-years-inclusive", "protection", "tables=tables).retire_date < limit", "tables=tables).retire_date <= limit"),
    _change("fifteen-years-by-a-day", "protection", "LONG_SERVICE_MONTHS) <= last_day + ONE_DAY", "LONG_SERVICE_MONTHS) <= last_day"),
    _change("all-categories-must-protect", "protection", "return any(\n        retirement(", "return all(\n        retirement("),
    _change("grade-seven-is-extended", "protection", "EXPIRY_ALLOWED = range(7, 11)", "EXPIRY_ALLOWED = range(8, 11)"),
    _change("grade-four-may-ask", "protection", "PARTLY_DISABLED = range(5, 7)", "PARTLY_DISABLED = range(4, 7)"),
    _change("39-is-barred", "protection", "if ground.barred_when_protected:", "if ground.union_notice or ground.barred_when_protected:"),
    _change("paid-service-does-not-protect", "protection", "employee.prior_segments)\n    return", "())\n    return"),
    # union, notice, open-ended
    _change("union-told-later", "union", "facts.union_notice_date > facts.notice_date", "False"),
    _change("notice-of-29-days", "dates", "NOTICE_DAYS = 30\n", "NOTICE_DAYS = 29\n"),
    _change("consent-not-asked", "notice", "and not facts.employee_signed", "and False"),
    _change("ten-years-by-a-day", "open_ended", "TEN_YEARS) <= facts.last_day + ONE_DAY", "TEN_YEARS) <= facts.last_day"),
    _change("third-term", "open_ended", "SECOND_TERM = 2", "SECOND_TERM = 3"),
    _change("every-place-as-shanghai", "open_ended", "city=facts.city", 'city="上海"'),
    _change("term-ends-early", "ground_check", "facts.last_day < contract.end", "facts.last_day < contract.start"),
    _change("last-day-of-the-term-is-early", "ground_check", "facts.last_day < contract.end", "facts.last_day <= contract.end"),
    _change("task-runs-out", "ground_check", "type is not ContractType.FIXED", "type is ContractType.OPEN"),
    _change("any-contract-is-for-a-task", "ground_check", "type is not ContractType.TASK", "type is ContractType.OPEN"),
    # service
    _change("last-day-not-counted", "service", "end = last_day + ONE_DAY", "end = last_day"),
    _change("six-months-excluded", "service", "if months >= 6:", "if months > 6:"),
    _change("gap-joins", "service", "if segment.end + ONE_DAY != start or", "if"),
    _change("paid-years-count", "service", "for segment in prior_segments if not segment.compensated]", "for segment in prior_segments]"),
    # severance
    _change("agreed-less-is-not-told", "severance", "W_BELOW_STATUTORY", "W_TAX_SCOPE"),
    _change("agreed-less-is-not-paid", "severance", "severance=yuan(agreed),", "severance=lawful.severance,"),
    _change("cap-at-exactly-three-times", "wages", "return self.floored > self.cap", "return self.floored >= self.cap"),
    _change("floor-over-the-minimum", "wages", "return self.average < self.floor", "return self.average <= self.floor"),
    _change("window-forgets-the-finished-month", "wages", "if last_day == last_of_month(last_day) else", "if False else"),
    _change("twelve-years-for-everybody", "severance", "min(new, MOST_YEARS) if base.is_capped else new", "min(new, MOST_YEARS)"),
    _change("old-years-are-capped", "severance", "base.floored * Fraction(counted.old)", "base.applied * Fraction(counted.old)"),
    _change("old-part-year-is-dropped", "severance", "Decimal(full + has_rest)", "Decimal(full)"),
    _change("damages-are-split", "severance", "start < LAW_IN_FORCE and not facts.unlawful", "start < LAW_IN_FORCE"),
    _change("damages-are-n", "severance", "amount = 2 * base.applied", "amount = 1 * base.applied"),
    _change("2n-beside-n", "severance", "is_due = is_payable(facts) and not facts.unlawful", "is_due = is_payable(facts)"),
    _change("2n-beside-plus-one", "severance", "allows_pay_in_lieu and not facts.unlawful", "allows_pay_in_lieu"),
    _change("refusal-frees-every-ground", "severance", 'facts.ground == "LCL44_1" and facts.renewal', "facts.renewal"),
    _change("rounding-is-not-told", "lines", "if yuan(amount) == amount else", "if True else", "severance"),
    # tax, leave, wages
    _change("band-end-excluded", "tax", "taxable <= band.up_to", "taxable < band.up_to"),
    _change("twice-is-exempt", "tax", "EXEMPT_TIMES = 3", "EXEMPT_TIMES = 2"),
    _change("no-quick-deduction", "tax", " / 100 - band.quick_deduction)", " / 100)"),
    _change("leave-floored-before-use", "leave", "(earned - Fraction(used_days)).__floor__()", "earned.__floor__() - used_days.__ceil__()"),
    _change("leave-is-clawed-back", "leave", "days = max(0, ", "days = int("),
    _change("leap-year-by-366", "leave", "DAYS_OF_A_YEAR = 365", "DAYS_OF_A_YEAR = 366"),
    _change("leave-at-three-times-extra", "leave", "EXTRA_TIMES, ALL_TIMES = 2, 3", "EXTRA_TIMES, ALL_TIMES = 3, 3"),
    _change("whole-month-is-multiplied", "final_wage", "if is_whole or days is None", "if days is None"),
    _change("swapped-days-are-paid", "days", "not (year and day in year.swapped_off)", "True", "last_pay"),
    _change("make-up-days-are-off", "days", "return day in year.make_up or", "return False or"),
    _change("day-of-the-trigger-in-utc", "days", "trigger.astimezone(SHANGHAI).date()", "trigger.date()"),
    _change("deduction-below-the-minimum", "deductions", "share, Fraction(month_wage) - Fraction(min_wage)", "share, Fraction(month_wage)"),
    _change("double-wage-from-the-first-day", "double_wage", "start = after_months(hire_date, 1)", "start = hire_date"),
    _change("double-wage-for-ever", "double_wage", "ends = [after_months(hire_date, 12) - ONE_DAY, last_day]", "ends = [last_day]"),
    _change("double-wage-of-more-than-eleven", "double_wage", "MOST_MONTHS = 11", "MOST_MONTHS = 12"),
    # layoffs
    _change("threshold-of-21", "layoff", "count >= THRESHOLD_COUNT,", "count > THRESHOLD_COUNT,"),
    _change("ratio-excludes-a-tenth", "layoff", "count * THRESHOLD_TENTH >= headcount}", "count * THRESHOLD_TENTH > headcount}"),
    _change("window-of-91-days", "layoff", "days=facts.window_days - 1)\n    return", "days=facts.window_days)\n    return"),
    _change("other-companies-count", "layoff", "each.entity == facts.entity and", ""),
    _change("resignations-count", "layoff", 'COUNTED = ("LCL36_EMPLOYER",', 'COUNTED = ("LCL36_EMPLOYER", "LCL37",'),
    _change("report-on-the-day", "layoff", "facts.report_date >= first", "facts.report_date > first"),
    _change("briefing-day-counts", "layoff", "BRIEFING_DAYS = 30", "BRIEFING_DAYS = 31"),
    _change("pattern-is-not-seen", "layoff", 'found.add("W_PATTERN_LAYOFF")', "pass"),
    # delivery
    _change("public-notice-at-once", "delivery", "PUBLIC_NOTICE_DAYS = 30", "PUBLIC_NOTICE_DAYS = 0"),
    _change("one-way-is-enough", "delivery", "wanted = 2 if", "wanted = 1 if"),
    _change("said-is-proven", "delivery", "if not self._is_shown or not", "if not"),
    _change("returned-from-anywhere", "delivery", "(REFUSED, RETURNED) and self.is_agreed", "(REFUSED, RETURNED)"),
    _change("newspaper-at-once", "delivery", "if service.has_failed and service.proofs", ""),
    # afterwards
    _change("choice-is-four-years", "retiring", "MOST_MONTHS = 36", "MOST_MONTHS = 48"),
    _change("choice-below-the-old-age", "retiring", "max(first, add_months(of_age, -MOST_MONTHS))", "add_months(of_age, -MOST_MONTHS)"),
    _change("choice-a-day-late", "retiring", "facts.last_day < add_months(chosen", "facts.last_day <= add_months(chosen"),
    _change("choice-two-months-ahead", "retiring", "CHOICE_MONTHS = 3", "CHOICE_MONTHS = 2"),
    _change("choice-of-no-day-counts", "retiring", "chosen is None or facts.last_day <", "chosen is not None and facts.last_day <"),
    _change("any-paper-is-a-choice", "retiring", "if CHOICE not in facts.evidence:", "if not facts.evidence:"),
    _change("special-post-has-one-age", "retiring", "True: 55, False: 45", "True: 55, False: 55"),
    _change("special-post-has-no-age", "retiring", "12 * age))", "0))"),
    _change("delay-a-day-late", "retiring", "agreed > add_months(of_age", "agreed >= add_months(of_age"),
    _change("delay-for-a-month-less", "retiring", "> add_months(month, MOST_MONTHS)", ">= add_months(month, MOST_MONTHS)"),
    _change("retires-after-the-month", "retiring", "month >= first_of_month(min(of_age))", "month > first_of_month(min(of_age))"),
    _change("retirement-step-late", "retirement", "late // row.step + 1)", "late // row.step)"),
    _change("medical-by-company-alone", "medical", "total_work_years >= row.total_from and", ""),
    _change("transfer-in-16-days", "deadlines", "TRANSFER_DAYS = 15", "TRANSFER_DAYS = 16"),
    _change("contract-kept-one-year", "deadlines", "CONTRACT_YEARS = 2", "CONTRACT_YEARS = 1"),
    _change("non-compete-of-three-years", "non_compete", "MOST_MONTHS = 24", "MOST_MONTHS = 36"),
    _change("half-from-a-year-on", "non_compete", "if months > LONG_TERM_MONTHS", "if months >= LONG_TERM_MONTHS"),
    _change("release-is-free", "non_compete", "return ran + MONTHS_FOR_A_RELEASE, MONTHS_FOR_A_RELEASE", "return ran, 0"),
    _change("social-insurance-figure-is-used", "tables", "if row.calibre != UNUSABLE_FOR_SEVERANCE", "if row"),
    _change("figure-of-tomorrow", "rows", "row.effective_from <= as_of]", "row.effective_from.year <= as_of.year]"),
    _change("consent-may-be-overridden", "codes", 'frozenset({"B_NO_CONSENT"})', "frozenset()"),
]  # fmt: skip
