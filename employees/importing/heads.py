"""What the mapping page shows of a file: its columns, three covered samples of each, and a proposal."""

from itertools import islice
from typing import Any

from ..rules.cells import CellFault, text_of
from ..rules.columns import BY_KEY
from .limits import MAX_ROWS, ImportRefused
from .reports import mask_cell
from .running import proposed_mapping
from .sources import Source

SAMPLE_ROWS = 3


def head_of(source: Source, last: dict[str, str]) -> dict[str, Any]:
    proposed = {header: last.get(header, key) for header, key in proposed_mapping(source).items()}
    samples = [cells for _, cells in islice(source.rows(), SAMPLE_ROWS)]
    return {
        "format": source.format,
        "header_row": source.first_row,
        "rows": _count(source),
        "proposed": proposed,
        "columns": [
            {"header": header, "samples": [_sample(cells, index, proposed.get(header, "")) for cells in samples]}
            for index, header in enumerate(source.headers)
            if header
        ],
    }


def _count(source: Source) -> int:
    rows = sum(1 for _ in source.rows())
    if rows > MAX_ROWS:
        raise ImportRefused("too_many_rows")
    return rows


def _sample(cells: list[Any], index: int, key: str) -> str:
    """A column nobody recognised may hold anything, so long digits are covered there too."""
    cell = cells[index] if index < len(cells) else ""
    try:
        text = text_of(cell)
    except CellFault:
        text = str(cell)
    if key in BY_KEY:
        return mask_cell(key, text)[:40]
    return text[:40] if sum(char.isdigit() for char in text) < 8 else "••••••"
