"""The grounds of the Labour Contract Law and what each asks for (REG 18, 19: there are no others)."""

from dataclasses import dataclass

NOTICE_OR_PAY = "30 days or pay in lieu"
NOTICE_ONLY = "30 days"


@dataclass(frozen=True, kw_only=True)
class Ground:
    article: str
    union_notice: bool = False
    notice: str = ""
    barred_when_protected: bool = False
    in_probation: bool = True
    after_probation: bool = True


def _lcl(number: int, item: int | None = None) -> str:
    return f"LCL {number}" + (f"({item})" if item else "")


GROUNDS: dict[str, Ground] = {
    "LCL36_EMPLOYER": Ground(article=_lcl(36)),
    "LCL36_EMPLOYEE": Ground(article=_lcl(36)),
    "LCL37": Ground(article=_lcl(37)),
    "LCL38": Ground(article=_lcl(38)),
    "LCL39_1": Ground(article=_lcl(39, 1), union_notice=True, after_probation=False),
    **{f"LCL39_{item}": Ground(article=_lcl(39, item), union_notice=True) for item in range(2, 7)},
    **{
        f"LCL40_{item}": Ground(
            article=_lcl(40, item), union_notice=True, notice=NOTICE_OR_PAY, barred_when_protected=True
        )
        for item in (1, 2)
    },
    "LCL40_3": Ground(
        article=_lcl(40, 3),
        union_notice=True,
        notice=NOTICE_OR_PAY,
        barred_when_protected=True,
        in_probation=False,
    ),
    **{
        f"LCL41_{item}": Ground(
            article=_lcl(41, item), notice=NOTICE_ONLY, barred_when_protected=True, in_probation=False
        )
        for item in range(1, 5)
    },
    "LCL44_1": Ground(article=_lcl(44, 1)),
    "LCL44_2": Ground(article=_lcl(44, 2)),
    "LCL44_3": Ground(article=_lcl(44, 3)),
    "LCL44_4": Ground(article=_lcl(44, 4)),
    "LCL44_5": Ground(article=_lcl(44, 5)),
    "RETIRE": Ground(article="REG 21"),
    "TASK_COMPLETED": Ground(article="REG 22"),
}
