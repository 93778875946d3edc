"""Compliance 1.3: the papers of each ground, their order and their days. JI1 44."""

from dataclasses import replace
from datetime import date

import pytest

from offboarding.rules.compliance import evidence
from tests.offboarding.rules.compliance.cases import NEWCOMER, NOTICE, PERSON, check, papers_of

LAYOFF = [
    "E_LAYOFF_GROUND",
    "E_UNION_BRIEFING",
    "E_OPINIONS",
    "E_PLAN",
    "E_LABOUR_REPORT",
    "E_PRIORITY_RETENTION_REVIEW",
]

MUST = {
    "LCL36_EMPLOYER": ["E_MUTUAL_AGREEMENT", "E_PROPOSER_RECORD"],  # JI1 35
    "LCL36_EMPLOYEE": ["E_MUTUAL_AGREEMENT", "E_PROPOSER_RECORD"],
    "LCL37": ["E_RESIGNATION_LETTER"],  # LCL 37
    "LCL38": ["E_EMPLOYEE_NOTICE_38"],  # LCL 38
    "LCL39_1": ["E_RECRUIT_CRITERIA", "E_CRITERIA_ACK", "E_PROBATION_REVIEW", "E_REASON_STATEMENT"],  # LCL 21, 39(1)
    "LCL39_2": ["E_RULEBOOK", "E_RULE_DEMOCRATIC", "E_RULE_PUBLICITY", "E_MISCONDUCT_FACTS"],  # LCL 4, JI1 50
    "LCL39_3": ["E_DUTY_DEFINITION", "E_MISCONDUCT_FACTS", "E_LOSS_PROOF"],
    "LCL39_4": ["E_DUAL_EMPLOYMENT_PROOF", "E_IMPACT_PROOF|E_CORRECTION_DEMAND+E_REFUSAL"],
    "LCL39_5": ["E_FRAUD_PROOF", "E_MATERIALITY"],  # LCL 26(1)(1)
    "LCL39_6": ["E_CRIMINAL_JUDGMENT"],
    "LCL40_1": ["E_MEDICAL_PERIOD_CALC", "E_ORIGINAL_JOB_UNABLE", "E_ALT_JOB_ARRANGED", "E_ALT_JOB_UNABLE"],
    "LCL40_2": ["E_JOB_STANDARD", "E_APPRAISAL_1", "E_TRAINING|E_TRANSFER", "E_APPRAISAL_2"],
    "LCL40_3": ["E_OBJECTIVE_CHANGE", "E_CONTRACT_IMPOSSIBLE", "E_NEGOTIATION_RECORD"],
    "LCL41_1": LAYOFF,  # LAY 4
    "LCL41_2": LAYOFF,
    "LCL41_3": [*LAYOFF, "E_CONTRACT_VARIATION"],
    "LCL41_4": LAYOFF,
    "LCL44_1": ["E_CONTRACT", "E_EXPIRY_NOTICE"],
    "LCL44_2": ["E_PENSION_PROOF"],  # LCL 44(2)
    "LCL44_3": ["E_DEATH_CERTIFICATE"],  # LCL 44(3); CC 40, 46
    "LCL44_4": ["E_BANKRUPTCY_RULING"],  # LCL 44(4)
    "LCL44_5": ["E_DISSOLUTION"],  # LCL 44(5)
}


@pytest.mark.parametrize("ground", MUST)
def test_an_empty_file_lacks_every_paper(ground):
    assert evidence.missing(ground, {}) == MUST[ground]


@pytest.mark.parametrize("ground", MUST)
def test_a_full_file_lacks_none(ground):
    assert evidence.missing(ground, papers_of(ground)) == []


@pytest.mark.parametrize(("ground", "need"), [(ground, need) for ground, needs in MUST.items() for need in needs])
def test_each_paper_is_missed_by_itself(ground, need):
    gone = need.replace("+", "|").split("|")
    rest = {paper: day for paper, day in papers_of(ground).items() if paper not in gone}

    assert evidence.missing(ground, rest) == [need]


@pytest.mark.parametrize(
    "ground",
    ["LCL36_EMPLOYER", "LCL36_EMPLOYEE", "LCL39_2", "LCL39_3", "LCL39_5", "LCL39_6", "LCL40_1", "LCL40_2", "LCL40_3"],
)
def test_a_missing_paper_blocks(ground):
    """Compliance 9.1: these grounds, and 39(1), which needs probation as well."""
    assert check(ground, evidence={}).codes == tuple(sorted(f"B_MISSING_EVIDENCE:{need}" for need in MUST[ground]))


@pytest.mark.parametrize(
    "ground", ["LCL37", "LCL38", "LCL39_4", "LCL44_1", "LCL44_2", "LCL44_3", "LCL44_4", "LCL44_5", "LCL41_1"]
)
def test_of_other_grounds_missing_papers_are_listed(ground):
    answer = check(ground, evidence={})

    assert answer.missing_evidence == tuple(MUST[ground])
    assert not [code for code in answer.codes if code.startswith("B_MISSING")]


@pytest.mark.parametrize(
    ("papers", "missing"),
    [
        ({"E_DUAL_EMPLOYMENT_PROOF", "E_IMPACT_PROOF"}, []),
        ({"E_DUAL_EMPLOYMENT_PROOF", "E_CORRECTION_DEMAND", "E_REFUSAL"}, []),
        (
            {"E_DUAL_EMPLOYMENT_PROOF", "E_REFUSAL"},
            ["E_IMPACT_PROOF|E_CORRECTION_DEMAND+E_REFUSAL"],
        ),
    ],
)
def test_a_second_job_needs_its_harm_or_a_demand_and_a_refusal(papers, missing):
    """LCL 39(4)."""
    assert evidence.missing("LCL39_4", dict.fromkeys(papers)) == missing


def dated(**days: str) -> dict:
    return {name: date.fromisoformat(day) for name, day in days.items()}


@pytest.mark.parametrize(
    ("ground", "days", "missing"),
    [
        (
            "LCL40_2",
            {"E_APPRAISAL_1": "2026-03-01", "E_TRAINING": "2026-04-01", "E_APPRAISAL_2": "2026-06-01"},
            [],
        ),
        (
            "LCL40_2",
            {"E_APPRAISAL_1": "2026-03-01", "E_TRAINING": "2026-04-01", "E_APPRAISAL_2": "2026-04-01"},
            ["E_APPRAISAL_2"],
        ),
        (
            "LCL40_2",
            {"E_APPRAISAL_1": "2026-03-01", "E_TRAINING": "2026-02-01", "E_APPRAISAL_2": "2026-06-01"},
            ["E_TRAINING|E_TRANSFER"],
        ),
        (
            "LCL40_2",
            {
                "E_APPRAISAL_1": "2026-03-01",
                "E_TRAINING": "2026-02-01",
                "E_TRANSFER": "2026-04-01",
                "E_APPRAISAL_2": "2026-06-01",
            },
            [],
        ),
        ("LCL39_4", {"E_CORRECTION_DEMAND": "2026-05-02", "E_REFUSAL": "2026-05-01"}, [MUST["LCL39_4"][1]]),
        ("LCL39_2", {"E_RULEBOOK": "2026-05-02", "E_MISCONDUCT_FACTS": "2026-05-01"}, ["E_MISCONDUCT_FACTS"]),
        ("LCL39_2", {"E_RULE_PUBLICITY": "2026-05-02", "E_MISCONDUCT_FACTS": "2026-05-01"}, ["E_MISCONDUCT_FACTS"]),
    ],
)
def test_a_paper_of_the_wrong_day_proves_nothing(ground, days, missing):
    undated = {"E_IMPACT_PROOF", "E_TRANSFER"} - set(days)
    papers = {paper: day for paper, day in papers_of(ground).items() if paper not in undated} | dated(**days)

    assert evidence.missing(ground, papers) == missing


def test_a_review_after_probation_is_none():
    late = papers_of("LCL39_1") | dated(E_PROBATION_REVIEW="2026-11-01")

    answer = check("LCL39_1", person=NEWCOMER, evidence=late)

    assert answer.codes == ("B_MISSING_EVIDENCE:E_PROBATION_REVIEW",)


@pytest.mark.parametrize(("offered", "missing"), [("2026-08-31", True), ("2026-09-01", False)])
def test_another_job_is_offered_after_the_medical_period(offered, missing):
    """LCL 40(1)."""
    person = replace(PERSON, medical_period_end=date(2026, 8, 31))
    papers = papers_of("LCL40_1") | dated(E_ALT_JOB_ARRANGED=offered)

    answer = check("LCL40_1", person=person, evidence=papers)

    assert ("B_MISSING_EVIDENCE:E_ALT_JOB_ARRANGED" in answer.codes) is missing


@pytest.mark.parametrize("paper", ["E_ADMINISTRATIVE_DETENTION", "E_CRIMINAL_DETENTION"])
def test_detention_is_no_criminal_liability(paper):
    """LCL 39(6)."""
    assert "B_NOT_CRIMINAL" in check("LCL39_6", evidence={paper: None}).codes
    assert check("LCL39_6", evidence={paper: None, "E_CRIMINAL_JUDGMENT": None}).codes == ()


@pytest.mark.parametrize(("known", "codes"), [(date(2026, 6, 3), ()), (date(2026, 6, 2), ("W_STALE_MISCONDUCT",))])
def test_misconduct_known_for_more_than_ninety_days_is_stale(known, codes):
    assert (NOTICE - date(2026, 6, 3)).days == 90
    assert check("LCL39_2", misconduct_known_date=known).codes == codes


def test_good_practice_is_advice_and_never_changes_the_verdict():
    answer = check("LCL39_1", person=NEWCOMER)

    assert answer.verdict == "PASS"
    assert answer.advice == ("W_MISSING_EVIDENCE:E_REVIEW_RESULT_ACK",)
