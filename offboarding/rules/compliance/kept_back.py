"""What is taken off the last day's payment, and in which order. WPR 15, 16; CC 569. Nothing goes below zero."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from offboarding.rules.compliance.deductions import deduction_cap
from offboarding.rules.compliance.exit_facts import ExitFacts
from offboarding.rules.compliance.lines import Line, money
from offboarding.rules.compliance.payable import When, items_of, pay_line
from offboarding.rules.compliance.severance import NOTHING
from offboarding.rules.compliance.tables import MinimumWage


def kept_back(
    facts: ExitFacts, *, wage: Decimal, lines: Sequence[Line], minimum: MinimumWage | None
) -> tuple[list[Line], Decimal]:
    """The lines, and what of a loss or a price stays a claim. First what a court ordered; then a loss within its cap, for
    which the minimum wage is needed; then a price the employee agreed to set off."""
    kept: list[Line] = []
    left = facts.claim
    if facts.court_order:
        kept.append(_taken("court_order", facts.court_order, lines, article="WPR 15"))
    if minimum is not None:
        loss = _loss(facts, wage=wage, lines=[*lines, *kept], minimum=minimum)
        kept.append(loss)
        left += loss.amount or NOTHING
    if facts.assets and facts.assets_signed:
        set_off = _taken("asset_recovery", facts.assets, [*lines, *kept], article="CC 569")
        kept.append(set_off)
        left += set_off.amount or NOTHING
    return kept, left


def _loss(facts: ExitFacts, *, wage: Decimal, lines: Sequence[Line], minimum: MinimumWage) -> Line:
    cap = deduction_cap(month_wage=wage, loss=facts.capped_claim, min_wage=minimum.monthly)
    line = _taken("deduction", cap.max_deduction, lines, article="WPR 16")
    is_whole = line.amount == -cap.max_deduction
    return replace(line, formula=cap.lines[0].formula if is_whole else line.formula, row=minimum.id)


def _taken(code: str, wanted: Decimal, lines: Sequence[Line], *, article: str) -> Line:
    due = _left_on_the_last_day(lines)
    taken = min(wanted, due)
    formula = f"min({money(wanted)}, {money(due)}) = {money(taken)}"
    return Line(code=code, formula=formula, article=article, amount=-taken)


def _left_on_the_last_day(lines: Sequence[Line]) -> Decimal:
    """What there is to set off from: never severance, and never the tax that is kept back from the rest."""
    items = items_of([pay_line(line) for line in lines])
    return next((max(NOTHING, item.amount) for item in items if item.when is When.LAST_DAY), NOTHING)
