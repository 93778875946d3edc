from hypothesis import given
from hypothesis import strategies as st

from integrations.rules.breaker import AUTH_COOLDOWN, COOLDOWN, THRESHOLD, Breaker
from integrations.rules.bucket import Bucket
from integrations.rules.outcome import Kind


def opened(now: float = 100.0) -> Breaker:
    breaker = Breaker()
    for _ in range(THRESHOLD):
        breaker = breaker.after(Kind.RETRY, now=now)
    return breaker


def test_a_row_of_failures_opens_it():
    breaker = Breaker()
    for _ in range(THRESHOLD - 1):
        breaker = breaker.after(Kind.AMBIGUOUS, now=100.0)
    assert breaker.lets_through(now=100.0)

    breaker = breaker.after(Kind.AMBIGUOUS, now=100.0)

    assert not breaker.lets_through(now=100.0 + COOLDOWN - 0.1)
    assert breaker.lets_through(now=100.0 + COOLDOWN)


def test_one_probe_alone_may_try_again():
    now = 100.0 + COOLDOWN

    probing = opened().taken(now=now, lease=10.0)

    assert not probing.lets_through(now=now + 1)
    assert probing.lets_through(now=now + 10)


def test_a_good_probe_closes_it_and_a_bad_one_opens_it_anew():
    now = 100.0 + COOLDOWN
    probing = opened().taken(now=now, lease=10.0)

    assert probing.after(Kind.DONE, now=now) == Breaker()
    assert not probing.after(Kind.RETRY, now=now).lets_through(now=now + COOLDOWN - 1)


def test_a_refusal_of_one_request_says_nothing_about_the_system():
    assert Breaker().after(Kind.REJECTED, now=1.0).lets_through(now=1.0)


def test_a_refused_credential_stops_everything_for_a_while():
    locked = Breaker().after(Kind.AUTH, now=100.0)

    assert not locked.lets_through(now=100.0 + AUTH_COOLDOWN - 1)
    assert locked.lets_through(now=100.0 + AUTH_COOLDOWN)


def test_being_asked_to_wait_holds_for_all_and_a_late_success_does_not_lift_it():
    waiting = Breaker().after(Kind.THROTTLED, now=100.0, asked=7.0)

    assert not waiting.lets_through(now=106.9)
    assert not waiting.after(Kind.DONE, now=101.0).lets_through(now=106.9)
    assert waiting.lets_through(now=107.0)


@given(st.lists(st.floats(0.0, 3.0), max_size=60), st.floats(0.5, 20.0), st.floats(1.0, 10.0))
def test_a_bucket_never_gives_more_than_its_burst_and_rate(gaps: list[float], rate: float, burst: float):
    bucket, now, given_out = Bucket(tokens=burst, filled_at=0.0, rate=rate, burst=burst), 0.0, 0

    for gap in gaps:
        now += gap
        taken = bucket.take(now=now)
        if taken:
            bucket, given_out = taken, given_out + 1

    assert given_out <= burst + rate * now + 1e-6


def test_an_empty_bucket_fills_with_time():
    empty = Bucket(tokens=0.0, filled_at=0.0, rate=2.0, burst=5.0)

    assert empty.take(now=0.4) is None
    assert empty.take(now=0.5) is not None
    assert empty.level(now=1000.0) == 5.0
