"""Which endings can cost 2N: those by which the employer ended the employment, or let it end, against the law (LCL 48, 87)."""

from offboarding.rules.grounds import GROUNDS, Actor
from offboarding.rules.kinds import DEATH

BY_EMPLOYER = frozenset({Actor.EMPLOYER, Actor.EXPIRY, Actor.LAW})


def refusal(ground: str, *, is_void: bool) -> str:
    """The code of what stands against it, or nothing. Who resigns (LCL 37), is driven to it (LCL 38: N, LCL 46(1)) or proposes the
    agreement ended it; a death is nobody's act. What the employer proposed and both signed is no act of the employer alone,
    unless it is void or was rescinded (LCL 26; JI1 35)."""
    if ground not in GROUNDS:
        return ""
    known = GROUNDS[ground]
    if known.actor is Actor.BOTH and known.severance:
        return "" if is_void else "B_AGREEMENT_STANDS"
    return "" if known.actor in BY_EMPLOYER and ground != DEATH else "B_NO_EMPLOYER_ENDING"


def is_agreement(ground: str) -> bool:
    return refusal(ground, is_void=False) == "B_AGREEMENT_STANDS"


ARTICLES = {"B_AGREEMENT_STANDS": "JI1 35", "B_NO_EMPLOYER_ENDING": "LCL 48, 87"}
