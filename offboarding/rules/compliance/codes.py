"""Every code the law's rules can give: where it stops, and the article it stands on. Words are made at the edge."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Gate(StrEnum):
    SUBMIT = "submit"
    ISSUE = "issue"
    EFFECT = "effect"


class Verdict(StrEnum):
    PASS = "PASS"  # noqa: S105 - a word of the contract, not a secret
    WARN = "WARN"
    BLOCK = "BLOCK"


@dataclass(frozen=True, kw_only=True)
class Code:
    article: str
    gate: Gate | None = None


def _submit(article: str) -> Code:
    return Code(article=article, gate=Gate.SUBMIT)


def _issue(article: str) -> Code:
    return Code(article=article, gate=Gate.ISSUE)


def _effect(article: str) -> Code:
    return Code(article=article, gate=Gate.EFFECT)


def _money(article: str) -> Code:
    return Code(article=article)


CODES: dict[str, Code] = {
    # the ground
    "W_OUT_OF_SCOPE": _submit("LCL 68-72, 58, 65"),
    "B_GROUND_NOT_LEGAL": _submit("REG 18, 19"),
    "B_REASON_MISSING": _submit("LCL 39, 40"),
    "B_DISCRIMINATION": _submit("妇女权益保障法 48, 就业促进法 3"),
    "B_RETALIATION": _submit("TUL 53"),
    "B_NOT_CRIMINAL": _submit("LCL 39(6)"),
    "W_40_3_SELF_MADE_CHANGE": _submit("LCL 40(3)"),
    "W_STALE_MISCONDUCT": _submit("LCL 39(2)"),
    "B_OPEN_ENDED_DUE": _submit("LCL 14(2)"),
    "W_OPEN_ENDED_DUE": _submit("LCL 14(2)"),
    # who is protected
    **{f"B_PROTECTED_42_{item}": _submit(f"LCL 42({item})") for item in range(1, 7)},
    "B_PROTECTED_42": _submit("LCL 42"),
    "W_PROTECTED": _submit("LCL 42"),
    "W_PROTECTED_36": _submit("LCL 36, 42"),
    "W_PROTECTED_39": _submit("LCL 39, 42"),
    "B_EXTEND_45": _submit("LCL 45"),
    "B_OHC_EXIT_EXAM": _submit("职业病防治法 35(2), 55(2)"),
    "W_OHC_EXIT_EXAM": _submit("职业病防治法 35(2), 55(2)"),
    "W_RETIRE_CATEGORY_UNKNOWN": _submit("LCL 42(5)"),
    "B_RETIRE_TOO_EARLY": _submit("RET, FLEX"),
    "B_FLEX_NOTICE_SHORT": _submit("FLEX"),
    "W_FLEX_DELAY_LATE": _submit("FLEX"),
    "W_FLEX_DELAY_TOO_LONG": _submit("FLEX"),
    # probation and proof
    "W_PROBATION_ILLEGAL_LENGTH": _submit("LCL 19, 83"),
    "B_PROBATION_EXPIRED": _submit("LCL 39(1)"),
    "B_PROBATION_RESTRICTED_21": _submit("LCL 21"),
    "B_MISSING_EVIDENCE": _submit("JI1 44"),
    "W_MISSING_EVIDENCE": _submit("JI1 44"),
    # union, notice, consent
    "B_NO_UNION_NOTICE": _issue("LCL 43"),
    "W_NO_UNION_ENTERPRISE": _issue("LCL 43"),
    "B_UNION_UNANSWERED": _issue("LCL 43"),
    "B_NOTICE_SHORT": _effect("LCL 40"),
    "B_NO_CONSENT": _effect("LCL 36"),
    "B_NO_SERVICE_PROOF": _effect("CC 137"),
    "W_WEAK_PROOF": _effect("CC 137"),
    # layoffs
    "B_41_THRESHOLD_NOT_MET": _submit("LCL 41"),
    "B_41_NO_BRIEFING": _submit("LCL 41"),
    "B_41_NO_OPINIONS": _issue("LCL 41"),
    "B_41_NO_REPORT": _issue("LCL 41, LAY 4"),
    "B_41_NOTICE_SHORT": _effect("LCL 41"),
    "W_PATTERN_LAYOFF": _submit("LCL 41"),
    "I_NEAR_THRESHOLD": _submit("LCL 41"),
    "W_PRIORITY_RETENTION": _submit("LCL 41(2)"),
    # money
    "I_CAP_3X": _money("LCL 47(2)"),
    "I_EXPECTED_PAY": _money("LCL 47(3)"),
    "I_MIN_WAGE_FLOOR": _money("REG 27"),
    "I_SPLIT_2008": _money("LCL 97(3)"),
    "W_UNLAWFUL_2N": _money("LCL 48, 87, REG 25"),
    "W_PRIOR_SEVERANCE_PAID": _money("REG 10"),
    "W_NON_CONTIGUOUS_SERVICE": _money("REG 10"),
    "W_BOUNDARY_1DAY": _money("LCL 47(1)"),
    "W_PRE2008_38": _money("LCL 97(3)"),
    "W_BELOW_STATUTORY": _money("LCL 47, JI1 35"),
    "W_LAST_MONTH_ABNORMAL": _money("REG 20"),
    "W_ABNORMAL_MONTHS": _money("LCL 47(3)"),
    "W_TWO_ANNUAL_BONUSES": _money("LCL 47(3)"),
    "W_MEDICAL_SUBSIDY": _money("LCL 40(1)"),
    "W_WORK_INJURY_LUMP": _money("REG 23, WII 36, 37"),
    "W_LIMITATION": _money("调解仲裁法 27"),
    "W_TAX_SCOPE": _money("TAX164 5(1)"),
    "W_TAX_EXPIRY": _money("TAX164 5(1)"),
    "W_NON_RESIDENT": _money("TAX164 5(1)"),
    # figures
    "B_REF_MISSING": _money("LCL 47(2)"),
    "W_REF_STALE": _money("LCL 47(2)"),
    "W_REF_PROVISIONAL_YEAR": _money("LCL 47(2)"),
    # afterwards
    "B_NC_INELIGIBLE": _money("LCL 24(1), JI2 13"),
    "B_NC_NO_AVERAGE": _money("JI1 36"),
    "B_NC_NO_MINIMUM": _money("JI1 36"),
    "W_NC_NO_AVERAGE": _money("JI1 36"),
    "W_NC_NO_MINIMUM": _money("JI1 36"),
    "W_NC_OVER_24M": _money("LCL 24(2)"),
    "W_NC_BELOW_30PCT": _money("JI1 36"),
    "W_NC_BELOW_GUIDELINE": _money("NC"),
    "I_NC_NO_AGREED_COMP": _money("JI1 36"),
    "W_NC_PENALTY_HIGH": _money("NC"),
}

NEVER_OVERRIDDEN = frozenset({"B_NO_CONSENT"})
"""An agreement nobody signed is none: no reviewer can change that."""


def code_of(text: str) -> Code:
    """'B_MISSING_EVIDENCE:E_RULEBOOK' is a code with its parameter."""
    return CODES[text.partition(":")[0]]


def may_be_overridden(text: str) -> bool:
    return text.startswith("B_") and text not in NEVER_OVERRIDDEN


def verdict_of(codes: Iterable[str]) -> Verdict:
    first = {code[:2] for code in codes}
    if "B_" in first:
        return Verdict.BLOCK
    return Verdict.WARN if "W_" in first else Verdict.PASS
