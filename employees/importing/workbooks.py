"""Excel workbooks through calamine: values only; a formula counts by the result that was stored with it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .limits import MAX_ROWS, ImportRefused
from .sources import Merge

MAX_UNPACKED = 2_000_000_000
USUAL_UNPACKED = 50_000_000  # below this the ratio says nothing: small sheets of equal cells pack very well
MAX_RATIO = 200  # sheets of people unpack to 5-30 times their size, a bomb to 1,000 times
LONGEST_CELL = 1 << 20
FORMULA_WITHOUT_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


class WorkbookTable:
    """The first visible sheet that has rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        part = _refuse_a_bomb(path)
        self._sheet = _first_sheet(path)
        if self._sheet.total_height > MAX_ROWS + 20:
            raise ImportRefused("too_many_rows")
        self.merges: list[Merge] = list(self._sheet.merged_cell_ranges or [])
        self.blank_formulas = _blank_formulas(path, part) if part else set()

    def rows(self) -> Iterator[list[Any]]:
        """calamine gives empty rows above the data, but not empty columns to the left."""
        pad = [""] * (self._sheet.start or (0, 0))[1]
        for cells in self._sheet.iter_rows():
            yield pad + cells if pad else cells


def _first_sheet(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(str(path))
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.height:
                    return sheet
    except CalamineError as error:
        raise ImportRefused("file_not_a_workbook") from error
    raise ImportRefused("file_empty")


def _refuse_a_bomb(path: Path) -> str | None:
    """Looks only into the directory of the archive. Answers the part that holds the only sheet, if there is one."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ImportRefused("file_not_a_workbook") from error
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > USUAL_UNPACKED and unpacked > MAX_RATIO * path.stat().st_size
    if unpacked > MAX_UNPACKED or is_bomb:
        raise ImportRefused("file_too_big")
    sheets = [part.filename for part in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part.filename)]
    return sheets[0] if len(sheets) == 1 else None


def _blank_formulas(path: Path, part: str) -> set[tuple[int, int]]:
    """Cells with a formula nobody has calculated: calamine shows them empty, which would look like a missing value."""
    found: set[tuple[int, int]] = set()
    with zipfile.ZipFile(path) as archive, archive.open(part) as xml:
        rest = b""
        while piece := xml.read(1 << 20):
            rest += piece
            if b"<f" in rest:
                found |= {(int(row) - 1, column_of(letters)) for letters, row in FORMULA_WITHOUT_RESULT.findall(rest)}
            begun = rest.rfind(b"<c ", -LONGEST_CELL)
            rest = rest[begun:] if begun >= 0 else rest[-1000:]
    return found


def column_of(letters: bytes) -> int:
    """b'A' → 0, b'AA' → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
