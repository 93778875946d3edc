"""The papers of an exit: their kinds, and what stands in them. Four statutory facts on the certificate, nothing else."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind, register_kind, shipping
from ehr.documents.fields import Field, FieldType, Source
from ehr.lib.months import full_months

from .models.choices import GroundName
from .notice_paper import IN_ADVANCE_EN, OPERATIVE, article_words, union_words_en
from .paper_fields import (
    CONTRACT,
    DATES,
    EVIDENCE_DAYS,
    FACTS_SAMPLE,
    GROUND,
    PERSON,
    SAID_OF_GROUND,
    SHEET_PERSON,
    SHEET_SAMPLE,
    drawn,
)
from .paper_kinds import PAPERS

if TYPE_CHECKING:
    from employees.models import Contract, Employment

    from .models import Case


def _ground_sample(ground: str) -> dict[str, Any]:
    own = {"article": article_words(ground), "operative": OPERATIVE[ground]}
    facts, evidence = FACTS_SAMPLE.get(ground, ((), ()))
    return own | ({"facts": facts} if facts else {}) | ({"evidence": evidence} if evidence else {})


CERTIFICATE = DocumentKind(
    code="certificate",
    number_prefix="ZM",
    title=_("Certificate of employment"),
    icon="certificate",
    required=("name", "id_tail", "post", "start_date", "end_date", "contract_start", "ending"),
    standing=("resignation",),
    look="cert",
    samples={"service_en": "4 years and 2 months"},
    must=("name", "id_tail", "post", "start_date", "end_date", "contract_start", "contract_end", "ending", "service"),
    fields=(
        *PERSON,
        *CONTRACT,
        Field(name="start_date", label=_("first day"), type=FieldType.DATE, source=Source.FILE, sample="2022-03-14"),
        Field(name="end_date", label=_("termination date"), type=FieldType.DATE, sample="2026-05-18"),
        Field(name="ending", label=_("dissolved or ended"), sample="解除"),
        Field(name="service", label=_("length of service"), source=Source.FILE, sample="4年2个月"),
    ),
)
NOTICE = DocumentKind(
    code="termination_notice",
    number_prefix="JC",
    title=_("Notice of termination"),
    icon="file-x",
    required=("name", "employee_number", "id_tail", "post", "end_date", "facts", "operative", "article", "arbitration"),
    must=("addressee", "facts", "article", "end_date", "arbitration"),
    variants=tuple((ground, GroundName(ground).label) for ground in OPERATIVE),
    fields=(*PERSON, *CONTRACT, *DATES, *GROUND, *EVIDENCE_DAYS, *SAID_OF_GROUND),
    samples={"union_step_en": union_words_en(date(2026, 5, 8)), "notice_way_en": IN_ADVANCE_EN},
    variant_samples={ground: _ground_sample(ground) for ground in OPERATIVE},
)
SETTLEMENT = DocumentKind(
    code="settlement",
    number_prefix="JS",
    title=_("Settlement sheet"),
    icon="receipt-yuan",
    sealed=False,
    required=("name", "employee_number", "end_date", "lines", "total", "calculated_by", "confirmed_by"),
    permission="employees.view_pay",
    look="report",
    samples=SHEET_SAMPLE,
    must=("lines_table", "signatures"),
    fields=(
        *SHEET_PERSON,
        Field(name="total", label=_("total"), type=FieldType.MONEY, source=Source.SETTLEMENT, sample="41752.57"),
        drawn("facts_table", _("table of the person and the case"), "_settlement_facts"),
        drawn("calculation", _("calculation of severance"), "_settlement_calculation"),
        drawn("lines_table", _("table of the payments"), "_settlement_lines"),
        drawn("sums_words", _("when what is paid"), "_settlement_sums"),
        drawn("signatures", _("signatures"), "_settlement_signatures"),
    ),
)
TEXTS = Path(__file__).parent / "shipped" / "papers"


def register() -> None:
    for kind in (CERTIFICATE, NOTICE, SETTLEMENT, *(paper.kind for paper in PAPERS.values())):
        register_kind(kind)
    shipping.folders.add(TEXTS)


ENDED_BY_LAW = {"expiry", "retirement", "other_ending"}
"""Their contracts end (终止); all others are dissolved (解除)."""


def certificate_values(case: "Case") -> dict[str, Any]:
    assert case.termination_date is not None
    ending = "终止" if case.kind in ENDED_BY_LAW else "解除"
    return certificate_context(case.employment, end_date=case.termination_date, ending=ending)


def certificate_context(
    employment: "Employment", *, end_date: date, ending: str, bilingual: bool = False
) -> dict[str, Any]:
    """`ending` is 解除 or 终止, the law's two words. No reason, no remark (Implementing Regulation art. 24)."""
    person, contract = employment.person, _contract(employment, end_date)
    years, months = service(employment.hire_date, end_date)
    return {
        "name": person.name,
        "id_tail": person.id_tail,
        "post": employment.job_title,
        "start_date": employment.hire_date.isoformat(),
        "end_date": end_date.isoformat(),
        "contract_start": (contract.start_date if contract else employment.hire_date).isoformat(),
        "contract_end": contract.end_date.isoformat() if contract and contract.end_date else "",
        "service_years": years,
        "service_months": months,
        "service": f"{years}年{months}个月",
        "service_en": f"{years} {_plural('year', years)} and {months} {_plural('month', months)}",
        "ending": ending,
        "bilingual": bilingual,
    }


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def service(start: date, end: date) -> tuple[int, int]:
    """Whole years and months, the last day counted: 2022-03-14 to 2026-11-17 is 4 years 8 months."""
    return divmod(max(full_months(start, end + timedelta(days=1)), 0), 12)


def _contract(employment: "Employment", on: date) -> "Contract | None":
    return employment.contracts.filter(start_date__lte=on).order_by("-start_date").first()
