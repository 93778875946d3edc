"""The small language of papers: paragraphs with merge fields. It has no loops, no conditions and runs nothing.

# Title          ## Heading (numbered)       - item of a list       | cell | cell |
@ addressee      ~ small print
> English, printed on bilingual papers only
? left out when one of its fields has no value
**bold**         {{ field }}                 {{ field:style }}
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ehr.documents.fields import STYLES, Field

MERGE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)(?::([a-z]+))?\s*\}\}")
MARKS = ("# ", "## ", "- ", "| ", "@ ", "~ ")
LONGEST = 20_000


@dataclass(frozen=True, kw_only=True)
class Part:
    text: str = ""
    name: str = ""
    style: str = ""
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    mark: str
    cells: tuple[tuple[Part, ...], ...]
    english: bool = False
    optional: bool = False

    @property
    def names(self) -> list[str]:
        return [part.name for cell in self.cells for part in cell if part.name]


@dataclass(frozen=True, kw_only=True)
class Problem:
    code: str
    line: int = 0
    what: str = ""


def parse(body: str) -> list[Line]:
    return [_line(number, text.strip()) for number, text in enumerate(body.splitlines(), 1) if text.strip()]


def _line(number: int, text: str) -> Line:
    flags = {}
    for sign, flag in ((">", "english"), ("?", "optional")):
        flags[flag] = text.startswith(f"{sign} ")
        text = text.removeprefix(f"{sign} ").strip() if flags[flag] else text
    mark = next((mark for mark in MARKS if text.startswith(mark)), "")
    rest = text.removeprefix(mark)
    cells = rest.strip().strip("|").split("|") if mark == "| " else [rest]
    return Line(number=number, mark=mark.strip(), cells=tuple(tuple(_parts(cell.strip())) for cell in cells), **flags)


def _parts(text: str) -> Iterator[Part]:
    for place, piece in enumerate(text.split("**")):
        at = 0
        for found in MERGE.finditer(piece):
            if found.start() > at:
                yield Part(text=piece[at : found.start()], bold=place % 2 == 1)
            yield Part(name=found[1], style=found[2] or "", bold=place % 2 == 1)
            at = found.end()
        if piece[at:]:
            yield Part(text=piece[at:], bold=place % 2 == 1)


# --- May it be published? ---------------------------------------------------------------------------------
def problems(body: str, fields: Mapping[str, Field], *, must: tuple[str, ...] = ()) -> list[Problem]:
    if len(body) > LONGEST:
        return [Problem(code="too_long")]
    lines = parse(body)
    found = [problem for line in lines for problem in _problems_of(line, fields)]
    found += [
        Problem(code="unclosed_bold", line=number)
        for number, text in enumerate(body.splitlines(), 1)
        if text.count("**") % 2
    ]
    sure = {name for line in lines if not line.english and not line.optional for name in line.names}
    return found + [Problem(code="must_name", what=name) for name in must if name not in sure]


def _problems_of(line: Line, fields: Mapping[str, Field]) -> Iterator[Problem]:
    for part in (part for cell in line.cells for part in cell):
        if not part.name:
            if re.search(r"[{}]", part.text):
                yield Problem(code="stray_brace", line=line.number, what=part.text.strip()[:40])
            continue
        field = fields.get(part.name)
        if field is None:
            yield Problem(code="unknown_field", line=line.number, what=part.name)
        elif part.style and part.style not in STYLES.get(field.type, ()):
            yield Problem(code="unknown_style", line=line.number, what=f"{part.name}:{part.style}")
        elif field.is_block and (len(line.cells) > 1 or len(line.cells[0]) > 1 or line.mark):
            yield Problem(code="block_not_alone", line=line.number, what=part.name)
        elif field.optional and not field.empty and not line.optional:
            yield Problem(code="may_be_blank", line=line.number, what=part.name)


# --- With values ------------------------------------------------------------------------------------------
def printed(
    lines: list[Line], fields: Mapping[str, Field], values: Mapping[str, Any], *, bilingual: bool
) -> list[Line]:
    """What stands on this paper: without the English when it is Chinese only, without what can be left out."""
    shown = [line for line in lines if bilingual or not line.english]
    return [line for line in shown if not line.optional or not _empty_names(line, fields, values)]


def missing(body: str, fields: Mapping[str, Field], values: Mapping[str, Any], *, bilingual: bool) -> list[Field]:
    """The fields for which this paper would have a blank; none of them once."""
    lines = printed(parse(body), fields, values, bilingual=bilingual)
    names = dict.fromkeys(name for line in lines for name in _empty_names(line, fields, values))
    return [fields[name] for name in names if name in fields]


def _empty_names(line: Line, fields: Mapping[str, Field], values: Mapping[str, Any]) -> list[str]:
    return [name for name in line.names if name in fields and is_empty(fields[name], values.get(name))]


def is_empty(field: Field, value: Any) -> bool:
    if field.empty or field.is_block:
        return False
    return value in (None, "", [], ()) or (isinstance(value, str) and not value.strip())
