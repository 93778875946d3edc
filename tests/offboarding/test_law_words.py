"""Every code, paper and line of the law's rules has words, in English and in Chinese."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import offboarding.rules.compliance
from offboarding.law_words import CODES, LINES, PAPERS
from offboarding.models.choices import ServiceMethod
from offboarding.rules.compliance.codes import CODES as LAW_CODES
from offboarding.rules.compliance.delivery import PROOFS
from offboarding.rules.compliance.evidence import NEEDS, NOT_CRIMINAL
from offboarding.words import FINDINGS, finding_words, line_words

SOURCES = [path.read_text() for path in Path(offboarding.rules.compliance.__file__).parent.glob("*.py")]


def papers() -> set[str]:
    needs = [need for each in NEEDS.values() for need in (*each.must, *each.should, *each.may)]
    return {paper for need in needs for paper in re.split(r"[|+]", need)} | NOT_CRIMINAL


def test_every_code_has_words():
    assert set(LAW_CODES) - set(FINDINGS) == set()
    assert set(CODES) - set(LAW_CODES) == set()


def test_every_code_that_a_rule_gives_is_in_the_catalogue():
    given = {code for text in SOURCES for code in re.findall(r'"([BWI]_[A-Z0-9_]+)[":]', text)}

    assert given - set(LAW_CODES) == set()


def test_every_paper_has_words():
    assert papers() - set(PAPERS) == set()


def test_every_line_has_words():
    given = {code for text in SOURCES for code in re.findall(r'(?:Line\(\s*code=|by_hand\(|_taken\()"([a-z_]+)"', text)}

    assert given == set(LINES)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("B_NO_CONSENT", "没有签字的协议。"),
        ("B_MISSING_EVIDENCE:E_TRAINING|E_TRANSFER", "缺少材料： 培训 / 调岗"),
        (
            "B_MISSING_EVIDENCE:E_IMPACT_PROOF|E_CORRECTION_DEMAND+E_REFUSAL",
            "缺少材料： 严重影响证明 / 限期改正通知 + 拒不改正记录",
        ),
    ],
)
def test_a_code_names_its_papers(code, words):
    with translation.override("zh-hans"):
        assert finding_words(code) == words
        assert line_words("severance") == "经济补偿（N）"


def test_the_rules_of_service_know_every_method_of_the_product():
    assert set(PROOFS) == set(ServiceMethod.values)
