"""Units and employers of a file: found by their path, or created before the people come."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from ehr.units.employers.former_names import former_names
from ehr.units.models import LegalEntity, OrgUnit

from ..searching import phrase, phrase_pinyin
from .survey import Levels

GROUP = "集团"
"""What the top is called where nothing is on file."""
MOST_LETTERS = 120
ENDINGS = (("事业部", "business_unit"), ("店", "store"), ("区", "region"))


class UnitDirectory:
    """The whole tree in memory: a few thousand rows, read once per import."""

    def __init__(self) -> None:
        self.units = {unit.pk: unit for unit in OrgUnit.objects.order_by("path")}
        self.codes = {unit.code for unit in self.units.values()}
        self.root = next((unit for unit in self.units.values() if unit.parent_id is None), None)
        self.children = {(unit.parent_id, unit.name): unit for unit in self.units.values()}
        self.by_name: dict[str, list[OrgUnit]] = {}
        for unit in self.units.values():
            self.by_name.setdefault(unit.name, []).append(unit)
        known = list(LegalEntity.objects.all())
        self.employers = {entity.pk: entity for entity in known}
        self.employer_by_word = (
            former_names(known) | {one.code: one for one in known} | {one.name: one for one in known}
        )
        self._found: dict[Levels, OrgUnit | None] = {}

    # --- Asking -------------------------------------------------------------------------------------------
    def find(self, levels: Levels) -> tuple[OrgUnit | None, Levels]:
        """The deepest unit that exists, and the names that are missing below it."""
        unit, rest = self._anchor(levels)
        while rest and unit and (child := self.children.get((unit.pk, rest[0][1]))):
            unit, rest = child, rest[1:]
        return unit, rest

    def unit(self, levels: Levels) -> OrgUnit | None:
        if levels not in self._found:
            unit, rest = self.find(levels)
            if rest:
                return None
            self._found[levels] = unit
        return self._found[levels]

    def employer(self, name: str) -> LegalEntity | None:
        """By its name, its code, or a name it had before: a roster may be older than a rename."""
        return self.employer_by_word.get(name[:MOST_LETTERS])

    def missing(self, levels: Iterable[Levels]) -> set[tuple[str, ...]]:
        """Paths that would be created; for the dry run."""
        paths: set[tuple[str, ...]] = set()
        for one in levels:
            unit, rest = self.find(one)
            start = (unit.path if unit else "/",)
            paths |= {start + tuple(name for _, name in rest[: end + 1]) for end in range(len(rest))}
        return paths

    def _anchor(self, levels: Levels) -> tuple[OrgUnit | None, Levels]:
        """From the group down; a path that starts in the middle counts when its first name exists once."""
        if not levels or self.root is None:
            return self.root, levels
        name = levels[0][1]
        if name == self.root.name:
            return self.root, levels[1:]
        same = self.by_name.get(name, [])
        if (self.root.pk, name) not in self.children and len(same) == 1:
            return same[0], levels[1:]
        return self.root, levels

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def ensure(self, levels: Iterable[Levels], employers: Iterable[str]) -> int:
        """Creates what is missing, from the top; answers how many units are new."""
        before = len(self.units)
        self._found.clear()
        if self.root is None:
            self._add(None, GROUP, "group")
        for one in sorted(levels):
            unit, rest = self.find(one)
            for kind, name in rest:
                unit = self._add(unit, name, kind or kind_of(name))
        for name in sorted(employers):
            if self.employer(name) is None:
                self._add_employer(name)
        if not self.employers and self.root:
            self._add_employer(self.root.name)
        return len(self.units) - before

    def _add(self, parent: OrgUnit | None, name: str, kind: str) -> OrgUnit:
        code = free_code(name, self.codes)
        unit = OrgUnit.objects.create(
            code=code, name=name[:120], pinyin=phrase_pinyin(name)[:240], kind=kind, parent=parent
        )
        self.codes.add(code)
        self.units[unit.pk] = unit
        self.root = self.root or unit
        self.children[unit.parent_id, name] = unit
        self.by_name.setdefault(name, []).append(unit)
        return unit

    def _add_employer(self, name: str) -> None:
        code = free_code(name, {one.code for one in self.employers.values()})
        entity = LegalEntity.objects.create(code=code, name=name[:MOST_LETTERS])
        self.employers[entity.pk] = entity
        self.employer_by_word |= {entity.code: entity, entity.name: entity}


def kind_of(name: str) -> str:
    return next((kind for ending, kind in ENDINGS if name.endswith(ending)), "department")


def free_code(name: str, taken: set[str]) -> str:
    """'上海大客户部' → SHDKHB, a second one SHDKHB2; 'Meat Cutting' → MEATCUTTING."""
    latin = "".join(char for char in name.upper() if char.isascii() and char.isalnum())
    base = (latin or "".join(part[0] for part in phrase(name)).upper())[:12] or "U"
    code, nth = base, 2
    while code in taken:
        code, nth = f"{base}{nth}", nth + 1
    return code
