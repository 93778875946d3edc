"""Which papers a ground needs before anybody decides: compliance 1.3; the burden of proof is the employer's (JI1 44).

'A|B' is satisfied by either, 'A+B' by both together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Papers = Mapping[str, date | None]
STALE_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Needs:
    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    """Opens what is closed without it; nobody lacks it."""
    order: tuple[tuple[str, str], ...] = ()
    """(earlier, later): a later paper that is not dated after the earlier one proves nothing."""


_AGREEMENT = Needs(must=("E_MUTUAL_AGREEMENT", "E_PROPOSER_RECORD"), should=("E_COOLING_RECORD", "E_AMOUNT_SHEET_ACK"))
_LAYOFF = (
    "E_LAYOFF_GROUND",
    "E_UNION_BRIEFING",
    "E_OPINIONS",
    "E_PLAN",
    "E_LABOUR_REPORT",
    "E_PRIORITY_RETENTION_REVIEW",
)
TRAINED = "E_TRAINING|E_TRANSFER"
CHOICE, SPECIAL_POST, DELAY = "E_FLEX_CHOICE", "E_SPECIAL_POST", "E_FLEX_DELAY"

NEEDS: dict[str, Needs] = {
    "LCL36_EMPLOYER": _AGREEMENT,
    "LCL36_EMPLOYEE": _AGREEMENT,
    "LCL37": Needs(must=("E_RESIGNATION_LETTER",), should=("E_EXIT_INTERVIEW",)),
    "LCL38": Needs(must=("E_EMPLOYEE_NOTICE_38",), should=("E_PAY_AND_INSURANCE_LEDGER",)),
    "LCL39_1": Needs(
        must=("E_RECRUIT_CRITERIA", "E_CRITERIA_ACK", "E_PROBATION_REVIEW", "E_REASON_STATEMENT"),
        should=("E_REVIEW_RESULT_ACK",),
    ),
    "LCL39_2": Needs(
        must=("E_RULEBOOK", "E_RULE_DEMOCRATIC", "E_RULE_PUBLICITY", "E_MISCONDUCT_FACTS"),
        should=("E_EMPLOYEE_STATEMENT", "E_PRIOR_WARNINGS", "E_PROPORTIONALITY_NOTE"),
        order=(("E_RULEBOOK", "E_MISCONDUCT_FACTS"), ("E_RULE_PUBLICITY", "E_MISCONDUCT_FACTS")),
    ),
    "LCL39_3": Needs(must=("E_DUTY_DEFINITION", "E_MISCONDUCT_FACTS", "E_LOSS_PROOF"), should=("E_LOSS_STANDARD",)),
    "LCL39_4": Needs(
        must=("E_DUAL_EMPLOYMENT_PROOF", "E_IMPACT_PROOF|E_CORRECTION_DEMAND+E_REFUSAL"),
        order=(("E_CORRECTION_DEMAND", "E_REFUSAL"),),
    ),
    "LCL39_5": Needs(must=("E_FRAUD_PROOF", "E_MATERIALITY"), should=("E_BACKGROUND_CHECK",)),
    "LCL39_6": Needs(must=("E_CRIMINAL_JUDGMENT",)),
    "LCL40_1": Needs(
        must=("E_MEDICAL_PERIOD_CALC", "E_ORIGINAL_JOB_UNABLE", "E_ALT_JOB_ARRANGED", "E_ALT_JOB_UNABLE"),
        should=("E_LABOUR_CAPACITY_APPRAISAL", "E_MEDICAL_PERIOD_NOTICE"),
    ),
    "LCL40_2": Needs(
        must=("E_JOB_STANDARD", "E_APPRAISAL_1", TRAINED, "E_APPRAISAL_2"),
        should=("E_RESULT_ACK",),
        order=(("E_APPRAISAL_1", TRAINED), (TRAINED, "E_APPRAISAL_2"), ("E_APPRAISAL_1", "E_APPRAISAL_2")),
    ),
    "LCL40_3": Needs(
        must=("E_OBJECTIVE_CHANGE", "E_CONTRACT_IMPOSSIBLE", "E_NEGOTIATION_RECORD"), should=("E_BOARD_DECISION",)
    ),
    **{f"LCL41_{item}": Needs(must=_LAYOFF, should=("E_FINANCIAL_STATEMENTS",)) for item in (1, 2, 4)},
    "LCL41_3": Needs(must=(*_LAYOFF, "E_CONTRACT_VARIATION"), should=("E_FINANCIAL_STATEMENTS",)),
    "LCL44_1": Needs(must=("E_CONTRACT", "E_EXPIRY_NOTICE"), should=("E_RENEWAL_OFFER", "E_RENEWAL_REFUSAL")),
    "LCL44_2": Needs(must=("E_PENSION_PROOF",)),
    "LCL44_3": Needs(must=("E_DEATH_CERTIFICATE",)),
    "LCL44_4": Needs(must=("E_BANKRUPTCY_RULING",)),
    "LCL44_5": Needs(must=("E_DISSOLUTION",)),
    "RETIRE": Needs(may=(CHOICE, SPECIAL_POST, DELAY)),
}
NOT_CRIMINAL = frozenset({"E_ADMINISTRATIVE_DETENTION", "E_CRIMINAL_DETENTION"})


def missing(ground: str, papers: Papers, *, bounds: Mapping[str, tuple[date, date]] | None = None) -> list[str]:
    """What must be there and is not, or is of the wrong day. Bounds: the days a paper must lie within."""
    usable = _usable(ground, papers, bounds or {})
    return [need for need in _needs(ground).must if not _is_met(need, usable)]


def checklist(ground: str) -> list[tuple[str, bool]]:
    """Every line with whether it must be there; the others only help."""
    needs = _needs(ground)
    return [*((need, True) for need in needs.must), *((need, False) for need in (*needs.should, *needs.may))]


def advised(ground: str, papers: Papers) -> list[str]:
    return [need for need in _needs(ground).should if not _is_met(need, set(papers))]


def not_used(ground: str, papers: Papers) -> list[str]:
    """What would open another day, of those that nobody lacks."""
    return [need for need in _needs(ground).may if need not in papers]


def has_to_follow(ground: str, need: str) -> list[str]:
    """What this paper has to be dated after."""
    return [earlier for earlier, later in _needs(ground).order if later == need]


def is_not_criminal(ground: str, papers: Papers) -> bool:
    """Detained, but no court has spoken (LCL 39(6))."""
    return ground == "LCL39_6" and bool(NOT_CRIMINAL & set(papers)) and "E_CRIMINAL_JUDGMENT" not in papers


def is_stale(*, known: date | None, notice: date) -> bool:
    """Misconduct that was known for long and let pass; the days are the company's own rule."""
    return known is not None and notice - known > timedelta(days=STALE_DAYS)


def _needs(ground: str) -> Needs:
    return NEEDS.get(ground, Needs())


def _is_met(need: str, papers: set[str]) -> bool:
    return any(papers.issuperset(choice.split("+")) for choice in need.split("|"))


def _usable(ground: str, papers: Papers, bounds: Mapping[str, tuple[date, date]]) -> set[str]:
    usable = {paper for paper, day in papers.items() if day is None or _lies_within(day, bounds.get(paper))}
    for earlier, later in _needs(ground).order:
        usable -= set(_too_early(earlier, later, {paper: papers[paper] for paper in usable}))
    return usable


def _lies_within(day: date, bound: tuple[date, date] | None) -> bool:
    return bound is None or bound[0] <= day <= bound[1]


def _too_early(earlier: str, later: str, papers: Papers) -> Iterator[str]:
    before = [day for paper in earlier.split("|") if (day := papers.get(paper)) is not None]
    for paper in later.split("|"):
        day = papers.get(paper)
        if before and day is not None and day <= min(before):
            yield paper
