"""Every outcome for every delivery class, and what may never happen whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.rules.outcome import Kind, Outcome, Seen, Verdict, judged
from integrations.rules.states import (
    MAX_CRASHES,
    MAX_TRIES,
    Delivery,
    Look,
    Mode,
    Standing,
    State,
    after_crash,
    after_look,
    after_outcome,
    look,
    mode_of,
)

A, B, C = Delivery.A, Delivery.B, Delivery.C
HUMAN = State.FAILED_NEEDS_HUMAN


def standing(delivery: Delivery = A, *, tries: int = 0, crashes: int = 0, quiesce: float = 0.0) -> Standing:
    return Standing(delivery=delivery, can_verify=delivery is not C, tries=tries, crashes=crashes, quiesce=quiesce)


@pytest.mark.parametrize(
    ("kind", "a", "b", "c", "burns"),
    [
        (Kind.DONE, State.DONE, State.DONE, State.DONE, True),
        (Kind.ALREADY_APPLIED, State.DONE, State.DONE, State.DONE, True),
        (Kind.NOT_NEEDED, State.NOT_NEEDED, State.NOT_NEEDED, State.NOT_NEEDED, True),
        (Kind.RETRY, State.PENDING, State.PENDING, State.PENDING, True),
        (Kind.THROTTLED, State.PENDING, State.PENDING, State.PENDING, False),
        (Kind.AUTH, State.PENDING, State.PENDING, State.PENDING, False),
        (Kind.AMBIGUOUS, State.AMBIGUOUS, State.AMBIGUOUS, HUMAN, True),
        (Kind.PARTIAL, State.AMBIGUOUS, State.AMBIGUOUS, HUMAN, True),
        (Kind.REJECTED, HUMAN, HUMAN, HUMAN, True),
        (Kind.MISCONFIGURED, HUMAN, HUMAN, HUMAN, True),
    ],
)
def test_what_follows_an_outcome(kind: Kind, a: State, b: State, c: State, burns: bool):
    for delivery, expected in ((A, a), (B, b), (C, c)):
        move = after_outcome(standing(delivery), Outcome(kind=kind), fraction=0.5)

        assert move.state is expected
        assert move.tries == (1 if burns else 0)


def test_every_outcome_stands_in_the_table_above():
    assert len(Kind) == 10


@pytest.mark.parametrize("kind", [Kind.RETRY, Kind.AMBIGUOUS, Kind.PARTIAL])
def test_the_last_try_ends_with_a_human(kind: Kind):
    move = after_outcome(standing(tries=MAX_TRIES - 1), Outcome(kind=kind), fraction=0.5)

    assert move.state is HUMAN


@given(
    tries=st.integers(0, MAX_TRIES - 2), fraction=st.floats(0, 1, exclude_max=True), asked=st.none() | st.floats(0, 900)
)
def test_a_wait_is_never_shorter_than_asked(tries: int, fraction: float, asked: float | None):
    outcome = Outcome(kind=Kind.RETRY, after=asked)

    move = after_outcome(standing(tries=tries), outcome, fraction=fraction)

    assert move.wait >= (asked or 0.0)
    assert move.wait <= max(asked or 0.0, 900.0)


@given(fraction=st.floats(0, 1, exclude_max=True))
def test_class_b_waits_until_the_first_call_can_no_longer_land(fraction: float):
    move = after_outcome(standing(B, quiesce=17.0), Outcome(kind=Kind.AMBIGUOUS), fraction=fraction)

    assert move.wait >= 17.0


@pytest.mark.parametrize(
    ("delivery", "crashes", "expected"),
    [(A, 0, State.AMBIGUOUS), (B, 1, State.AMBIGUOUS), (C, 0, HUMAN), (A, MAX_CRASHES - 1, State.QUARANTINED),
     (C, MAX_CRASHES - 1, State.QUARANTINED)],
)  # fmt: skip
def test_a_lost_worker_leaves_a_question(delivery: Delivery, crashes: int, expected: State):
    assert after_crash(standing(delivery, crashes=crashes)).state is expected


@pytest.mark.parametrize(
    ("state", "seen", "can_verify", "mode"),
    [
        (State.PENDING, Look.GO, True, Mode.SEND),
        (State.AMBIGUOUS, Look.GO, True, Mode.VERIFY_FIRST),
        (State.AMBIGUOUS, Look.GO, False, Mode.SEND),
        (State.PENDING, Look.STOP, True, None),
        (State.AMBIGUOUS, Look.STOP, True, Mode.VERIFY_ONLY),
        (State.AMBIGUOUS, Look.STOP, False, None),
    ],
)
def test_how_an_effect_is_taken_up(state: State, seen: Look, can_verify: bool, mode: Mode | None):
    assert mode_of(state, seen, can_verify=can_verify) is mode


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "in_approval", "returned", "rejected", "withdrawn", "retained", "cancelled"]
)
def test_nothing_goes_out_for_a_case_that_is_not_approved(state: str):
    assert look(case_state=state, is_secret=False, outlives_withdrawal=False) is Look.STOP


def test_nothing_goes_out_before_the_person_was_told():
    assert look(case_state="approved", is_secret=True, outlives_withdrawal=False) is Look.HOLD
    assert look(case_state="approved", is_secret=False, outlives_withdrawal=False) is Look.GO


def test_the_news_of_a_withdrawal_still_goes_out():
    assert look(case_state="withdrawn", is_secret=False, outlives_withdrawal=True) is Look.GO


@pytest.mark.parametrize(
    ("seen", "mode", "expected"),
    [
        (Seen.APPLIED, Mode.VERIFY_FIRST, Kind.ALREADY_APPLIED),
        (Seen.UNKNOWN, Mode.VERIFY_FIRST, Kind.AMBIGUOUS),
        (Seen.NOT_APPLIED, Mode.VERIFY_FIRST, None),
        (Seen.PARTIAL, Mode.VERIFY_FIRST, None),
        (Seen.APPLIED, Mode.VERIFY_ONLY, Kind.ALREADY_APPLIED),
        (Seen.UNKNOWN, Mode.VERIFY_ONLY, Kind.AMBIGUOUS),
        (Seen.NOT_APPLIED, Mode.VERIFY_ONLY, Kind.NOT_NEEDED),
        (Seen.PARTIAL, Mode.VERIFY_ONLY, Kind.REJECTED),
    ],
)
def test_what_looking_first_decides(seen: Seen, mode: Mode, expected: Kind | None):
    outcome = after_look(Verdict(seen=seen), mode)

    assert (outcome.kind if outcome else None) is expected


@pytest.mark.parametrize("seen", [Seen.NOT_APPLIED, Seen.PARTIAL, Seen.UNKNOWN])
def test_a_success_that_the_system_denies_is_none(seen: Seen):
    assert judged(Outcome(kind=Kind.DONE), Verdict(seen=seen)).kind is Kind.AMBIGUOUS


def test_a_success_that_the_system_confirms_stays():
    outcome = Outcome(kind=Kind.DONE, remote_ref="r")

    assert judged(outcome, Verdict(seen=Seen.APPLIED)) is outcome
