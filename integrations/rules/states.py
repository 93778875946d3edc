"""The life of an effect: what follows from an outcome, a crash, or a look at the case. Pure; the engine only obeys."""

from dataclasses import dataclass
from enum import StrEnum

from integrations.rules import backoff
from integrations.rules.outcome import Kind, Outcome, Seen, Verdict

MAX_TRIES = 8
MAX_CRASHES = 3
AUTH_PAUSE = 300.0


class State(StrEnum):
    HELD = "held"  # planned, waits until the leaver has been told
    PENDING = "pending"
    SENDING = "sending"
    AMBIGUOUS = "ambiguous"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    FAILED_NEEDS_HUMAN = "failed_needs_human"
    QUARANTINED = "quarantined"


OPEN = (State.HELD, State.PENDING, State.SENDING, State.AMBIGUOUS)
CLAIMABLE = (State.PENDING, State.AMBIGUOUS)
NEEDS_HUMAN = (State.FAILED_NEEDS_HUMAN, State.QUARANTINED)


class Delivery(StrEnum):
    A = "a"  # idempotent by key or by nature
    B = "b"  # can be looked up by our reference
    C = "c"  # neither: at most once, then a human


class Mode(StrEnum):
    SEND = "send"
    VERIFY_FIRST = "verify_first"
    VERIFY_ONLY = "verify_only"


@dataclass(frozen=True, kw_only=True)
class Standing:
    delivery: Delivery
    can_verify: bool
    tries: int
    crashes: int = 0
    quiesce: float = 0.0  # no second send before a first one can no longer land


@dataclass(frozen=True, kw_only=True)
class Move:
    state: State
    tries: int
    wait: float = 0.0
    reason: str = ""


class Look(StrEnum):
    """What the case says at the moment of the claim."""

    GO = "go"
    HOLD = "hold"
    STOP = "stop"


GOING = ("approved", "closed")


def look(*, case_state: str, is_secret: bool, outlives_withdrawal: bool) -> Look:
    """`outlives_withdrawal`: the news of the withdrawal itself, and what takes an effect back."""
    if outlives_withdrawal:
        return Look.GO
    if case_state not in GOING:
        return Look.STOP
    return Look.HOLD if is_secret else Look.GO


def mode_of(state: State, look: Look, *, can_verify: bool) -> Mode | None:
    """How to take up an effect; None when there is nothing left to call."""
    if look is Look.STOP:
        return Mode.VERIFY_ONLY if state is State.AMBIGUOUS and can_verify else None
    if state is State.AMBIGUOUS and can_verify:
        return Mode.VERIFY_FIRST
    return Mode.SEND


def after_outcome(standing: Standing, outcome: Outcome, *, fraction: float) -> Move:
    burnt = standing.tries + 1
    match outcome.kind:
        case Kind.DONE | Kind.ALREADY_APPLIED:
            return Move(state=State.DONE, tries=burnt)
        case Kind.NOT_NEEDED:
            return Move(state=State.NOT_NEEDED, tries=burnt, reason=outcome.reason)
        case Kind.REJECTED | Kind.MISCONFIGURED:
            return Move(state=State.FAILED_NEEDS_HUMAN, tries=burnt, reason=outcome.reason)
        case Kind.THROTTLED:
            wait = backoff.wait(0, fraction=fraction, asked=outcome.after)
            return Move(state=State.PENDING, tries=standing.tries, wait=wait, reason=outcome.reason)
        case Kind.AUTH:
            return Move(state=State.PENDING, tries=standing.tries, wait=AUTH_PAUSE, reason=outcome.reason)
        case Kind.RETRY:
            return _again(State.PENDING, standing, outcome, fraction=fraction)
        case Kind.AMBIGUOUS | Kind.PARTIAL:
            return _unsure(standing, outcome, fraction=fraction)


def _unsure(standing: Standing, outcome: Outcome, *, fraction: float) -> Move:
    if standing.delivery is Delivery.C:
        return Move(state=State.FAILED_NEEDS_HUMAN, tries=standing.tries + 1, reason=outcome.reason)
    return _again(State.AMBIGUOUS, standing, outcome, fraction=fraction)


def _again(state: State, standing: Standing, outcome: Outcome, *, fraction: float) -> Move:
    tries = standing.tries + 1
    if tries >= MAX_TRIES:
        return Move(state=State.FAILED_NEEDS_HUMAN, tries=tries, reason=outcome.reason)
    at_least = standing.quiesce if state is State.AMBIGUOUS and standing.delivery is Delivery.B else 0.0
    wait = backoff.wait(tries, fraction=fraction, asked=outcome.after, at_least=at_least)
    return Move(state=state, tries=tries, wait=wait, reason=outcome.reason)


def after_crash(standing: Standing) -> Move:
    """The lease ran out and nobody reported: the call may have been made, or may have killed its worker."""
    if standing.crashes + 1 >= MAX_CRASHES:
        return Move(state=State.QUARANTINED, tries=standing.tries, reason="worker_lost")
    if standing.delivery is Delivery.C:
        return Move(state=State.FAILED_NEEDS_HUMAN, tries=standing.tries, reason="worker_lost")
    return Move(state=State.AMBIGUOUS, tries=standing.tries, reason="worker_lost")


def after_look(verdict: Verdict, mode: Mode) -> Outcome | None:
    """What verify-first decides; None means: surely not applied, send it."""
    if verdict.seen is Seen.APPLIED:
        return Outcome(kind=Kind.ALREADY_APPLIED, remote_ref=verdict.remote_ref, evidence=verdict.observed)
    if verdict.seen is Seen.UNKNOWN:
        return Outcome(kind=Kind.AMBIGUOUS, reason=verdict.reason or "verify_unknown", evidence=verdict.observed)
    if mode is Mode.VERIFY_FIRST:
        return None
    if verdict.seen is Seen.PARTIAL:
        return Outcome(kind=Kind.REJECTED, reason="withdrawn_partial", evidence=verdict.observed)
    return Outcome(kind=Kind.NOT_NEEDED, reason="withdrawn")
