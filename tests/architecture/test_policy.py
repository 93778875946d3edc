"""The list of choices that counsel approves names places that are there."""

import re

import pytest

from tests.architecture.paths import ROOT

PAGE = (ROOT / "docs/algorithms/policy.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line and "| where |" not in line]
PLACE = re.compile(r"(C?)`([\w/]+\.py)` `(\w+)`")
RULES = ROOT / "offboarding/rules"


def places(row: str) -> list[tuple[str, str]]:
    found = PLACE.findall(row.rsplit("|", 2)[1])
    return [
        (f"offboarding/rules/{'compliance/' * bool(c)}{path}" if "/" not in path else path, name)
        for c, path, name in found
    ]


@pytest.mark.parametrize("row", ROWS)
def test_each_choice_stands_where_the_list_says(row: str) -> None:
    named = places(row)

    assert named
    for path, name in named:
        assert re.search(rf"\b{name}\b", (ROOT / path).read_text()), f"{path} has no {name}"
