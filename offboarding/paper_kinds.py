"""The papers of an exit that HR issues from the case. The certificate, the notice and the sheet stand in documents.py."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind
from ehr.documents.fields import Field, FieldType

from .models.choices import GroundName
from .paper_fields import (
    CONTRACT,
    CUT,
    DATES,
    EX_GRATIA,
    GROUND,
    LABOUR_OFFICE,
    PERSON,
    SERVED,
    SERVER,
    SEVERANCE,
    UNION,
    asked,
)
from .rules.gates import Gate
from .rules.kinds import Kind

DATE = FieldType.DATE
BASE = (*PERSON, *CONTRACT, *DATES)
EMPLOYERS = frozenset({Kind.DISMISSAL, Kind.LAYOFF})
BY_LAW = frozenset({Kind.EXPIRY, Kind.RETIREMENT, Kind.OTHER_ENDING})
EVERY = frozenset(Kind) - {Kind.PRE_OFFBOARDING}


@dataclass(frozen=True, kw_only=True)
class CasePaper:
    """A kind, the exits it belongs to, and the gate it does not pass unless the law allows the ending."""

    kind: DocumentKind
    exits: frozenset[Kind] = EVERY
    gate: Gate | None = None
    many: bool = False
    """A receipt or a record for each occasion; the others exist once and are reissued."""


AGREEMENT = DocumentKind(
    code="mutual_agreement",
    number_prefix="XY",
    title=_("Agreement on termination"),
    icon="signature",
    permission="employees.view_pay",
    must=("name", "end_date", "parties"),
    variants=tuple((ground, GroundName(ground).label) for ground in ("LCL36_EMPLOYER", "LCL36_EMPLOYEE")),
    fields=(
        *BASE,
        SEVERANCE,
        EX_GRATIA,
        asked("insurance_month", _("insurance paid up to"), "2026年5月"),
        asked("noncompete_words", _("non-compete: in force or waived"), "甲方自解除之日起不要求乙方履行竞业限制义务"),
        asked("cooling_days", _("days to consider"), "3"),
    ),
)
EXPIRY = DocumentKind(
    code="expiry_notice",
    number_prefix="ZZ",
    title=_("Notice of expiry"),
    icon="calendar-off",
    must=("addressee", "end_date", "ending_law", "arbitration"),
    samples={"contract_start": "2023-05-19", "contract_end": "2026-05-18"},
    fields=(
        *BASE,
        Field(name="ending_law", label=_("article of the law"), sample="《劳动合同法》第四十四条第（一）项"),
        asked(
            "renewal_words",
            _("renewal offered and refused"),
            "公司于2026年4月10日提出维持原条件续订，您于2026年4月15日书面表示不续订。",
            optional=True,
        ),
    ),
)
NONCOMPETE = DocumentKind(
    code="noncompete_notice",
    number_prefix="JY",
    title=_("Non-compete notice"),
    icon="lock",
    permission="employees.view_pay",
    must=("addressee",),
    variants=(("activate", _("in force")), ("waive", _("waived"))),
    fields=(
        *BASE,
        asked("agreement_date", _("non-compete clause of"), "2022-03-14", type=DATE),
        Field(name="nc_start", label=_("non-compete from"), type=DATE, sample="2026-05-19"),
        Field(name="nc_end", label=_("non-compete until"), type=DATE, sample="2027-05-18"),
        Field(name="nc_free_from", label=_("not bound from"), type=DATE, sample="2026-05-18"),
        asked("nc_pay_day", _("day of payment each month"), "15"),
        Field(name="nc_amount", label=_("payment each month"), type=FieldType.MONEY, sample="6000.00", sensitive=True),
    ),
)
UNION_LETTER = DocumentKind(
    code="union_letter",
    number_prefix="GH",
    title=_("Letter to the trade union"),
    icon="users",
    for_others=True,
    must=("name", "article", "facts", "answer_by"),
    fields=(*BASE, *GROUND, UNION, asked("answer_by", _("opinion until"), "2026-05-13", type=DATE)),
)
UNION_REPLY = DocumentKind(
    code="union_reply",
    number_prefix="GF",
    title=_("Opinion of the union and answer"),
    icon="messages",
    for_others=True,
    must=("opinion", "reply"),
    fields=(
        *BASE,
        UNION,
        asked("opinion_date", _("opinion of the union, day"), "2026-05-12", type=DATE),
        asked("opinion", _("opinion of the union"), "建议公司再次核对考勤记录，并听取职工本人申辩。"),
        asked(
            "reply",
            _("answer of the company"),
            "公司已复核考勤记录并于2026年5月13日听取本人申辩，事实无误，维持原决定。",
        ),
    ),
)
LAYOFF_EXPLANATION = DocumentKind(
    code="layoff_explanation",
    number_prefix="CS",
    title=_("Explanation of the layoff"),
    icon="speakerphone",
    for_others=True,
    must=("cut_reason", "cut_count", "opinions_from", "opinions_to", "earliest_end"),
    samples={"article": "第四十一条第一款第（二）项"},
    fields=(
        *BASE,
        *GROUND,
        *CUT,
        asked("business_figures", _("business figures"), "2025年度营业收入同比下降38%，连续三个季度亏损共1,260万元。"),
        asked("cut_by_unit", _("people by department"), "零售运营部14人，物流部6人，市场部4人。"),
        asked("selection_rules", _("rules of selection"), "按岗位撤并范围、技能匹配与近两年考核结果确定。"),
        asked("compensation_rules", _("rules of compensation"), "按《劳动合同法》第四十六条、第四十七条支付经济补偿。"),
        asked("opinion_channel", _("where to give an opinion"), "人力资源部 陈立，内线8012，意见箱设于一楼大厅。"),
    ),
)
LAYOFF_REPORT = DocumentKind(
    code="layoff_report",
    number_prefix="CB",
    title=_("Report of the layoff"),
    icon="report",
    for_others=True,
    permission="employees.view_pay",
    must=("cut_reason", "cut_count", "opinions_and_answers", "compensation_budget"),
    samples={"article": "第四十一条第一款第（二）项"},
    fields=(
        *BASE,
        *GROUND,
        *CUT,
        LABOUR_OFFICE,
        asked("plan_words", _("plan"), "分两批实施，第一批14人，第二批10人，逐人送达并结清款项。"),
        asked("opinions_and_answers", _("opinions and answers"), "共收到意见9条，主要为延长内部转岗期，公司已采纳。"),
        asked("cut_list", _("list of people"), "㛃䶮𠮷（采购专员）、周敏（门店主管）等24人，名册附后。"),
        asked("compensation_budget", _("budget of compensation"), "1286400.00", type=FieldType.MONEY, sensitive=True),
        asked("contact", _("contact"), "人力资源部 陈立，021-60000000"),
    ),
)
RECEIPT = DocumentKind(
    code="service_receipt",
    number_prefix="SD",
    title=_("Receipt of service"),
    icon="receipt",
    sealed=False,
    must=("name", "paper_title", "paper_number"),
    fields=(
        *BASE,
        *SERVED,
        SERVER,
        asked("paper_digest", _("digest of the paper served"), "9f2c41ab"),
        asked("pages", _("pages"), "2"),
    ),
)
REFUSAL = DocumentKind(
    code="refusal_record",
    number_prefix="JQ",
    title=_("Record of a refusal to sign"),
    icon="hand-off",
    sealed=False,
    for_others=True,
    must=("name", "paper_title", "refused_at", "witnesses"),
    fields=(
        *BASE,
        *SERVED,
        SERVER,
        asked("refused_at", _("when it was refused"), "2026年5月18日10时20分"),
        asked("refused_place", _("where it was refused"), "上海市徐汇区华彩大厦三楼会议室"),
        asked("refusal_words", _("what happened"), "当事人听读后表示不同意解除，将文件退还并离开。"),
    ),
)
RETURN = DocumentKind(
    code="return_demand",
    number_prefix="FG",
    title=_("Demand to return to work"),
    icon="clock-exclamation",
    must=("addressee", "absent_since", "return_by"),
    fields=(
        *BASE,
        asked("absent_since", _("absent since"), "2026-04-06", type=DATE),
        asked("return_by", _("return by"), "2026-04-10", type=DATE),
        asked("rule_clause", _("clause of the rules"), "《员工手册》第二十一条第三项"),
    ),
)
RETENTION = DocumentKind(
    code="retention_notice",
    number_prefix="GZ",
    title=_("Notice on the keeping of data"),
    icon="shield",
    must=("addressee", "contract_kept_until", "privacy_contact"),
    fields=(
        *BASE,
        Field(name="contract_kept_until", label=_("contract kept until"), type=DATE, sample="2028-05-18"),
        Field(name="wages_kept_until", label=_("wage records kept until"), type=DATE, sample="2028-05-18"),
        asked("papers_kept", _("papers kept for"), "离职后三年"),
        asked("contact_kept", _("contact data kept for"), "离职后一年"),
        asked("privacy_contact", _("contact for data protection"), "privacy@example.com"),
    ),
)
REASON = DocumentKind(
    code="reason_statement",
    number_prefix="YY",
    title=_("Statement of the reason"),
    icon="message-question",
    must=("addressee", "end_date", "request_date", "ending_law", "reason_words"),
    samples={
        "ending_en": "ended",
        "reason_words_en": "The term of the contract ended.",
    },
    fields=(
        *BASE,
        asked("request_date", _("asked for by the person on"), "2026-06-01", type=DATE),
        Field(name="ending", label=_("dissolved or ended"), sample="终止"),
        Field(name="ending_law", label=_("article of the law"), sample="《劳动合同法》第四十四条第（一）项"),
        Field(name="reason_words", label=_("ground in the law's words"), sample="劳动合同期满。"),
    ),
)
PAPERS = {
    paper.kind.code: paper
    for paper in (
        CasePaper(kind=AGREEMENT, exits=frozenset({Kind.MUTUAL_AGREEMENT}), gate=Gate.ISSUE),
        CasePaper(kind=EXPIRY, exits=BY_LAW, gate=Gate.ISSUE),
        CasePaper(kind=UNION_LETTER, exits=EMPLOYERS),
        CasePaper(kind=UNION_REPLY, exits=EMPLOYERS),
        CasePaper(kind=LAYOFF_EXPLANATION, exits=frozenset({Kind.LAYOFF})),
        CasePaper(kind=LAYOFF_REPORT, exits=frozenset({Kind.LAYOFF})),
        CasePaper(kind=RETURN, exits=frozenset({Kind.DISMISSAL}), many=True),
        CasePaper(kind=NONCOMPETE),
        CasePaper(kind=RECEIPT, many=True),
        CasePaper(kind=REFUSAL, many=True),
        CasePaper(kind=RETENTION),
        CasePaper(kind=REASON, many=True),
    )
}
