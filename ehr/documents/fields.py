"""What may be merged into a paper. Each kind declares its fields; a text names no others and runs no code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class FieldType(StrEnum):
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    LINES = "lines"
    BLOCK = "block"
    """Drawn by the product and standing alone on its line: a table, the seal, a receipt."""


class Source(StrEnum):
    FILE = "file"
    CASE = "case"
    SETTLEMENT = "settlement"
    HANDOVER = "handover"
    ASKED = "asked"
    PAPER = "paper"


SOURCES = {
    Source.FILE: _("file of the employee"),
    Source.CASE: _("exit case"),
    Source.SETTLEMENT: _("settlement"),
    Source.HANDOVER: _("handover"),
    Source.ASKED: _("said when it is issued"),
    Source.PAPER: _("the paper itself"),
}
STYLES = {
    FieldType.TEXT: ("en",),
    FieldType.DATE: ("en",),
    FieldType.MONEY: ("capitals", "en"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    label: Any
    type: FieldType = FieldType.TEXT
    source: Source = Source.CASE
    sensitive: bool = False
    optional: bool = False
    """May have no value; then only a paragraph that can be left out may name it."""
    empty: str = ""
    empty_en: str = ""
    """The words for having none, where that says something: a contract without a fixed end."""
    template: str = ""
    sample: Any = ""

    @property
    def source_label(self) -> str:
        return str(SOURCES[self.source])

    @property
    def is_block(self) -> bool:
        return self.type == FieldType.BLOCK


class Blank(str):
    """Stands in a preview where a value is missing, of whatever type."""

    __slots__ = ()


def block(name: str, label: Any, *, template: str = "", **more: Any) -> Field:
    return Field(name=name, label=label, type=FieldType.BLOCK, template=template, **more)


COMMON = (
    Field(name="entity", label=_("company"), source=Source.PAPER, sample="华彩零售（上海）有限公司"),
    Field(name="number", label=_("number of the paper"), source=Source.PAPER, sample="HC-2026-000001"),
    Field(name="issued_on", label=_("day of issue"), type=FieldType.DATE, source=Source.PAPER, sample="2026-05-18"),
    block("seal", _("seal, company and date"), template="documents/blocks/seal.html", source=Source.PAPER),
    block("receipt", _("receipt to sign"), template="documents/blocks/receipt.html", source=Source.PAPER),
    block("parties", _("signatures of both sides"), template="documents/blocks/parties.html", source=Source.PAPER),
    block(
        "witnesses", _("signatures of two witnesses"), template="documents/blocks/witnesses.html", source=Source.PAPER
    ),
    block("answer", _("room for an answer"), template="documents/blocks/answer.html", source=Source.PAPER),
)
COMMON_NAMES = frozenset(field.name for field in COMMON)
