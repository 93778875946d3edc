"""What stands in a notice of termination. The law's own words, so they are Chinese whatever the reader's language."""

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import translation

from ehr.clock import LEGAL_ZONE
from ehr.documents.languages import PAPER_LANGUAGE
from ehr.documents.templatetags.paper import in_english

from .paper_fields import OF_PAPERS
from .words import paper_words

if TYPE_CHECKING:
    from .models import Case

ENDING = "解除"
IN_ADVANCE = "公司以本通知书提前三十日书面通知您。"
IN_LIEU = "公司额外支付您一个月工资，以代替提前三十日通知。"
IN_ADVANCE_EN = "This notice is given thirty days ahead in writing."
IN_LIEU_EN = "The company pays you one month's wage in the place of thirty days' notice."
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
LAWS_OF_GROUNDS = {
    **{f"LCL44_{item}": f"《劳动合同法》第四十四条第（{word}）项" for item, word in enumerate("一二三四五", 1)},
    "RETIRE": "《劳动合同法实施条例》第二十一条",
    "TASK_COMPLETED": "《劳动合同法》第四十四条第（一）项、《劳动合同法实施条例》第二十二条",
}
SALUTATIONS = {"male": "先生", "female": "女士"}


def notice_values(case: "Case") -> dict[str, Any]:
    """Facts, ground, dates and the way to a remedy; no more than the notice has to say."""
    return {
        **person_words(case),
        **ground_words(case),
        **day_words(case),
        "ending": ENDING,
        "facts": facts_of(case.reason()),
        **_union_step(_union_told_at(case)),
    }


def day_words(case: "Case") -> dict[str, Any]:
    assert case.last_working_date and case.termination_date
    return {
        "case_number": case.number,
        "end_date": case.termination_date.isoformat(),
        "handover_until": case.last_working_date.isoformat(),
        "handover_contact": str(case.unit.head or "人力资源部"),
        "transfer_until": (case.termination_date + timedelta(days=TRANSFER_DAYS)).isoformat(),
        "overridden": case.overridden,
        "arbitration": f"{case.employment.place_of_performance or case.unit.place}劳动人事争议仲裁委员会",
    }


def ground_words(case: "Case") -> dict[str, Any]:
    """The ground in the law's words, with what the papers of the checklist say when."""
    papers = {row.paper: row.dated for row in case.evidence.all() if row.counts}
    days = {name: papers.get(paper) for name, (paper, _label, _sample) in OF_PAPERS.items()}
    probation_end = case.employment.probation_end_date
    with translation.override(PAPER_LANGUAGE):
        evidence = [f"{paper_words(paper)}（{_day_words(day)}）" for paper, day in papers.items()]
    return {
        "operative": OPERATIVE.get(case.ground, ""),
        "article": article_words(case.ground),
        "evidence": evidence,
        "notice_way": IN_LIEU if case.pay_in_lieu else IN_ADVANCE,
        "notice_way_en": IN_LIEU_EN if case.pay_in_lieu else IN_ADVANCE_EN,
        "probation_end": probation_end.isoformat() if probation_end else "",
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def person_words(case: "Case") -> dict[str, Any]:
    employment = case.employment
    person, contract = employment.person, employment.contracts.order_by("-start_date").first()
    return {
        "name": person.name,
        "addressee": f"{person.name} {SALUTATIONS.get(person.gender, '')}".strip(),
        "employee_number": employment.employee_number,
        "id_tail": person.id_tail,
        "post": employment.job_title,
        "place": employment.place_of_performance,
        "hire_date": employment.hire_date.isoformat(),
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


def _union_step(told_at: datetime | None) -> dict[str, str]:
    if told_at is None:
        return {"union_step": ""}
    day = told_at.astimezone(LEGAL_ZONE).date()
    return {"union_step": f"公司已于{_day_words(day)}将解除理由书面通知工会。", "union_step_en": union_words_en(day)}


def union_words_en(day: date) -> str:
    return f"The company told the union the reasons in writing on {in_english(day)}."


def _union_told_at(case: "Case") -> datetime | None:
    told: datetime | None = (
        case.tracks.filter(kind="union_notice", state="done").values_list("moved_at", flat=True).first()
    )
    return told
