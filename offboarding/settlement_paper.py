"""What stands on the settlement sheet. A legal paper: Chinese whatever the reader's language, every figure with its source.
What has English words of its own has them beside it as `…_en`, for a paper in both languages."""

from typing import TYPE_CHECKING, Any

from ehr.clock import LEGAL_ZONE
from ehr.documents.languages import in_both
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


def settlement_context(settlement: "Settlement") -> dict[str, Any]:
    lines = list(settlement.lines.order_by("position"))
    return {
        **_person(settlement.case),
        "version": settlement.nth,
        "steps": [_step(line) for line in explaining(lines)] if _has_severance(lines) else [],
        "lines": [_line(line, settlement.case) for line in lines if line.when],
        **_sums(lines),
        "total": str(settlement.total),
        "calculated_by": str(settlement.calculated_by or ""),
        "calculated_on": settlement.calculated_at.astimezone(LEGAL_ZONE).date().isoformat(),
        "confirmed_by": str(settlement.confirmed_by),
        "confirmed_on": _confirmed_on(settlement),
    }


def _sums(lines: "list[SettlementLine]") -> dict[str, Any]:
    known = known_rows()
    return in_both(
        lambda: {
            "sums": [[str(PayWhen(item.when).label), str(item.amount)] for item in _items(lines)],
            "tables": list(dict.fromkeys(words for line in lines for words in row_words(line.row, known))),
        }
    )


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
        **in_both(lambda: {"kind": case.get_kind_display(), "ground": _ground(case)}),
        "case_number": case.number,
        "is_of_death": case.is_of_death,
    }


def _ground(case: "Case") -> str:
    """With what the employee named, where the law has items for it (LCL 38)."""
    return "；".join([case.get_ground_display(), *case.forced_words])


def _step(line: "SettlementLine") -> dict[str, str]:
    words = in_both(lambda: {"title": line_words(line.code), "article": cited(line.article)})
    return words | {"formula": line.formula}


def _line(line: "SettlementLine", case: "Case") -> dict[str, str]:
    day = case.termination_date if line.when == When.LAST_DAY else None
    words = in_both(
        lambda: {
            "title": line_words(line.code),
            "article": cited(line.article),
            "when": "" if day else str(PayWhen(line.when).label),
        }
    )
    return words | {"formula": line.formula, "day": day.isoformat() if day else "", "amount": str(line.amount)}


def _has_severance(lines: "list[SettlementLine]") -> bool:
    return any(line.code in ("severance", "damages") for line in lines)


def _items(lines: "list[SettlementLine]") -> Any:
    return items_of(line.as_pay_line() for line in lines)


def _confirmed_on(settlement: "Settlement") -> str:
    assert settlement.confirmed_at is not None
    return settlement.confirmed_at.astimezone(LEGAL_ZONE).date().isoformat()
