"""What the company sees of a forced resignation (LCL 38)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import may
from ..models import Case, Decision
from ..permissions import Permission
from .law_page import PaperRow, law_page


@dataclass(frozen=True, kw_only=True)
class ForcedPage:
    words: str
    """The employee's own; empty for whoever may not read reasons."""
    papers: list[PaperRow]
    found: list[Decision]
    is_checked: bool
    can_check: bool
    can_add: bool


def forced_page(user: Any, case: Case, *, at: datetime) -> ForcedPage:
    reads = may.may(user, Permission.VIEW_REASON, case)
    found = list(case.decisions.filter(kind="arrears").select_related("by", "data_key").order_by("at"))
    return ForcedPage(
        words=case.reason() if reads else "",
        papers=law_page(user, case, at=at).papers,
        found=found if reads else [],
        is_checked=bool(found),
        can_check=may.may(user, Permission.JUDGE_ENDING, case) and case.is_live and not found,
        can_add=may.may(user, Permission.START_CASE, case) and case.is_live,
    )
