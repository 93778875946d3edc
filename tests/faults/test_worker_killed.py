"""F1: the worker is killed at every point of its way. F13: the bell rings five times. F21: a poisoned effect."""

from typing import Any

import pytest

from tests.faults.harness import CRASH_POINTS, House, Systems, until

CASES = 3


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(house: House, systems: Systems, once: Any, point: str):
    house.script("seed", cases=CASES, connections=systems.connections, decided=True)

    house.start("worker", "beat", crash=f"{point}:2")

    once(house, systems, cases=CASES)
    assert (house.folder / f"{point}.2").exists(), "the crash happened"


def test_killing_it_again_and_again_changes_nothing(house: House, systems: Systems, once: Any):
    house.script("seed", cases=CASES, connections=systems.connections, decided=True)
    house.start("worker", "beat")

    for wanted in (1, 3, 5):
        until(lambda wanted=wanted: sum(systems.applied().values()) >= wanted, what=f"{wanted} applied")
        house.kill("worker")
        house.start("worker")

    once(house, systems, cases=CASES)


def test_five_rings_for_one_effect_are_one_effect(house: House, systems: Systems, once: Any):
    house.script("seed", cases=CASES, connections=systems.connections, decided=True)
    house.start("worker", "beat")

    for _ in range(5):
        house.ring("ehr.record.tasks.relay", 2)
        house.ring("integrations.tasks.deliver", 5)

    once(house, systems, cases=CASES)


def test_two_beats_and_two_workers_are_harmless(house: House, systems: Systems, once: Any):
    house.script("seed", cases=CASES, connections=systems.connections, decided=True)
    house.start("worker", "beat")
    house.running["first worker"], house.running["first beat"] = house.running.pop("worker"), house.running.pop("beat")
    house.start("worker", "beat")

    once(house, systems, cases=CASES)


def test_a_poisoned_effect_is_put_aside_and_the_others_flow(house: House, systems: Systems):
    poison = systems.webhook("poison", systems.a) | {"connector": "poison"}
    house.script("seed", cases=2, connections=[*systems.connections[:2], poison], decided=True)
    house.start("worker", "beat")

    found = house.at_rest(6)

    assert {state for name, _, state in found if name == "poison"} == {"quarantined"}
    assert {state for name, _, state in found if name != "poison"} == {"done"}
    tries = house.rows("SELECT max(attempt) FROM integrations_effect WHERE state = 'quarantined'")
    assert tries == [(3,)]
    applied = systems.applied()
    assert [applied[key] for name, key, _ in found if name != "poison"] == [1] * 4
