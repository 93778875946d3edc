"""Text tables: UTF-8 with or without BOM, GB18030, UTF-16 with BOM; comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .limits import MAX_ROWS, ImportRefused
from .sources import Merge

DELIMITERS = ",;\t"
LONGEST_LINE = 1_000_000
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class CsvTable:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = encoding_of(path)
        self.delimiter = self._delimiter()
        self.merges: list[Merge] = []
        self.blank_formulas: set[tuple[int, int]] = set()

    def rows(self) -> Iterator[list[Any]]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = csv.reader(_lines(file), delimiter=self.delimiter)
            try:
                for index, cells in enumerate(lines):
                    if index > MAX_ROWS + 20:
                        raise ImportRefused("too_many_rows")
                    yield cells
            except csv.Error as error:
                raise ImportRefused("file_not_a_table") from error

    def _delimiter(self) -> str:
        with self.path.open(encoding=self.encoding, newline="") as file:
            sample = file.read(20_000)
        return max(DELIMITERS, key=sample.count)


def encoding_of(path: Path) -> str:
    """Reads to the end once, piece by piece: a file is UTF-8 only when all of it is."""
    with path.open("rb") as file:
        start = file.read(4)
        bom = next((name for mark, name in BOMS if start.startswith(mark)), None)
        if bom:
            return bom
        if b"\x00" in start:
            raise ImportRefused("file_not_a_table")
        for encoding in ("utf-8", "gb18030"):
            file.seek(0)
            if _decodes(file, encoding):
                return encoding
    raise ImportRefused("file_encoding")


def _decodes(file: Any, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: Any) -> Iterator[str]:
    """Without NUL, and never more of the file than one line in memory, even if it is one single line."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ImportRefused("file_not_a_table")
        yield line.replace("\x00", "") if "\x00" in line else line
