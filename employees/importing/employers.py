"""Who employs the people of a file: as their row says, else as their unit says. The units at which all rows say the same
name that employer from then on. The dry run asks the same before there are such units and employers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ehr.record import Event
from ehr.units.events import EmployerSet
from ehr.units.models import LegalEntity, OrgUnit, path_prefixes

from ..models import Employment
from .survey import Levels, Survey
from .units import GROUP, UnitDirectory

Place = tuple[str, ...]
"""The path of the deepest unit there is, and the names that are missing below it."""
NAMES_SHOWN = 8


class Employers:
    """An employer is meant by its code, or by its words in the file while there is none."""

    def __init__(self, units: UnitDirectory, found: Survey) -> None:
        self.units, self.found = units, found
        self.at_path = {unit.path: unit for unit in units.units.values()}
        self.links: dict[Place, str] = {}
        """To be made: at the topmost places whose people all have one employer."""
        self._lines: dict[Levels, list[Place]] = {}
        self._answers: dict[tuple[Levels, str], str | None] = {}
        self.spoken = set(Event.objects.filter(kind=EmployerSet.kind).values_list("payload__unit_id", flat=True))
        self.only = self._only()
        self._plan()

    # --- Asking -------------------------------------------------------------------------------------------
    def of(self, levels: Levels, words: str) -> str | None:
        """What the row says, else the nearest unit above, else the only one there is."""
        if (levels, words) not in self._answers:
            self._answers[levels, words] = self._named(words) if words else self._above(self._line(levels)) or self.only
        return self._answers[levels, words]

    def entity(self, levels: Levels, words: str) -> LegalEntity | None:
        answer = self.of(levels, words)
        return self.units.employer(answer) if answer else None

    def told(self) -> list[dict[str, Any]]:
        """For the report: which employer will stand at which units."""
        places: dict[str, list[str]] = {}
        for place, employer in self.links.items():
            places.setdefault(employer, []).append(self._name(place))
        return [
            {"employer": self._words(employer), "units": len(names), "names": sorted(names)[:NAMES_SHOWN]}
            for employer, names in sorted(places.items())
        ]

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def link(self, *, by: Any, at: datetime) -> None:
        for place, employer in self.links.items():
            self._unit(place).employ(self.units.employer(employer), by=by, at=at)  # type: ignore[union-attr]

    # --- Planning -----------------------------------------------------------------------------------------
    def _plan(self) -> None:
        said: dict[Place, set[str]] = {}
        for levels, words in self.found.employed:
            if employer := self._named(words) if words else self.only:
                _say(said, self._line(levels), employer)
        self.links = self._agreed(said, {}) and self._agreed(said, self._said_by_others())

    def _agreed(self, said: dict[Place, set[str]], others: dict[Place, set[str]]) -> dict[Place, str]:
        """From the top down. What a person named or took away at a unit is left as it is."""
        links: dict[Place, str] = {}
        for place in sorted(said, key=_depth):
            unit, employers = self._unit(place), said[place] | others.get(place, set())
            if len(employers) > 1 or (unit and (unit.legal_entity_id or str(unit.pk) in self.spoken)):
                continue
            (employer,) = employers
            if self._above(_up(place), links) != employer:
                links[place] = employer
        return links

    def _said_by_others(self) -> dict[Place, set[str]]:
        """Of people at work whose employer this file doesn't name."""
        said: dict[Place, set[str]] = {}
        rows = Employment.objects.current().values_list("employee_number", "unit_id", "employer_id")
        others = {(unit, employer) for number, unit, employer in rows if number not in self.found.numbers_employed}
        for unit, employer in others:
            line = [(path,) for path in path_prefixes(self.units.units[unit].path)]
            _say(said, line, self.units.employers[employer].code)
        return said

    def _only(self) -> str | None:
        codes = {one.code for one in self.units.employers.values()} | {self._named(one) for one in self.found.employers}
        if not codes:
            return self.units.root.name if self.units.root else GROUP
        return codes.pop() if len(codes) == 1 else None

    def _named(self, words: str) -> str:
        entity = self.units.employer(words)
        return entity.code if entity else words

    def _above(self, line: Iterable[Place], links: dict[Place, str] | None = None) -> str | None:
        """Of the last of them that names an employer, or will."""
        planned = self.links if links is None else links
        for place in reversed(list(line)):
            unit = self._unit(place)
            if unit and unit.legal_entity_id:
                return self.units.employers[unit.legal_entity_id].code
            if place in planned:
                return planned[place]
        return None

    # --- Places -------------------------------------------------------------------------------------------
    def _line(self, levels: Levels) -> list[Place]:
        """From the top down to where these levels lead."""
        if levels not in self._lines:
            unit, rest = self.units.find(levels)
            above: list[Place] = [(path,) for path in path_prefixes(unit.path)] if unit else [("/",)]
            start, names = above[-1], tuple(name for _kind, name in rest)
            self._lines[levels] = above + [start + names[: end + 1] for end in range(len(names))]
        return self._lines[levels]

    def _unit(self, place: Place) -> OrgUnit | None:
        return self.at_path.get(place[0]) if len(place) == 1 else None

    def _name(self, place: Place) -> str:
        unit = self._unit(place)
        return unit.name if unit else place[-1] if len(place) > 1 else GROUP

    def _words(self, employer: str) -> str:
        entity = self.units.employer(employer)
        return entity.name if entity else employer


def _say(said: dict[Place, set[str]], line: Iterable[Place], employer: str) -> None:
    for place in line:
        said.setdefault(place, set()).add(employer)


def _up(place: Place) -> list[Place]:
    """What stands above it, from the top."""
    paths: list[Place] = [(path,) for path in path_prefixes(place[0])] if place[0] != "/" else [("/",)]
    return (paths + [place[: end + 1] for end in range(1, len(place))])[:-1]


def _depth(place: Place) -> tuple[int, Place]:
    return place[0].count("/") + len(place), place
