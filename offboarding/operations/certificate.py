"""What the certificate says: the four facts the law names and nothing else (REG 24)."""

from typing import Any

from ..models import Case


def certificate_context(case: Case) -> dict[str, Any]:
    employment, person = case.employment, case.employment.person
    contract = employment.contracts.order_by("-start_date").first()
    return {
        "name": person.name,
        "id_last4": (person.id_number or "")[-4:],
        "job_title": employment.job_title,
        "hire_date": employment.hire_date.isoformat(),
        "termination_date": case.termination_date.isoformat() if case.termination_date else "",
        "contract_start": contract.start_date.isoformat() if contract else "",
        "contract_end": contract.end_date.isoformat() if contract and contract.end_date else "",
        "is_termination": case.kind in ("expiry", "retirement", "other_ending"),
        "years": _service(case)[0],
        "months": _service(case)[1],
        "entity": employment.employer.name,
    }


def _service(case: Case) -> tuple[int, int]:
    start, end = case.employment.hire_date, case.termination_date
    assert end is not None
    months = (end.year - start.year) * 12 + end.month - start.month + (0 if end.day + 1 >= start.day else -1)
    return max(0, months) // 12, max(0, months) % 12
