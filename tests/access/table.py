"""The hand-written table, read. No product code decides anything here."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

FOLDER = Path(__file__).parent / "matrix"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SIDES = ("own", "other")

ANONYMOUS, FORMER = "anonymous", "former"
WORKING = [
    *("subject", "colleague", "head", "store_manager", "hrbp", "hr_manager", "hr_legal", "group_hr", "finance", "it"),
    *("asset_clerk", "document_clerk", "general_manager", "auditor", "admin", "stranger"),
]
ACTORS = [ANONYMOUS, FORMER, *WORKING]
GROUPS = {
    "everybody": frozenset(WORKING),
    "public": frozenset(ACTORS),
    "hr": frozenset({"hrbp", "hr_manager", "hr_legal", "group_hr"}),
    "nobody": frozenset(),
}


@dataclass
class Row:
    name: str
    file: str
    objects: str = ""
    allowed: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, ...]:
        return SIDES if self.objects else ("",)

    def may(self, actor: str, method: str, side: str) -> bool:
        return actor in self.allowed.get((method, side), frozenset())

    def methods(self) -> list[str]:
        return [method for method in METHODS if any(listed == method for listed, _side in self.allowed)]


def read() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for name, lines in (yaml.safe_load(file.read_text()) or {}).items():
            if name in rows:
                raise ValueError(f"{name} stands in {rows[name].file} and in {file.name}")
            rows[name] = _row(name, file.name, lines)
    return rows


def _row(name: str, file: str, lines: dict[str, str]) -> Row:
    row = Row(name=name, file=file, objects=lines.get("with", ""))
    for key, words in lines.items():
        if key == "with":
            continue
        method, _space, side = key.partition(" ")
        if method not in METHODS or side not in row.sides:
            raise ValueError(f"{file}: {name}: I do not understand {key!r}")
        row.allowed[method, side] = _actors(words, f"{file}: {name}")
    return row


def _actors(words: str, place: str) -> frozenset[str]:
    named: set[str] = set()
    for word in words.split():
        if word not in GROUPS and word not in ACTORS:
            raise ValueError(f"{place}: nobody is called {word!r}")
        named |= GROUPS.get(word, {word})
    return frozenset(named)


def urls() -> dict[str, str]:
    """Every address of the product: name → route. An address without a name stands under its route."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, namespace: str, route: str) -> Any:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield (namespace + pattern.name if pattern.name else f"/{here}"), here
