"""The papers of an exit: their kinds, and what stands in them. Four statutory facts on the certificate, nothing else."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind, register_kind
from ehr.lib.months import full_months

if TYPE_CHECKING:
    from employees.models import Contract, Employment

CERTIFICATE = DocumentKind(
    code="certificate",
    template="offboarding/documents/certificate.html",
    number_prefix="ZM",
    title=_("Certificate of employment"),
    icon="certificate",
    required=("name", "id_tail", "post", "start_date", "end_date", "contract_start", "ending"),
    standing=("resignation",),
)
NOTICE = DocumentKind(
    code="termination_notice",
    template="offboarding/documents/notice.html",
    number_prefix="JC",
    title=_("Notice of termination"),
    icon="file-x",
    required=("name", "employee_number", "id_tail", "post", "end_date", "facts", "operative", "article", "arbitration"),
)
SETTLEMENT = DocumentKind(
    code="settlement",
    template="offboarding/documents/settlement.html",
    number_prefix="JS",
    title=_("Settlement sheet"),
    icon="receipt-yuan",
    sealed=False,
    required=("name", "employee_number", "end_date", "lines", "total", "calculated_by", "confirmed_by"),
    permission="employees.view_pay",
)


def register() -> None:
    for kind in (CERTIFICATE, NOTICE, SETTLEMENT):
        register_kind(kind)


def certificate_context(
    employment: "Employment", *, end_date: date, ending: str, bilingual: bool = False
) -> dict[str, Any]:
    """`ending` is 解除 or 终止, the law's two words. No reason, no remark (Implementing Regulation art. 24)."""
    person, contract = employment.person, _contract(employment, end_date)
    years, months = service(employment.hire_date, end_date)
    return {
        "name": person.name,
        "id_tail": person.id_number[-4:],
        "post": employment.job_title,
        "start_date": employment.hire_date.isoformat(),
        "end_date": end_date.isoformat(),
        "contract_start": (contract.start_date if contract else employment.hire_date).isoformat(),
        "contract_end": contract.end_date.isoformat() if contract and contract.end_date else "",
        "service_years": years,
        "service_months": months,
        "ending": ending,
        "bilingual": bilingual,
    }


def service(start: date, end: date) -> tuple[int, int]:
    """Whole years and months, the last day counted: 2022-03-14 to 2026-11-17 is 4 years 8 months."""
    return divmod(max(full_months(start, end + timedelta(days=1)), 0), 12)


def _contract(employment: "Employment", on: date) -> "Contract | None":
    return employment.contracts.filter(start_date__lte=on).order_by("-start_date").first()
