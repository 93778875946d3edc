"""The grounds of the Labour Contract Law and what each asks for (REG 18, 19: there are no others)."""

from dataclasses import dataclass, replace
from enum import StrEnum

NOTICE_OR_PAY = "30 days or pay in lieu"
NOTICE_ONLY = "30 days"


class Actor(StrEnum):
    """Whose act ends the employment."""

    BOTH = "both"
    EMPLOYEE = "employee"
    EMPLOYER = "employer"
    EXPIRY = "expiry"
    LAW = "law"


@dataclass(frozen=True, kw_only=True)
class Ground:
    article: str
    actor: Actor
    severance: bool = False
    """LCL 46 lists it, so N is due."""
    union_notice: bool = False
    notice: str = ""
    barred_when_protected: bool = False
    extended_when_protected: bool = False
    """LCL 45: the end moves to the day the protection ends."""
    in_probation: bool = True
    after_probation: bool = True
    most_years_before_2008: int | None = None
    """Ceiling in months' wages for service before 2008-01-01 (OLD481); None: none."""

    @property
    def allows_pay_in_lieu(self) -> bool:
        return self.notice == NOTICE_OR_PAY


def _lcl(number: int, item: int | None = None) -> str:
    return f"LCL {number}" + (f"({item})" if item else "")


def _dismissal(item: int) -> Ground:
    return Ground(article=_lcl(39, item), actor=Actor.EMPLOYER, union_notice=True)


def _with_notice(item: int) -> Ground:
    return Ground(
        article=_lcl(40, item),
        actor=Actor.EMPLOYER,
        severance=True,
        union_notice=True,
        notice=NOTICE_OR_PAY,
        barred_when_protected=True,
    )


def _layoff(item: int) -> Ground:
    return Ground(
        article=_lcl(41, item),
        actor=Actor.EMPLOYER,
        severance=True,
        notice=NOTICE_ONLY,
        barred_when_protected=True,
        in_probation=False,
    )


def _by_law(item: int, *, severance: bool = False) -> Ground:
    return Ground(article=_lcl(44, item), actor=Actor.LAW, severance=severance, most_years_before_2008=0)


GROUNDS: dict[str, Ground] = {
    "LCL36_EMPLOYER": Ground(article=_lcl(36), actor=Actor.BOTH, severance=True, most_years_before_2008=12),
    "LCL36_EMPLOYEE": Ground(article=_lcl(36), actor=Actor.BOTH),
    "LCL37": Ground(article=_lcl(37), actor=Actor.EMPLOYEE),
    "LCL38": Ground(article=_lcl(38), actor=Actor.EMPLOYEE, severance=True),
    "LCL39_1": replace(_dismissal(1), after_probation=False),
    **{f"LCL39_{item}": _dismissal(item) for item in range(2, 7)},
    "LCL40_1": _with_notice(1),
    "LCL40_2": replace(_with_notice(2), most_years_before_2008=12),
    "LCL40_3": replace(_with_notice(3), in_probation=False),
    **{f"LCL41_{item}": _layoff(item) for item in range(1, 5)},
    "LCL44_1": Ground(
        article=_lcl(44, 1),
        actor=Actor.EXPIRY,
        severance=True,
        extended_when_protected=True,
        most_years_before_2008=0,
    ),
    "LCL44_2": _by_law(2),
    "LCL44_3": _by_law(3),
    "LCL44_4": _by_law(4, severance=True),
    "LCL44_5": _by_law(5, severance=True),
    "RETIRE": Ground(article="REG 21", actor=Actor.LAW),
    "TASK_COMPLETED": Ground(
        article="REG 22", actor=Actor.LAW, severance=True, extended_when_protected=True, most_years_before_2008=0
    ),
}
