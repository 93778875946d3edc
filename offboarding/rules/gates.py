"""Three gates and what stops at each. A code stops only its own gate (decisions 1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from offboarding.rules.compliance import evidence, union
from offboarding.rules.compliance.codes import Gate, code_of
from offboarding.rules.compliance.facts import GroundFacts
from offboarding.rules.compliance.ground_check import GroundCheck, ground_check
from offboarding.rules.compliance.layoff import LAYOFF, LayoffFacts, MassLayoff, is_kept_first, mass_layoff
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.grounds import GROUNDS
from offboarding.rules.kinds import BY_EVENT, Kind, rule

PROTECTED, PROTECTED_WARNING = "B_PROTECTED_42", "W_PROTECTED"
PUBLIC = {
    **{f"B_PROTECTED_42_{item}": PROTECTED for item in range(1, 7)},
    "B_OHC_EXIT_EXAM": PROTECTED,
    "W_PROTECTED_36": PROTECTED_WARNING,
    "W_PROTECTED_39": PROTECTED_WARNING,
}
"""What everybody reads in the place of what names the protection: that is for legal alone (decisions 12)."""
SECRET = frozenset({PROTECTED, PROTECTED_WARNING, "B_EXTEND_45"})
"""What tells that there is a protection, if not which: kept from whoever only asks, and from lists."""
OTHERWISE_TOLD = SECRET - {PROTECTED}
PUBLIC_ADVICE = ("W_MISSING_EVIDENCE", "W_MEDICAL_SUBSIDY")
ASKED_AGAIN = {
    PROTECTED: (Gate.EFFECT,),
    "B_EXTEND_45": (Gate.ISSUE, Gate.EFFECT),
    "B_GROUND_NOT_LEGAL": (Gate.EFFECT,),
    "B_RETIRE_TOO_EARLY": (Gate.EFFECT,),
    "B_FLEX_NOTICE_SHORT": (Gate.EFFECT,),
    "B_OPEN_ENDED_DUE": (Gate.EFFECT,),
    "B_PROBATION_EXPIRED": (Gate.EFFECT,),
    "B_UNION_UNANSWERED": (Gate.EFFECT,),
}
"""What may begin after the decision, or change with its days, is looked at once more (decisions 2)."""
PATTERN = "W_PATTERN_LAYOFF"
"""Grows with what others draft meanwhile, so it is asked again at the last gate before anything is done: of an
agreement on its day, of the others before the notice (LCL 41)."""
KEPT_FIRST = "W_PRIORITY_RETENTION"
PAPER_GATES = {
    "E_REASON_STATEMENT": Gate.ISSUE,
    "E_PLAN": Gate.ISSUE,
}
"""Papers that are made after the decision; all others must be there before it (JI1 44)."""
JUDGED_ELSEWHERE = frozenset({"E_MUTUAL_AGREEMENT", "E_UNION_BRIEFING", "E_OPINIONS", "E_LABOUR_REPORT"})
"""Papers whose absence has a code of its own."""
BY_GROUND = ("B_MISSING_EVIDENCE", "W_MISSING_EVIDENCE")


@dataclass(frozen=True, kw_only=True)
class Finding:
    code: str
    gate: Gate
    article: str
    is_advice: bool = False

    @property
    def blocks(self) -> bool:
        """Stops its gate until it is mended, or let pass by a named reviewer."""
        return self.code.startswith("B_")

    @property
    def needs_reason(self) -> bool:
        """Passes once somebody has written why it is done all the same."""
        return self.code.startswith("W_") and not self.is_advice

    @property
    def level(self) -> str:
        return "block" if self.blocks else "warn" if self.needs_reason else "advice"


@dataclass(frozen=True, kw_only=True)
class Facts:
    kind: str
    law: GroundFacts
    tables: Tables
    layoff: LayoffFacts | None = None
    delivered_on: date | None = None
    is_half_proven: bool = False
    is_one_way: bool = False

    @cached_property
    def found(self) -> GroundCheck:
        """Findings, papers and the first day come of one look at the law."""
        return ground_check(self.law, tables=self.tables)

    @cached_property
    def mass(self) -> MassLayoff | None:
        return mass_layoff(self.layoff) if self.layoff else None


def check(gate: Gate, facts: Facts) -> list[Finding]:
    """What blocks comes first, then warnings, then advice."""
    return [finding for finding in everything(facts) if finding.gate == gate]


def everything(facts: Facts) -> list[Finding]:
    """Of all gates at once: what somebody who is still writing has to expect."""
    if refusal := ground_refusal(facts.kind, facts.law.ground):
        return [refusal]
    if not rule(facts.kind).asks_law:
        return []
    codes = sorted({PUBLIC.get(code, code) for code in _codes(facts)})
    advice = sorted(set(_advice(facts)) - set(codes))
    return [
        *(_found(code, gate, facts.law.ground) for code in codes for gate in _gates(code, facts.kind)),
        *(_found(code, _gates(code, facts.kind)[0], facts.law.ground, is_advice=True) for code in advice),
    ]


def as_told(found: list[Finding]) -> list[Finding]:
    """To whoever may not know which protection it is."""
    return [each for each in found if each.code != PROTECTED] if speaks_for_it(each.code for each in found) else found


def speaks_for_it(codes: Iterable[str]) -> bool:
    """Only the exam of occupational health (ODL 35) stops an agreement or an expiry beside the general code, and the two
    together would name it. Legal answers for either."""
    return not OTHERWISE_TOLD.isdisjoint(codes)


def missing_papers(facts: Facts) -> tuple[str, ...]:
    return facts.found.missing_evidence


def comes_later(need: str) -> bool:
    """Made after the decision, so its absence stops nobody from asking for one."""
    return need in PAPER_GATES or need in JUDGED_ELSEWHERE - {"E_UNION_BRIEFING"}


def earliest_last_day(facts: Facts) -> date | None:
    """Counted from the delivery or, before that, from today; of a layoff from its briefing."""
    if facts.law.ground not in GROUNDS:
        return None
    if facts.mass and facts.law.ground.startswith(LAYOFF):
        return facts.mass.earliest_effective_date
    return facts.found.earliest_last_day


def ground_refusal(kind: str, ground: str) -> Finding | None:
    """There are no other grounds than the law's, and each kind of ending rests on its own (REG 18, 19)."""
    if ground in GROUNDS and ground in rule(kind).grounds:
        return None
    return _found("B_GROUND_NOT_LEGAL", Gate.SUBMIT)


def advice_of_notice(kind: str, ground: str, papers: evidence.Papers) -> list[Finding]:
    """What the company had better have in hand when somebody is forced to leave; it never stops the notice (LCL 38)."""
    if kind != Kind.FORCED_RESIGNATION:
        return []
    needs = [*evidence.missing(ground, papers), *evidence.advised(ground, papers)]
    return [_found(f"W_MISSING_EVIDENCE:{need}", Gate.SUBMIT, ground, is_advice=True) for need in needs]


def _found(code: str, gate: Gate, ground: str = "", *, is_advice: bool = False) -> Finding:
    return Finding(code=code, gate=gate, article=_article(code, ground), is_advice=is_advice)


def _article(code: str, ground: str) -> str:
    """Notice and papers are asked for by the ground itself."""
    if code.startswith(BY_GROUND):
        return ", ".join(dict.fromkeys([GROUNDS[ground].article, code_of(code).article]))
    return code_of(code).article


def _gates(code: str, kind: str) -> list[Gate]:
    name, _, paper = code.partition(":")
    own = PAPER_GATES.get(paper) or code_of(name).gate or Gate.SUBMIT
    again = (_last_gate(kind),) if code == PATTERN else ASKED_AGAIN.get(code, ())
    return [own, *again]


def _last_gate(kind: str) -> Gate:
    """No notice is issued of an agreement."""
    return Gate.EFFECT if kind == Kind.MUTUAL_AGREEMENT else Gate.ISSUE


def _codes(facts: Facts) -> Iterator[str]:
    found = facts.found
    past = _past_probation(facts.law)
    yield from (code for code in found.codes if not code.startswith("B_MISSING_EVIDENCE") and code not in past)
    if _papers_decide(facts):
        yield from (f"B_MISSING_EVIDENCE:{need}" for need in found.missing_evidence if need not in JUDGED_ELSEWHERE)
    if not rule(facts.kind).needs_effect_gate:
        return
    if not facts.law.reason.strip():
        yield "B_REASON_MISSING"
    if union.is_told(facts.law.ground) and union.waits_for_answer(facts.law.evidence):
        yield "B_UNION_UNANSWERED"
    if facts.mass:
        yield from facts.mass.codes
        yield from [KEPT_FIRST] if _is_cut_though_kept_first(facts.law) else []
    if facts.kind != Kind.MUTUAL_AGREEMENT:
        yield from ["B_NO_SERVICE_PROOF"] if facts.delivered_on is None else []
        yield from ["W_WEAK_PROOF"] if facts.is_half_proven else []


def _advice(facts: Facts) -> Iterator[str]:
    yield from (code for code in facts.found.advice if code.startswith(PUBLIC_ADVICE))
    if not _papers_decide(facts):  # a contract runs out by its date, with its papers or without
        yield from (f"W_MISSING_EVIDENCE:{need}" for need in facts.found.missing_evidence)
    yield from _past_probation(facts.law) & set(facts.found.codes)
    yield from ["W_WEAK_PROOF"] if facts.is_one_way else []
    yield from facts.mass.advice if facts.mass else ()


def _papers_decide(facts: Facts) -> bool:
    """Of what the employer declares, and of what only a paper shows: that a pension is drawn, that somebody has died, that
    the company is bankrupt or closed (LCL 44(2) to (5))."""
    return rule(facts.kind).needs_effect_gate or facts.law.ground in BY_EVENT


def _is_cut_though_kept_first(law: GroundFacts) -> bool:
    """What is written to this warning is the reason the plan has to name (LCL 41(2))."""
    return law.ground.startswith(LAYOFF) and is_kept_first(law.employee)


def _past_probation(law: GroundFacts) -> set[str]:
    """A probation that was too long is a debt for later days; it decides nothing once its agreed end has passed."""
    probation = law.employee.probation
    return {"W_PROBATION_ILLEGAL_LENGTH"} if probation is not None and law.notice_date > probation.end else set()
