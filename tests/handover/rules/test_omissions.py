"""The rule on histories with known patterns: three planted, two decoys below support, and a hundred shuffled copies."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.rules.omissions import MIN_HANDOVERS, Past, back_test, prompts
from handover.rules.topics import topic_of

TODAY = date(2026, 6, 1)
UNITS = {"sales": "/HC/RETAIL/EAST/", "rnd": "/HC/RND/", "operations": "/HC/RETAIL/", "store": "/HC/RETAIL/EAST/HZ/"}
PLANTED = {("sales", "客户的特殊要求"): 0.8, ("rnd", "定时任务"): 0.6, ("store", "报警器密码本位置"): 0.55}
DECOYS = {("finance", "税控盘"): (6, 6), ("general", "会议纪要"): (3, 3)}  # (handovers, missed): too few to speak
NOISE = ["合同原件", "样品", "值班表", "供应商", "客户的特殊要求", "定时任务"]


def generated(seed: int) -> list[Past]:
    dice = random.Random(seed)  # noqa: S311 - a history to test with, nothing secret
    past = [_one(dice, family, UNITS[family]) for family in UNITS for _ in range(dice.randint(38, 60))]
    for (family, title), (count, missed) in DECOYS.items():
        past += [_one(dice, family, "/HC/", surely=title if n < missed else "") for n in range(count)]
    return past


def _one(dice: random.Random, family: str, path: str, surely: str = "") -> Past:
    signed = TODAY - timedelta(days=dice.randint(60, 600))
    titles = {title for (f, title), p in PLANTED.items() if f == family and dice.random() < p}
    titles |= {title for title in NOISE if dice.random() < 0.03} | ({surely} - {""})
    missed = {topic_of(title): signed + timedelta(days=dice.randint(1, 29)) for title in sorted(titles)}
    return Past(family=family, unit_path=path, signed_date=signed, missed=missed)


def told(past: list[Past]) -> set[tuple[str, str]]:
    cells = sorted({(one.family, one.unit_path) for one in past})
    return {(f, p.topic) for f, path in cells for p in prompts(past, family=f, unit_path=path, today=TODAY)}


def shuffled(past: list[Past], dice: random.Random) -> list[Past]:
    """The same handovers and the same omissions, dealt out anew: whatever is found now is found by chance."""
    dealt = [one.missed for one in past]
    dice.shuffle(dealt)
    return [replace(one, missed=missed) for one, missed in zip(past, dealt, strict=True)]


@pytest.mark.parametrize("seed", [7, 2024, 31337, 99])
def test_three_of_three_patterns_are_found_and_none_of_the_decoys(seed: int) -> None:
    found = told(generated(seed))

    assert found == {(family, topic_of(title)) for family, title in PLANTED}, seed


@pytest.mark.parametrize("seed", [7, 31337])
def test_a_hundred_shuffled_copies_give_five_false_prompts_at_most(seed: int) -> None:
    past, dice = generated(seed), random.Random(seed)  # noqa: S311 - as above

    false = sum(len(told(shuffled(past, dice))) for _ in range(100))

    assert false <= 5


def test_the_prompt_says_how_many_of_how_many() -> None:
    past = [past_of("sales", 40, missed=n < 16) for n in range(20)]

    (prompt,) = prompts(past, family="sales", unit_path="/HC/", today=TODAY)

    assert (prompt.missed, prompt.handovers) == (16, 20)
    assert 0.6 < prompt.chance <= 0.8


def past_of(family: str, days_ago: int, *, missed: bool, path: str = "/HC/") -> Past:
    signed = TODAY - timedelta(days=days_ago)
    return Past(family=family, unit_path=path, signed_date=signed, missed={"t": signed} if missed else {})


def test_it_is_silent_when_support_is_thin() -> None:
    past = [past_of("sales", 40, missed=True) for _ in range(MIN_HANDOVERS - 1)]

    assert prompts(past, family="sales", unit_path="/HC/", today=TODAY) == []


def test_a_handover_signed_yesterday_does_not_count_as_one_that_missed_nothing() -> None:
    past = [past_of("sales", 40, missed=n < 8) for n in range(12)] + [past_of("sales", 1, missed=False)] * 50

    (prompt,) = prompts(past, family="sales", unit_path="/HC/", today=TODAY)

    assert (prompt.missed, prompt.handovers) == (8, 12)


def test_a_unit_with_enough_of_its_own_speaks_for_itself() -> None:
    east = [past_of("sales", 50, missed=n < 12, path="/HC/EAST/") for n in range(15)]
    west = [past_of("sales", 50, missed=False, path="/HC/WEST/") for _ in range(40)]

    assert prompts(east + west, family="sales", unit_path="/HC/WEST/", today=TODAY) == []
    (prompt,) = prompts(east + west, family="sales", unit_path="/HC/EAST/SH/", today=TODAY)
    assert (prompt.unit_path, prompt.missed, prompt.handovers) == ("/HC/EAST/", 12, 15)


def test_the_back_test_learns_only_from_what_was_known_then() -> None:
    known = [past_of("sales", 400, missed=n < 16) for n in range(20)]
    later = [past_of("sales", 100, missed=n < 6) for n in range(10)]

    report = back_test(known + later, split_date=TODAY - timedelta(days=200), today=TODAY)

    assert (report.learned, report.tried, report.prompts, report.hits, report.missed) == (20, 10, 10, 6, 6)
    assert (report.precision, report.recall) == (0.6, 1.0)
    found_later = [replace(one, missed=dict.fromkeys(one.missed, TODAY)) for one in known]
    assert back_test(found_later + later, split_date=TODAY - timedelta(days=200), today=TODAY).prompts == 0


@given(missed=st.integers(0, 60), clean=st.integers(0, 60))
def test_the_estimate_lies_between_the_cell_and_what_it_is_drawn_towards(missed: int, clean: int) -> None:
    past = [past_of("sales", 50, missed=n < missed) for n in range(missed + clean)]
    past += [past_of("rnd", 50, missed=False) for _ in range(30)]

    for prompt in prompts(past, family="sales", unit_path="/HC/", today=TODAY):
        assert missed / (missed + clean + 30) <= prompt.chance <= missed / (missed + clean)


def test_two_spellings_are_one_topic() -> None:
    assert topic_of("客户的 特殊要求。") == topic_of("客户的特殊要求") == "客户的特殊要求"
    assert topic_of("ＣＲＭ 账号") == topic_of("crm账号")
