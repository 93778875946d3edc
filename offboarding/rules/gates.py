"""Three gates and the floor of what stops at each. A code stops only its own gate (decisions 1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offboarding.rules import dates
from offboarding.rules.compliance import reasons
from offboarding.rules.compliance.codes import Gate, code_of
from offboarding.rules.grounds import GROUNDS, Ground
from offboarding.rules.kinds import Kind, rule


@dataclass(frozen=True, kw_only=True)
class Finding:
    code: str
    gate: Gate
    article: str
    blocks: bool = True


@dataclass(frozen=True, kw_only=True)
class Facts:
    kind: str
    ground: str
    on: date
    reason: str = ""
    probation_end_date: date | None = None
    is_protected: bool = False
    union_notified: bool = False
    agreement_signed: bool = False
    delivered_on: date | None = None
    termination_date: date | None = None
    pay_in_lieu: bool = False

    @property
    def in_probation(self) -> bool:
        return self.probation_end_date is not None and self.on <= self.probation_end_date


def check(gate: Gate, facts: Facts) -> list[Finding]:
    return list(_CHECKS[gate](facts))


def _found(code: str, gate: Gate) -> Finding:
    return Finding(code=code, gate=gate, article=code_of(code).article, blocks=code.startswith("B_"))


def _submit(facts: Facts) -> Iterator[Finding]:
    ground = GROUNDS.get(facts.ground)
    if ground is None or facts.ground not in rule(facts.kind).grounds:
        yield _found("B_GROUND_NOT_LEGAL", Gate.SUBMIT)
        return
    if rule(facts.kind).needs_effect_gate:
        yield from _words(facts)
        yield from _probation(ground, facts)
        yield from _protection(ground, facts)


def _words(facts: Facts) -> Iterator[Finding]:
    if not facts.reason.strip():
        yield _found("B_REASON_MISSING", Gate.SUBMIT)
    for code in reasons.codes(facts.reason, ground=facts.ground):
        yield _found(code, Gate.SUBMIT)


def _probation(ground: Ground, facts: Facts) -> Iterator[Finding]:
    if facts.in_probation and not ground.in_probation:
        yield _found("B_PROBATION_RESTRICTED_21", Gate.SUBMIT)
    if not facts.in_probation and not ground.after_probation:
        yield _found("B_PROBATION_EXPIRED", Gate.SUBMIT)


def _protection(ground: Ground, facts: Facts) -> Iterator[Finding]:
    """Says only that something protects; which item fired is for legal alone (decisions 12)."""
    if facts.is_protected:
        yield _found("B_PROTECTED_42" if ground.barred_when_protected else "W_PROTECTED", Gate.SUBMIT)


def _issue(facts: Facts) -> Iterator[Finding]:
    ground = GROUNDS.get(facts.ground)
    if ground and ground.union_notice and not facts.union_notified:
        yield _found("B_NO_UNION_NOTICE", Gate.ISSUE)


def _effect(facts: Facts) -> Iterator[Finding]:
    if facts.kind == Kind.MUTUAL_AGREEMENT:
        if not facts.agreement_signed:
            yield _found("B_NO_CONSENT", Gate.EFFECT)
        return
    if not rule(facts.kind).needs_effect_gate:
        return
    if facts.delivered_on is None:
        yield _found("B_NO_SERVICE_PROOF", Gate.EFFECT)
        return
    yield from _notice(GROUNDS[facts.ground], facts)
    yield from _protection_at_effect(GROUNDS[facts.ground], facts)


def _notice(ground: Ground, facts: Facts) -> Iterator[Finding]:
    assert facts.delivered_on is not None
    earliest = dates.earliest_effect(
        ground_notice=ground.notice, delivered=facts.delivered_on, pay_in_lieu=facts.pay_in_lieu
    )
    if facts.termination_date and facts.termination_date < earliest:
        yield Finding(code="B_NOTICE_SHORT", gate=Gate.EFFECT, article=ground.article)


def _protection_at_effect(ground: Ground, facts: Facts) -> Iterator[Finding]:
    if facts.is_protected and ground.barred_when_protected:
        yield _found("B_PROTECTED_42", Gate.EFFECT)


_CHECKS = {Gate.SUBMIT: _submit, Gate.ISSUE: _issue, Gate.EFFECT: _effect}
