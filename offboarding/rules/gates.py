"""Three gates and the floor of what stops at each. A code stops only its own gate (decisions 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from offboarding.rules import dates
from offboarding.rules.grounds import GROUNDS, Ground
from offboarding.rules.kinds import Kind, rule


class Gate(StrEnum):
    SUBMIT = "submit"
    ISSUE = "issue"
    EFFECT = "effect"


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


DISCRIMINATION = re.compile(r"怀孕|孕期|结婚|哺乳|生育|年龄大|年纪大|身体不好|乙肝|pregnan|maternity", re.I)
RETALIATION = re.compile(r"举报|仲裁|工会活动|whistle|arbitrat", re.I)


def check(gate: Gate, facts: Facts) -> list[Finding]:
    return list(_CHECKS[gate](facts))


def _submit(facts: Facts) -> Iterator[Finding]:
    ground = GROUNDS.get(facts.ground)
    if ground is None or facts.ground not in rule(facts.kind).grounds:
        yield Finding(code="B_GROUND_NOT_LEGAL", gate=Gate.SUBMIT, article="REG 18, 19")
        return
    if rule(facts.kind).needs_effect_gate:
        yield from _words(facts)
        yield from _probation(ground, facts)
        yield from _protection(ground, facts)


def _words(facts: Facts) -> Iterator[Finding]:
    if not facts.reason.strip():
        yield Finding(code="B_REASON_MISSING", gate=Gate.SUBMIT, article="LCL 39, 40")
    if DISCRIMINATION.search(facts.reason):
        yield Finding(code="B_DISCRIMINATION", gate=Gate.SUBMIT, article="妇女权益保障法 48")
    if RETALIATION.search(facts.reason):
        yield Finding(code="B_RETALIATION", gate=Gate.SUBMIT, article="TUL 53")


def _probation(ground: Ground, facts: Facts) -> Iterator[Finding]:
    if facts.in_probation and not ground.in_probation:
        yield Finding(code="B_PROBATION_RESTRICTED_21", gate=Gate.SUBMIT, article="LCL 21")
    if not facts.in_probation and not ground.after_probation:
        yield Finding(code="B_PROBATION_EXPIRED", gate=Gate.SUBMIT, article="LCL 39(1)")


def _protection(ground: Ground, facts: Facts) -> Iterator[Finding]:
    """Says only that something protects; which item fired is for legal alone (decisions 12)."""
    if facts.is_protected:
        code = "B_PROTECTED_42" if ground.barred_when_protected else "W_PROTECTED"
        yield Finding(code=code, gate=Gate.SUBMIT, article="LCL 42", blocks=ground.barred_when_protected)


def _issue(facts: Facts) -> Iterator[Finding]:
    ground = GROUNDS.get(facts.ground)
    if ground and ground.union_notice and not facts.union_notified:
        yield Finding(code="B_NO_UNION_NOTICE", gate=Gate.ISSUE, article="LCL 43")


def _effect(facts: Facts) -> Iterator[Finding]:
    if facts.kind == Kind.MUTUAL_AGREEMENT:
        if not facts.agreement_signed:
            yield Finding(code="B_NO_CONSENT", gate=Gate.EFFECT, article="LCL 36")
        return
    if not rule(facts.kind).needs_effect_gate:
        return
    if facts.delivered_on is None:
        yield Finding(code="B_NO_SERVICE_PROOF", gate=Gate.EFFECT, article="CC 137")
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
        yield Finding(code="B_PROTECTED_42", gate=Gate.EFFECT, article="LCL 42")


_CHECKS = {Gate.SUBMIT: _submit, Gate.ISSUE: _issue, Gate.EFFECT: _effect}
