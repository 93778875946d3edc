"""What stands in a notice of termination. The law's own words, so they are Chinese whatever the reader's language."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ehr.clock import LEGAL_ZONE

if TYPE_CHECKING:
    from .models import Case

ENDING = "解除"
TRANSFER_DAYS = 15  # LCL 50
NUMERALS = "零一二三四五六"
NUMBERS = {"39": "第三十九条", "40": "第四十条", "41": "第四十一条第一款"}
OPERATIVE = {
    "LCL39_1": "您在试用期间被证明不符合录用条件。",
    "LCL39_2": "您的行为已严重违反公司的规章制度。",
    "LCL39_3": "您严重失职、营私舞弊，给公司造成重大损害。",
    "LCL39_4": "您同时与其他用人单位建立劳动关系，对完成本公司的工作任务造成严重影响，或者经公司提出，拒不改正。",
    "LCL39_5": "您以欺诈、胁迫的手段或者乘人之危，使公司在违背真实意思的情况下订立或者变更劳动合同，致使劳动合同无效。",
    "LCL39_6": "您被依法追究刑事责任。",
    "LCL40_1": "您患病或者非因工负伤，在规定的医疗期满后不能从事原工作，也不能从事由公司另行安排的工作。",
    "LCL40_2": "您不能胜任工作，经过培训或者调整工作岗位，仍不能胜任工作。",
    "LCL40_3": "劳动合同订立时所依据的客观情况发生重大变化，致使劳动合同无法履行，经协商未能就变更劳动合同内容达成协议。",
    "LCL41_1": "公司依照企业破产法规定进行重整，需要裁减人员。",
    "LCL41_2": "公司生产经营发生严重困难，需要裁减人员。",
    "LCL41_3": "公司转产、重大技术革新或者经营方式调整，经变更劳动合同后，仍需裁减人员。",
    "LCL41_4": "劳动合同订立时所依据的客观经济情况发生重大变化，致使劳动合同无法履行，需要裁减人员。",
}
SALUTATIONS = {"male": "先生", "female": "女士"}


def notice_context(case: "Case", *, reason: str, union_told_at: datetime | None) -> dict[str, Any]:
    """Facts, ground, dates and the way to a remedy; no more than the notice has to say."""
    assert case.last_working_date and case.termination_date
    return {
        **_person(case),
        "ending": ENDING,
        "facts": facts_of(reason),
        "operative": OPERATIVE.get(case.ground, ""),
        "article": article_words(case.ground),
        "union_step": _union_words(union_told_at),
        "end_date": case.termination_date.isoformat(),
        "handover_until": case.last_working_date.isoformat(),
        "handover_contact": str(case.unit.head or "人力资源部"),
        "transfer_until": (case.termination_date + timedelta(days=TRANSFER_DAYS)).isoformat(),
        "overridden": case.overridden,
        "arbitration": f"{case.employment.place_of_performance or case.unit.place}劳动人事争议仲裁委员会",
    }


def _person(case: "Case") -> dict[str, Any]:
    employment = case.employment
    person, contract = employment.person, employment.contracts.order_by("-start_date").first()
    return {
        "name": person.name,
        "salutation": SALUTATIONS.get(person.gender, ""),
        "employee_number": employment.employee_number,
        "id_tail": person.id_number[-4:],
        "post": employment.job_title,
        "place": employment.place_of_performance,
        "contract_start": (contract.start_date if contract else employment.hire_date).isoformat(),
        "contract_end": contract.end_date.isoformat() if contract and contract.end_date else "",
    }


def facts_of(reason: str) -> list[str]:
    """One numbered fact per line or clause of what was written down."""
    clauses = (clause.strip(" 。.") for clause in re.split(r"[\n；;]+", reason))
    return [f"{clause}。" for clause in clauses if clause]


def article_words(ground: str) -> str:
    """LCL39_2 → 第三十九条第（二）项"""
    match = re.fullmatch(r"LCL(39|40|41)_(\d)", ground)
    return f"{NUMBERS[match[1]]}第（{NUMERALS[int(match[2])]}）项" if match else ""


def _union_words(told_at: datetime | None) -> str:
    if told_at is None:
        return ""
    day = told_at.astimezone(LEGAL_ZONE).date()
    return f"公司已于{day.year}年{day.month}月{day.day}日将解除理由书面通知工会。"
