"""The union hears the reasons before the employer alone ends employment: LCL 43; JI1 47."""

from collections.abc import Iterator, Mapping
from datetime import date

from offboarding.rules.compliance.facts import GroundFacts
from offboarding.rules.grounds import GROUNDS


def codes(facts: GroundFacts) -> Iterator[str]:
    """In writing, on the day of the notice at the latest. Layoffs have a way of their own (LCL 41)."""
    if not GROUNDS[facts.ground].union_notice:
        return
    if not facts.has_union:
        yield "W_NO_UNION_ENTERPRISE"
    elif facts.union_notice_date is None or facts.union_notice_date > facts.notice_date:
        yield "B_NO_UNION_NOTICE"


def is_told(ground: str) -> bool:
    """Of what the employer alone ends; of an agreement or an ending by the law it is not asked."""
    return ground in GROUNDS and GROUNDS[ground].union_notice


OBJECTION, ANSWER = "E_UNION_OBJECTION", "E_UNION_ANSWER"
ANSWER_DAYS = 2
"""Working days in which an objection is answered: the law names none (policy)."""


def waits_for_answer(papers: Mapping[str, date | None]) -> bool:
    """It objects: the employer studies the opinion and answers in writing. An answer from before it answers nothing."""
    objected, answered = papers.get(OBJECTION), papers.get(ANSWER)
    return objected is not None and (answered is None or answered < objected)
