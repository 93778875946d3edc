import random
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.rules.tempo import Cell, Last, pooled, suggestions

REPOSITORY = Last(key="rnd", title="代码仓库权限", n=14)


def cell(key: str, n: int, mean: float, deviation: float = 2.0) -> Cell:
    return Cell(key=key, n=n, mean=mean, deviation=deviation)


def test_research_takes_30_percent_longer_because_of_the_repository_so_it_begins_3_days_earlier() -> None:
    (told,) = suggestions([cell("rnd", 20, 13.0), cell("sales", 40, 10.0)], [REPOSITORY])

    assert (told.key, told.title, round(told.excess, 2), told.lead_days) == ("rnd", "代码仓库权限", 0.30, 3)
    assert round(told.sigma, 2) == 5.48  # 3 / sqrt(4/20 + 4/40)
    assert (told.last, told.n, told.others_n) == (14, 20, 40)


@pytest.mark.parametrize(
    ("cells", "last", "why"),
    [
        ([cell("rnd", 11, 13.0), cell("sales", 40, 10.0)], [Last(key="rnd", title="仓库", n=11)], "eleven are too few"),
        ([cell("rnd", 20, 13.0), cell("sales", 11, 10.0)], [REPOSITORY], "the others are too few"),
        ([cell("rnd", 20, 11.9), cell("sales", 40, 10.0)], [REPOSITORY], "less than a fifth longer"),
        ([cell("rnd", 20, 13.0, 8), cell("sales", 40, 10.0, 8)], [REPOSITORY], "they lie too far apart"),
        ([cell("rnd", 20, 13.0), cell("sales", 40, 10.0)], [Last(key="rnd", title="仓库", n=9)], "no single cause"),
        ([cell("rnd", 20, 13.0), cell("sales", 40, 10.0)], [], "nothing came last"),
        ([cell("rnd", 20, 13.0)], [REPOSITORY], "nobody to compare with"),
    ],
)
def test_it_is_silent_when(cells: list[Cell], last: list[Last], why: str) -> None:
    assert suggestions(cells, last) == [], why


def test_the_most_frequent_last_thing_is_the_cause() -> None:
    last = [Last(key="rnd", title="电脑", n=2), REPOSITORY, Last(key="rnd", title="文档", n=4)]

    (told,) = suggestions([cell("rnd", 20, 13.0), cell("sales", 40, 10.0)], last)

    assert told.title == "代码仓库权限"


@given(st.lists(st.lists(st.floats(1, 60), min_size=1, max_size=20), min_size=1, max_size=5))
def test_families_taken_together_have_the_mean_and_spread_of_all_their_handovers(days: list[list[float]]) -> None:
    together = pooled([cell(str(n), len(some), fmean(some), pstdev(some)) for n, some in enumerate(days)])

    everything = [day for some in days for day in some]
    assert together.n == len(everything)
    assert together.mean == pytest.approx(fmean(everything))
    assert together.deviation == pytest.approx(pstdev(everything), abs=1e-6)


def test_families_that_are_alike_are_told_apart_at_most_five_times_in_a_hundred() -> None:
    chance = random.Random(random.SystemRandom().randrange(10**9))
    false = 0
    for _ in range(100):
        days = {key: [chance.gauss(10, 3) for _ in range(20)] for key in ("sales", "rnd", "store", "finance")}
        cells = [cell(key, 20, fmean(some), pstdev(some)) for key, some in days.items()]
        false += bool(suggestions(cells, [Last(key=key, title="任何一项", n=20) for key in days]))

    assert false <= 5
