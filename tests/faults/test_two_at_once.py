"""F18: two people press at the same moment. Exactly one has an effect, the other is refused, and it goes out once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.faults.harness import House, Systems, until

ROUNDS = 4
Press = Callable[[House, dict[str, Any], list[str]], int]


def first(house: House, exit_: dict[str, Any], signers: list[str]) -> int:
    return house.approve(exit_["case"], exit_["approvals"][0], session=signers[0])


def second(house: House, exit_: dict[str, Any], signers: list[str]) -> int:
    return house.approve(exit_["case"], exit_["approvals"][1], session=signers[1])


def sends_back(house: House, exit_: dict[str, Any], signers: list[str]) -> int:
    return house.approve(exit_["case"], exit_["approvals"][1], session=signers[1], decision="return")


def takes_back(house: House, exit_: dict[str, Any], signers: list[str]) -> int:
    return house.send("/me/withdrawal/", session=exit_["leaver"], text="想留下")


@pytest.mark.parametrize(
    ("other", "outcomes"),
    [
        (second, {"approved": {(302, 409), (409, 302)}}),
        (sends_back, {"approved": {(302, 409)}, "returned": {(409, 302)}}),
        # somebody who is too late to take it back has asked HR to agree, which is no second effect
        (takes_back, {"approved": {(302, 302)}, "withdrawn": {(409, 302)}}),
    ],
)
def test_of_two_at_once_one_wins_and_one_effect_goes_out(
    house: House, systems: Systems, once: Any, other: Press, outcomes: dict[str, set[tuple[int, int]]]
):
    seeded = house.script("rivals", cases=ROUNDS, connections=systems.connections)
    house.start("web")

    answers = {each["case"]: _at_once(house, each, seeded["signers"], other) for each in seeded["cases"]}

    states = dict(house.rows("SELECT id::text, state FROM offboarding_case"))
    assert all(answers[case] in outcomes[state] for case, state in states.items()), (answers, states)
    approved = [case for case, state in states.items() if state == "approved"]
    house.start("worker", "beat")
    if approved:
        once(house, systems, cases=len(approved))
    until(lambda: house.rows("SELECT count(*) FROM record_delivery WHERE done_at IS NULL") == [(0,)], what="all told")
    done = "SELECT DISTINCT case_id::text FROM integrations_effect WHERE state = 'done' AND case_id IS NOT NULL"
    sent = {case for (case,) in house.rows(done)}
    assert sent == set(approved), "of an exit that was not approved nothing went out"


def _at_once(house: House, exit_: dict[str, Any], signers: list[str], other: Press) -> tuple[int, int]:
    gate = Barrier(2)

    def press(who: Press) -> int:
        gate.wait(timeout=10)
        return who(house, exit_, signers)

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(press, (first, other))
    return one, two
