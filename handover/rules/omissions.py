"""What people of this family forgot before: P(missed later | job family, unit, topic), see docs/algorithms/omissions.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt

MIN_HANDOVERS = 12
"""Fewer past handovers than this say nothing."""
MIN_MISSED = 4
PSEUDO = 10
"""How many handovers the wider group weighs as: a cell of ten is believed by half."""
LEAST_CHANCE = 0.3
SURE_CHANCE = 0.5
"""From here on everybody is told; below it only a family or unit that forgets clearly more than the others do."""
LEAST_EXCESS = 3.5
"""Standard deviations above what the rest of the company would make expect: once in some thousands of cells by chance."""
RIPE_DAYS = 30
"""An omission takes time to show: a handover signed yesterday does not count as one that missed nothing."""
REMEMBERED_DAYS = 730


@dataclass(frozen=True, kw_only=True)
class Past:
    """One signed handover; `missed`: topic → the day it was found missing."""

    family: str
    unit_path: str
    signed_date: date
    missed: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """`missed` of the last `handovers` of this family (below `unit_path`, when it is not the whole company)."""

    topic: str
    family: str
    unit_path: str
    handovers: int
    missed: int
    chance: float


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """Learned before `split_date`, tried on what was signed after it: of the prompts given how many came true, and of
    what was missed how much had been prompted."""

    split_date: date
    learned: int
    tried: int
    prompts: int
    hits: int
    missed: int

    @property
    def precision(self) -> float | None:
        return self.hits / self.prompts if self.prompts else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.missed if self.missed else None


def prompts(past: Sequence[Past], *, family: str, unit_path: str, today: date) -> list[Prompt]:
    """Surest first; empty while support is thin. The nearest unit with enough handovers speaks, drawn towards its
    family, which is drawn towards the company."""
    everybody = _Cell.of((one for one in past if _is_ripe(one, today)), today)
    same = everybody.below(family, "", today)
    if same.size < MIN_HANDOVERS:
        return []
    path = next((p for p in _upwards(unit_path) if MIN_HANDOVERS <= same.below(family, p, today).size < same.size), "")
    near = same.below(family, path, today) if path else None
    found = [
        Prompt(
            topic=topic,
            family=family,
            unit_path=path,
            handovers=(near or same).size,
            missed=(near or same).missed[topic],
            chance=_chance(topic, everybody, same, near),
        )
        for topic in (near or same).missed
    ]
    told = [one for one in found if _is_worth_saying(one, everybody)]
    return sorted(told, key=lambda prompt: (-prompt.chance, prompt.topic))


def back_test(past: Sequence[Past], *, split_date: date, today: date) -> BackTest:
    known = [one for one in past if one.signed_date <= split_date]
    later = [one for one in past if one.signed_date > split_date and _is_ripe(one, today)]
    given = hits = missed = 0
    cells = {(one.family, one.unit_path) for one in later}
    told = {
        cell: {p.topic for p in prompts(known, family=cell[0], unit_path=cell[1], today=split_date)} for cell in cells
    }
    for one in later:
        prompted = told[one.family, one.unit_path]
        given += len(prompted)
        hits += len(prompted & one.missed.keys())
        missed += len(one.missed)
    return BackTest(
        split_date=split_date, learned=len(known), tried=len(later), prompts=given, hits=hits, missed=missed
    )


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """Handovers with the number of them that missed each topic; only what had been found by then, so that a test of
    the past never looks ahead."""

    members: tuple[Past, ...]
    missed: Counter[str]

    @classmethod
    def of(cls, members: Iterable[Past], today: date) -> "_Cell":
        kept = tuple(members)
        return cls(
            members=kept,
            missed=Counter(topic for one in kept for topic, found in one.missed.items() if found <= today),
        )

    def below(self, family: str, path: str, today: date) -> "_Cell":
        return _Cell.of((o for o in self.members if o.family == family and o.unit_path.startswith(path)), today)

    @property
    def size(self) -> int:
        return len(self.members)

    def shrunk(self, topic: str, *, towards: float) -> float:
        return (self.missed[topic] + PSEUDO * towards) / (self.size + PSEUDO)


def _chance(topic: str, everybody: _Cell, same: _Cell, near: _Cell | None) -> float:
    of_family = same.shrunk(topic, towards=everybody.missed[topic] / everybody.size)
    return near.shrunk(topic, towards=of_family) if near else of_family


def _is_worth_saying(prompt: Prompt, everybody: _Cell) -> bool:
    if prompt.missed < MIN_MISSED or prompt.chance < LEAST_CHANCE:
        return False
    return prompt.chance >= SURE_CHANCE or _excess(prompt, everybody) >= LEAST_EXCESS


def _excess(prompt: Prompt, everybody: _Cell) -> float:
    """How far the count lies above what the others would make expect. One more and one clean are added to the others,
    so that a single family, with nobody to compare it to, is not compared with nothing."""
    others = everybody.size - prompt.handovers
    rate = (everybody.missed[prompt.topic] - prompt.missed + 1) / (others + 2)
    expected = prompt.handovers * rate
    return (prompt.missed - expected) / sqrt(expected * (1 - rate))


def _is_ripe(one: Past, today: date) -> bool:
    return timedelta(days=RIPE_DAYS) <= today - one.signed_date <= timedelta(days=REMEMBERED_DAYS)


def _upwards(path: str) -> Iterator[str]:
    """'/HC/RETAIL/EAST/' → itself, '/HC/RETAIL/', '/HC/'."""
    while path.strip("/"):
        yield path
        path = path.rstrip("/").rpartition("/")[0] + "/"
