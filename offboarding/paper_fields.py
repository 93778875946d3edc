"""What the papers of an exit may name, where each comes from, and an example of it for the preview."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ehr.documents.fields import Field, FieldType, Source, block

DATE, MONEY, LINES = FieldType.DATE, FieldType.MONEY, FieldType.LINES
FILE, SETTLEMENT, ASKED = Source.FILE, Source.SETTLEMENT, Source.ASKED


def _file(name: str, label: Any, sample: Any, **more: Any) -> Field:
    return Field(name=name, label=label, sample=sample, source=FILE, **more)


def _case(name: str, label: Any, sample: Any, **more: Any) -> Field:
    return Field(name=name, label=label, sample=sample, **more)


def asked(name: str, label: Any, sample: Any, **more: Any) -> Field:
    return Field(name=name, label=label, sample=sample, source=ASKED, **more)


PERSON = (
    _file("name", _("name"), "㛃䶮𠮷"),
    _file("addressee", _("name with form of address"), "㛃䶮𠮷 女士"),
    _file("employee_number", _("employee number"), "HC012846"),
    _file("id_tail", _("last four digits of the ID"), "2846", sensitive=True),
    _file("post", _("post"), "采购专员"),
    _file("place", _("place of work"), "上海市", optional=True),
    _file("hire_date", _("hire date"), "2022-03-14", type=DATE),
)
CONTRACT = (
    _file("contract_start", _("start of the contract"), "2025-03-14", type=DATE),
    _file(
        "contract_end",
        _("end of the contract"),
        "2028-03-13",
        type=DATE,
        empty="无固定期限",
        empty_en="no fixed end",
    ),
)
DATES = (
    _case("case_number", _("number of the case"), "LZ-2026-0418"),
    _case("end_date", _("termination date"), "2026-05-18", type=DATE),
    _case("handover_until", _("handover until"), "2026-05-15", type=DATE),
    _case("handover_contact", _("contact for the handover"), "陈立"),
    _case("transfer_until", _("transfer of file and insurance until"), "2026-06-02", type=DATE),
    _case("arbitration", _("arbitration commission"), "上海市劳动人事争议仲裁委员会"),
)
GROUND = (
    _case("article", _("article of the law"), "第三十九条第（二）项"),
    _case("operative", _("ground in the law's words"), "您的行为已严重违反公司的规章制度。"),
    _case("facts", _("facts"), ["2026年4月6日至8日连续旷工三天。", "2026年4月9日书面警告后仍未到岗。"], type=LINES),
    _case(
        "evidence",
        _("evidence"),
        ["考勤记录（2026年4月9日）", "员工手册签收单（2025年3月14日）"],
        type=LINES,
        optional=True,
    ),
    _case("union_step", _("step of the union"), "公司已于2026年5月8日将解除理由书面通知工会。", optional=True),
    _case("notice_way", _("thirty days or one month's pay"), "公司已提前三十日书面通知。"),
    _file("probation_end", _("end of probation"), "2022-09-13", type=DATE),
)
OF_PAPERS = {
    "criteria_date": ("E_CRITERIA_ACK", _("hiring conditions signed on"), "2022-03-14"),
    "rule_date": ("E_RULE_PUBLICITY", _("rules signed on"), "2025-03-14"),
    "demand_date": ("E_CORRECTION_DEMAND", _("demand to stop, day"), "2026-04-08"),
    "refusal_date": ("E_REFUSAL", _("refusal, day"), "2026-04-15"),
    "appraisal_1": ("E_APPRAISAL_1", _("first appraisal, day"), "2025-12-31"),
    "training_date": ("E_TRAINING", _("training or transfer, day"), "2026-01-20"),
    "appraisal_2": ("E_APPRAISAL_2", _("second appraisal, day"), "2026-03-31"),
    "talk_date": ("E_NEGOTIATION_RECORD", _("talk about a variation, day"), "2026-04-10"),
    "briefing_date": ("E_UNION_BRIEFING", _("briefing of the staff, day"), "2026-04-01"),
    "report_date": ("E_LABOUR_REPORT", _("report to the authority, day"), "2026-04-20"),
}
"""Days that the papers of the checklist carry."""
EVIDENCE_DAYS = tuple(
    _case(name, label, sample, type=DATE, optional=True) for name, (_paper, label, sample) in OF_PAPERS.items()
)
SAID_OF_GROUND = (
    asked("review_result", _("result of the probation review"), "六十二分，不合格", optional=True),
    asked("criteria_item", _("item of the hiring conditions"), "第三条第二项", optional=True),
    asked("rule_clause", _("clause of the rules"), "《员工手册》第二十一条第三项", optional=True),
    asked("loss", _("loss"), "直接经济损失86,000.00元", optional=True),
    asked("fraud_content", _("what was untrue"), "入职登记表所填学历经核实不存在", optional=True),
    asked("judgment_no", _("number of the judgment"), "（2026）沪0104刑初218号", optional=True),
    asked("medical_end", _("end of the medical period"), "2026-04-10", type=DATE, optional=True),
    asked("unable_proof", _("how the inability was established"), "劳动能力鉴定", optional=True),
    asked("other_job", _("other job that was arranged"), "资料管理岗位", optional=True),
    asked("change", _("change of circumstances"), "租赁合同到期，门店物业被依法征收", optional=True),
    asked("offer", _("variation that was offered"), "调往静安店，岗位与工资不变", optional=True),
)
LABOUR_OFFICE = asked("labour_office", _("labour authority"), "上海市徐汇区人力资源和社会保障局")
UNION = asked("union_name", _("name of the union"), "华彩零售（上海）有限公司工会")
SERVED = (
    asked("paper_title", _("title of the paper served"), "解除劳动合同通知书"),
    asked("paper_number", _("number of the paper served"), "HC-JC-2026-000031"),
)
SERVER = asked("server", _("who served it"), "陈立")
SEVERANCE = Field(
    name="severance", label=_("severance"), type=MONEY, source=SETTLEMENT, sensitive=True, sample="37302.00"
)
EX_GRATIA = Field(
    name="ex_gratia",
    label=_("payment beyond the law"),
    type=MONEY,
    source=SETTLEMENT,
    sensitive=True,
    optional=True,
    sample="5000.00",
)
CUT = (
    asked("cut_reason", _("why staff is reduced"), "连续三个季度亏损、生产经营发生严重困难"),
    asked("cut_count", _("people to be laid off"), "24"),
    asked("headcount", _("all staff"), "210"),
    asked("cut_share", _("share of the staff"), "11.43%"),
    asked("briefed", _("who was briefed"), "全体职工"),
    asked("opinions_from", _("opinions from"), "2026-04-01", type=DATE),
    asked("opinions_to", _("opinions until"), "2026-04-15", type=DATE),
    asked("earliest_end", _("no contract ends before"), "2026-05-02", type=DATE),
)
SHEET_PERSON = (
    _file("name", _("name"), "㛃䶮𠮷"),
    _file("employee_number", _("employee number"), "HC012846"),
    _case("end_date", _("termination date"), "2026-05-18", type=DATE),
)


def drawn(name: str, label: Any, template: str, sample: Any = None, source: Source = SETTLEMENT) -> Field:
    return block(name, label, template=f"offboarding/documents/{template}.html", source=source, sample=sample)


FACTS_SAMPLE: dict[str, tuple[list[str], list[str]]] = {
    "LCL39_1": (["试用期考核六十二分，录用条件要求不低于八十分。"], ["试用期考核表（2022年8月31日）"]),
    "LCL39_3": (["2026年4月7日未按规定复核即付款，货款错付。"], ["付款凭证（2026年4月7日）"]),
    "LCL39_4": (["2026年3月起同时受雇于另一公司。", "2026年4月8日要求改正，4月15日书面拒绝。"], []),
    "LCL39_5": (["入职登记表所填学历经核实不存在。"], ["学历查询结果（2026年4月9日）"]),
    "LCL39_6": (["人民法院判处刑罚，判决已经生效。"], ["刑事判决书（2026年4月9日）"]),
    "LCL40_1": (["2025年10月10日起病休，医疗期于2026年4月10日届满。"], ["医疗期计算单（2026年4月10日）"]),
    "LCL40_2": (["2025年第四季度考核不合格。", "2026年第一季度再次考核不合格。"], []),
    "LCL40_3": (["租赁合同到期，门店物业被依法征收。"], ["征收决定（2026年4月2日）"]),
    **{f"LCL41_{item}": (["公司连续三个季度亏损，共1,260万元。"], []) for item in range(1, 5)},
}
"""Of each ground an example, so that the preview of its text shows what the text is for."""
_SEVERANCE_WORDS = {
    "title": "经济补偿",
    "title_en": "Severance",
    "article": "《劳动合同法》第47条",
    "article_en": "“Labour Contract Law”, art. 47",
}
SHEET_SAMPLE = {
    "post": "采购专员 P5",
    "hire_date": "2022-03-14",
    "last_working_date": "2026-05-15",
    "kind": "协商解除",
    "kind_en": "Mutual agreement",
    "ground": "公司提出，协商一致（第三十六条）",
    "ground_en": "Agreed, proposed by the company (art. 36)",
    "case_number": "LZ-2026-0418",
    "version": 2,
    "steps": [{"formula": "8,289.33 × 4.5", **_SEVERANCE_WORDS}],
    "lines": [
        {
            "title": "当月工资",
            "title_en": "Wages of the month",
            "formula": "8,800 ÷ 21.75 × 11",
            "article": "《工资支付暂行规定》第9条",
            "article_en": "“Provisional rules on the payment of wages”, art. 9",
            "day": "2026-05-18",
            "amount": "4450.57",
        },
        {
            "formula": "8,289.33 × 4.5",
            **_SEVERANCE_WORDS,
            "when": "办结交接时",
            "when_en": "When the handover is completed",
            "amount": "37302.00",
        },
    ],
    "sums": [["最后一日", "4450.57"], ["办结交接时", "37302.00"]],
    "sums_en": [["On the last day", "4450.57"], ["When the handover is completed", "37302.00"]],
    "tables": ["上海市2024年度职工月平均工资12,434元"],
    "tables_en": ["Shanghai, average wage of 2024: 12,434"],
    "calculated_by": "周敏",
    "calculated_on": "2026-05-12",
    "confirmed_by": "陈立",
    "confirmed_on": "2026-05-13",
}
