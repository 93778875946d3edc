"""What stands on the settlement sheet. A legal paper: Chinese whatever the reader's language, every figure with its source."""

from typing import TYPE_CHECKING, Any

from django.utils import translation

from ehr.clock import LEGAL_ZONE
from ehr.statutes import cited

from .figures import row_words
from .models import PayWhen
from .models.reference_tables import known_rows
from .queries.settlement_page import explaining
from .rules.compliance.payable import When, items_of
from .words import line_words

if TYPE_CHECKING:
    from .models import Settlement, SettlementLine
    from .models.case import Case

PAPER_LANGUAGE = "zh-hans"


def settlement_context(settlement: "Settlement") -> dict[str, Any]:
    lines, known = list(settlement.lines.order_by("position")), known_rows()
    with translation.override(PAPER_LANGUAGE):
        return {
            **_person(settlement.case),
            "version": settlement.nth,
            "steps": [_step(line) for line in explaining(lines)] if _has_severance(lines) else [],
            "lines": [_line(line, settlement.case) for line in lines if line.when],
            "sums": [[str(PayWhen(item.when).label), str(item.amount)] for item in _items(lines)],
            "total": str(settlement.total),
            "tables": list(dict.fromkeys(words for line in lines for words in row_words(line.row, known))),
            "calculated_by": str(settlement.calculated_by or ""),
            "calculated_on": settlement.calculated_at.astimezone(LEGAL_ZONE).date().isoformat(),
            "confirmed_by": str(settlement.confirmed_by),
            "confirmed_on": _confirmed_on(settlement),
        }


def _person(case: "Case") -> dict[str, Any]:
    assert case.last_working_date and case.termination_date
    employment = case.employment
    return {
        "name": employment.person.name,
        "employee_number": employment.employee_number,
        "post": " ".join(filter(None, (employment.job_title, employment.grade_code))),
        "hire_date": employment.hire_date.isoformat(),
        "last_working_date": case.last_working_date.isoformat(),
        "end_date": case.termination_date.isoformat(),
        "place": employment.place_of_performance or case.unit.place,
        "kind": case.get_kind_display(),
        "ground": case.get_ground_display(),
        "case_number": case.number,
    }


def _step(line: "SettlementLine") -> dict[str, str]:
    return {"title": line_words(line.code), "formula": line.formula, "article": cited(line.article)}


def _line(line: "SettlementLine", case: "Case") -> dict[str, str]:
    day = case.termination_date if line.when == When.LAST_DAY else None
    return {
        "title": line_words(line.code),
        "formula": line.formula,
        "article": cited(line.article),
        "when": "" if day else str(PayWhen(line.when).label),
        "day": day.isoformat() if day else "",
        "amount": str(line.amount),
    }


def _has_severance(lines: "list[SettlementLine]") -> bool:
    return any(line.code in ("severance", "damages") for line in lines)


def _items(lines: "list[SettlementLine]") -> Any:
    return items_of(line.as_pay_line() for line in lines)


def _confirmed_on(settlement: "Settlement") -> str:
    assert settlement.confirmed_at is not None
    return settlement.confirmed_at.astimezone(LEGAL_ZONE).date().isoformat()
