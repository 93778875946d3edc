"""The life of a case in one table. Buttons, API actions, permission checks and the docs diagram all read it.

Everything not listed is refused. `to` of None means: allowed there, but the state stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from offboarding.permissions import Permission
from offboarding.rules.compliance.codes import Gate
from offboarding.rules.kinds import Kind, rule


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    CLOSED = "closed"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RETAINED = "retained"
    CANCELLED = "cancelled"


class Action(StrEnum):
    SUBMIT = "submit"
    REDRAFT = "redraft"
    ADD_EVIDENCE = "add_evidence"
    ANSWER_FINDING = "answer_finding"
    OPEN_CHAIN = "open_chain"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    RETURN_FOR_CHANGES = "return_for_changes"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    RETAIN = "retain"
    REQUEST_WITHDRAWAL = "request_withdrawal"
    STRIKE_LETTER = "strike_letter"
    CANCEL = "cancel"
    CONVERT = "convert"
    STAND_DOWN = "stand_down"
    CHANGE_DATES = "change_dates"
    RECORD_RETENTION = "record_retention"
    TELL = "tell"
    ISSUE_NOTICE = "issue_notice"
    RECORD_SERVICE = "record_service"
    SIGN_AGREEMENT = "sign_agreement"
    TAKE_BACK_AGREEMENT = "take_back_agreement"
    WORK_TRACK = "work_track"
    KEEP_DISPUTE = "keep_dispute"
    EXPORT_EVIDENCE = "export_evidence"
    END_EMPLOYMENT = "end_employment"
    CLOSE = "close"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What guards may look at."""

    kind: str
    is_acknowledged: bool = False
    is_delivered: bool = False
    is_ended: bool = False
    is_told: bool = False
    is_quiet: bool = False
    is_signed: bool = False
    """An agreement, by both."""
    has_consent: bool = False
    is_on_paper: bool = False
    open_required: int = 0

    @property
    def is_notice(self) -> bool:
        return rule(self.kind).is_notice

    @property
    def has_papers(self) -> bool:
        """A resignation that was signed here proves itself."""
        return self.is_on_paper or self.kind == Kind.FORCED_RESIGNATION or rule(self.kind).asks_law


@dataclass(frozen=True, kw_only=True)
class Transition:
    sources: frozenset[State]
    to: State | None
    permission: Permission
    guard: str = ""
    gate: Gate | None = None
    """What the law is asked before: nobody passes the row without it."""


def _is_free_to_withdraw(facts: Facts) -> bool:
    """A notice until acknowledged, an employer's ending until delivered or signed by both; afterwards with consent
    (decisions 4)."""
    bound = facts.is_acknowledged if facts.is_notice else facts.is_delivered or facts.is_signed
    return not facts.is_ended and (facts.has_consent or not bound)


def _is_agreement(facts: Facts) -> bool:
    return facts.kind == Kind.MUTUAL_AGREEMENT and not facts.is_ended


GUARDS: dict[str, Callable[[Facts], bool]] = {
    "": lambda facts: True,
    "is_formal": lambda facts: facts.kind != Kind.PRE_OFFBOARDING,
    "is_preparation": lambda facts: facts.kind == Kind.PRE_OFFBOARDING,
    "is_notice": lambda facts: facts.is_notice,
    "is_request": lambda facts: not facts.is_notice,
    "is_employer_ending": lambda facts: rule(facts.kind).needs_effect_gate,
    "is_asked_of_the_law": lambda facts: rule(facts.kind).asks_law,
    "has_papers": lambda facts: facts.has_papers,
    "is_one_sided": lambda facts: rule(facts.kind).needs_effect_gate and facts.kind != Kind.MUTUAL_AGREEMENT,
    "is_unsigned_agreement": lambda facts: _is_agreement(facts) and not facts.is_signed,
    "is_signed_agreement": lambda facts: _is_agreement(facts) and facts.is_signed,
    "can_be_told": lambda facts: facts.is_quiet and not facts.is_told,
    "is_free_to_withdraw": _is_free_to_withdraw,
    "is_employed": lambda facts: not facts.is_ended,
    "is_notice_and_employed": lambda facts: facts.is_notice and not facts.is_ended,
    "is_on_paper_and_employed": lambda facts: facts.is_on_paper and not facts.is_ended,
    "is_finished": lambda facts: facts.is_ended and facts.open_required == 0,
}

LIVE = frozenset({State.SUBMITTED, State.IN_APPROVAL, State.RETURNED, State.APPROVED})
FINAL = frozenset({State.CLOSED, State.REJECTED, State.WITHDRAWN, State.RETAINED, State.CANCELLED})
GIVEN_UP = FINAL - {State.CLOSED}
"""Nobody leaves by this case."""


def _row(
    *sources: State, to: State | None, permission: Permission, guard: str = "", gate: Gate | None = None
) -> Transition:
    return Transition(sources=frozenset(sources), to=to, permission=permission, guard=guard, gate=gate)


S, P = State, Permission
TABLE: dict[Action, Transition] = {
    Action.SUBMIT: _row(
        S.DRAFT, S.RETURNED, to=S.SUBMITTED, permission=P.START_CASE, guard="is_formal", gate=Gate.SUBMIT
    ),
    Action.REDRAFT: _row(S.DRAFT, S.RETURNED, to=None, permission=P.START_CASE),
    Action.ADD_EVIDENCE: _row(
        S.DRAFT, S.RETURNED, S.IN_APPROVAL, S.APPROVED, to=None, permission=P.START_CASE, guard="has_papers"
    ),
    Action.ANSWER_FINDING: _row(
        S.DRAFT, S.RETURNED, S.IN_APPROVAL, S.APPROVED, to=None, permission=P.START_CASE, guard="is_asked_of_the_law"
    ),
    Action.OPEN_CHAIN: _row(S.SUBMITTED, to=S.IN_APPROVAL, permission=P.SYSTEM),
    Action.APPROVE: _row(S.IN_APPROVAL, to=S.APPROVED, permission=P.DECIDE_APPROVAL, guard="is_request"),
    Action.ACKNOWLEDGE: _row(S.IN_APPROVAL, S.RETURNED, to=S.APPROVED, permission=P.DECIDE_APPROVAL, guard="is_notice"),
    Action.RETURN_FOR_CHANGES: _row(S.IN_APPROVAL, to=S.RETURNED, permission=P.DECIDE_APPROVAL),
    Action.REJECT: _row(S.IN_APPROVAL, to=S.REJECTED, permission=P.DECIDE_APPROVAL, guard="is_request"),
    Action.WITHDRAW: _row(*LIVE, to=S.WITHDRAWN, permission=P.WITHDRAW_CASE, guard="is_free_to_withdraw"),
    Action.RETAIN: _row(*LIVE, to=S.RETAINED, permission=P.WITHDRAW_CASE, guard="is_notice_and_employed"),
    Action.REQUEST_WITHDRAWAL: _row(*LIVE, to=None, permission=P.WITHDRAW_CASE, guard="is_employed"),
    Action.STRIKE_LETTER: _row(*LIVE, to=S.WITHDRAWN, permission=P.MANAGE_CASE, guard="is_on_paper_and_employed"),
    Action.CANCEL: _row(
        S.DRAFT, S.SUBMITTED, S.IN_APPROVAL, S.RETURNED, to=S.CANCELLED, permission=P.MANAGE_CASE, guard="is_request"
    ),
    Action.CONVERT: _row(S.DRAFT, to=None, permission=P.PREPARE_EXIT, guard="is_preparation"),
    Action.STAND_DOWN: _row(S.DRAFT, to=S.CANCELLED, permission=P.PREPARE_EXIT, guard="is_preparation"),
    Action.CHANGE_DATES: _row(*LIVE, to=None, permission=P.CHANGE_DATES, guard="is_employed"),
    Action.RECORD_RETENTION: _row(*LIVE, to=None, permission=P.RECORD_RETENTION, guard="is_employed"),
    Action.TELL: _row(S.APPROVED, to=None, permission=P.MANAGE_CASE, guard="can_be_told"),
    Action.ISSUE_NOTICE: _row(S.APPROVED, to=None, permission=P.MANAGE_CASE, guard="is_one_sided", gate=Gate.ISSUE),
    Action.RECORD_SERVICE: _row(
        S.APPROVED, to=None, permission=P.MANAGE_CASE, guard="is_employer_ending", gate=Gate.ISSUE
    ),
    Action.SIGN_AGREEMENT: _row(
        S.APPROVED, to=None, permission=P.MANAGE_CASE, guard="is_unsigned_agreement", gate=Gate.ISSUE
    ),
    Action.TAKE_BACK_AGREEMENT: _row(S.APPROVED, to=None, permission=P.MANAGE_CASE, guard="is_signed_agreement"),
    Action.WORK_TRACK: _row(S.APPROVED, S.CLOSED, to=None, permission=P.WORK_TRACK),
    Action.KEEP_DISPUTE: _row(*(LIVE | FINAL), to=None, permission=P.RECORD_DISPUTE),
    Action.EXPORT_EVIDENCE: _row(*(LIVE | FINAL), to=None, permission=P.EXPORT_EVIDENCE),
    Action.END_EMPLOYMENT: _row(S.APPROVED, to=None, permission=P.SYSTEM, guard="is_employed", gate=Gate.EFFECT),
    Action.CLOSE: _row(S.APPROVED, to=S.CLOSED, permission=P.SYSTEM, guard="is_finished"),
}


def allows(action: str, state: str, facts: Facts) -> bool:
    row = TABLE[Action(action)]
    return State(state) in row.sources and GUARDS[row.guard](facts)


def target(action: str, state: str) -> State:
    return TABLE[Action(action)].to or State(state)


def allowed_actions(state: str, facts: Facts) -> list[Action]:
    return [action for action in TABLE if allows(action, state, facts)]


def diagram() -> str:
    """The table as a Mermaid state diagram; docs/lifecycle.md holds it and a test says when it is stale."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for action, row in TABLE.items():
        if row.to:
            guard = f" [{row.guard}]" if row.guard else ""
            lines += [f"    {source} --> {row.to}: {action}{guard}" for source in sorted(row.sources)]
    lines += [f"    {state} --> [*]" for state in sorted(FINAL)]
    return "\n".join(lines)


def table_rows() -> list[tuple[str, str, str, str, str, str]]:
    return [
        (action, ", ".join(sorted(row.sources)), row.to or "(stays)", row.permission, row.guard or "-", row.gate or "-")
        for action, row in TABLE.items()
    ]
