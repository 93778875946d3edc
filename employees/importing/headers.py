"""Which row is the header: title rows above it are skipped, a merged two-row header becomes one."""

from itertools import islice
from typing import Any

from ..rules.columns import recognise
from ..searching import phrase_pinyin
from .limits import ImportRefused
from .sources import Merge, Table

LOOK_AT = 10


def find_headers(table: Table) -> tuple[list[str], int]:
    """(headers, index of the first row below them)."""
    top = [[_text(cell) for cell in cells] for cells in islice(table.rows(), LOOK_AT)]
    scores = [len({key for text in row if (key := recognise(text, pinyin=phrase_pinyin))}) for row in top]
    if not scores or max(scores) < 2:
        return _plain_first_row(top)
    first = scores.index(max(scores))
    last = _bottom_of(first, table.merges, top, scores)
    start = _top_of(first, table.merges)
    filled = [_filled(row, top[row], table.merges) for row in range(start, last + 1)]
    width = max(len(row) for row in filled)
    return [_joined([row[column] if column < len(row) else "" for row in filled]) for column in range(width)], last + 1


def _plain_first_row(top: list[list[str]]) -> tuple[list[str], int]:
    """Nothing recognised: the first row with two or more cells; the person maps it."""
    for index, row in enumerate(top):
        if sum(bool(text) for text in row) >= 2:
            return row, index + 1
    raise ImportRefused("no_header")


def _top_of(first: int, merges: list[Merge]) -> int:
    """A cell merged downwards into the header row starts the header; a title over the whole width does not."""
    return min([start[0] for start, end in merges if start[0] < first <= end[0]], default=first)


def _bottom_of(first: int, merges: list[Merge], top: list[list[str]], scores: list[int]) -> int:
    down = max([end[0] for start, end in merges if start[0] <= first < end[0]], default=first)
    across = any(start[0] == end[0] == first and end[1] > start[1] for start, end in merges)
    return max(down, first + 1) if across and first + 1 < len(top) else down


def _filled(index: int, row: list[str], merges: list[Merge]) -> list[str]:
    """A merged cell speaks for every column it covers."""
    cells = list(row)
    for start, end in merges:
        if start[0] == index and end[1] > start[1] and start[1] < len(cells):
            cells += [""] * (end[1] + 1 - len(cells))
            cells[start[1] : end[1] + 1] = [cells[start[1]]] * (end[1] + 1 - start[1])
    return cells


def _joined(parts: list[str]) -> str:
    """The lowest part when it is known by itself, else all of them: 劳动合同 + 开始 → 劳动合同开始."""
    parts = [part for part in dict.fromkeys(parts) if part]
    if not parts:
        return ""
    whole = "".join(parts)
    for candidate in (parts[-1], whole, whole.removeprefix("劳动"), parts[0]):
        if recognise(candidate, pinyin=phrase_pinyin):
            return candidate
    return whole


def _text(cell: Any) -> str:
    return " ".join(str(cell).split()) if cell not in ("", None) else ""
