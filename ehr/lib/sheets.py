"""Tables that leave the house. A spreadsheet runs what begins like a formula; what somebody typed stays a text."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """For CSV, where only the program that opens it decides what a cell is."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def workbook(rows: Iterable[Sequence[Any]], *, title: str = "", widths: Sequence[int] = ()) -> bytes:
    """`widths` of the first columns, in characters."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title or sheet.title
    for row in rows:
        sheet.append(row)
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if isinstance(cell.value, str)):
        cell.data_type = "s"
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
