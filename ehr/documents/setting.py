"""A text with its values, set as HTML. Every word is escaped; the only markup is ours."""

from collections.abc import Mapping
from itertools import groupby, pairwise, zip_longest
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ehr.documents.fields import Blank, Field, FieldType
from ehr.documents.markup import Line, Part, parse, printed
from ehr.documents.templatetags.paper import capitals, in_english, on_paper, time_in_english, time_on_paper, yuan

NUMERALS = "一二三四五六七八九十"
PLAIN = {
    ("", False): "<p>{}</p>",
    ("", True): '<p lang="en" class="en">{}</p>',
    ("#", False): "<h1>{}</h1>",
    ("#", True): '<h1 lang="en" class="en">{}</h1>',
    ("@", False): '<p class="to">{}</p>',
    ("@", True): '<p lang="en" class="en">{}</p>',
    ("~", False): '<p class="att">{}</p>',
    ("~", True): '<p lang="en" class="att">{}</p>',
}
ASIDE = ' <span lang="en" class="en">{}</span>'
BESIDE = ("##", "|")
"""Of headings and rows the English on the next line stands in the same heading and row."""
HEAD, CELL = '<th scope="row">{}{}</th>', "<td>{}{}</td>"
ROOM = '<td class="room">{}{}</td>'
"""Left empty, to be filled in by hand."""
JOINED = {"-": "<ol>{}</ol>", "|": '<table class="facts"><tbody>{}</tbody></table>'}


def set_text(
    body: str, fields: Mapping[str, Field], values: Mapping[str, Any], *, bilingual: bool, around: Mapping[str, Any]
) -> SafeString:
    """`around` is what the blocks drawn by the product need: the paper, its seal, its date."""
    lines = printed(parse(body), fields, values, bilingual=bilingual)
    titles = [line for line in lines if line.mark == "#" and not line.english]
    heads = [line for line in lines if line.mark == "##" and not line.english]
    numbers = {id(line): NUMERALS[place] for place, line in enumerate(heads[:10])} if len(heads) > 1 else {}
    beside = {id(line): below for line, below in pairwise(lines) if _stands_beside(below, line)}
    setter = _Setter(fields, values, around, numbers, beside)
    setter.around = {**around, "heading": setter.words(titles[0].cells[0], english=False) if titles else ""}
    inside = {id(line) for line in beside.values()}
    shown = [line for line in lines if id(line) not in inside and (line.mark != "##" or not line.english)]
    groups = groupby(shown, key=lambda line: line.mark if line.mark in JOINED else id(line))
    return mark_safe("\n".join(setter.group(mark, list(found)) for mark, found in groups))  # noqa: S308 - escaped


def _stands_beside(line: Line, above: Line) -> bool:
    return line.english and not above.english and line.mark == above.mark and line.mark in BESIDE


class _Setter:
    def __init__(
        self,
        fields: Mapping[str, Field],
        values: Mapping[str, Any],
        around: Mapping[str, Any],
        numbers: dict[int, str],
        beside: dict[int, Line],
    ) -> None:
        """`beside`: of a heading or a row the English one."""
        self.fields, self.values, self.around, self.numbers, self.beside = fields, values, around, numbers, beside

    def group(self, mark: Any, lines: list[Line]) -> str:
        inner = mark_safe("".join(self.line(line) for line in lines))  # noqa: S308 - escaped
        return format_html(JOINED[mark], inner) if mark in JOINED else inner

    def line(self, line: Line) -> str:
        if (block := self._block(line)) is not None:
            return block
        if line.mark == "-":
            return self._items(line)
        if line.mark == "|":
            return self._row(line)
        words = self.words(line.cells[0], english=line.english)
        if line.mark == "##":
            return self._heading(line, words)
        return format_html(PLAIN[line.mark, line.english], words)

    def _heading(self, line: Line, words: SafeString) -> str:
        number, english = self.numbers.get(id(line)), self.beside.get(id(line))
        aside = self._aside(english.cells[0]) if english else ""
        return format_html("<h2>{}{}{}</h2>", f"{number}、" if number else "", words, aside)

    def _aside(self, cell: tuple[Part, ...]) -> str:
        said = self.words(cell, english=True)
        return format_html(ASIDE, said) if said.strip() else ""

    def _block(self, line: Line) -> str | None:
        names = line.names
        field = self.fields[names[0]] if len(names) == 1 and names[0] in self.fields else None
        if field is None or not field.is_block:
            return None
        context = {**self.values, **self.around, "value": self.values.get(field.name), "english": line.english}
        return render_to_string(field.template, context)

    def _items(self, line: Line) -> str:
        """A list of its own for the field that stands alone in an item."""
        cell = line.cells[0]
        if len(cell) == 1 and cell[0].name and self.fields[cell[0].name].type == FieldType.LINES:
            return format_html_join("", "<li>{}</li>", ((one,) for one in self.values.get(cell[0].name) or []))
        return format_html("<li>{}</li>", self.words(cell, english=line.english))

    def _row(self, line: Line) -> str:
        english = self.beside.get(id(line))
        below = [self._aside(cell) for cell in english.cells] if english else []
        cells = [
            format_html(HEAD if place % 2 == 0 else CELL if words.strip() else ROOM, words, aside)
            for place, (words, aside) in enumerate(
                zip_longest((self.words(cell, english=line.english) for cell in line.cells), below, fillvalue="")
            )
        ]
        return format_html("<tr>{}</tr>", mark_safe("".join(cells)))  # noqa: S308 - escaped

    def words(self, parts: tuple[Part, ...], *, english: bool) -> SafeString:
        return format_html_join("", "{}", ((self._part(part, english=english),) for part in parts))

    def _part(self, part: Part, *, english: bool) -> str:
        style = part.style or ("en" if english else "")
        text = self._value(self.fields[part.name], style) if part.name else part.text
        return format_html("<b>{}</b>", text) if part.bold else text

    def _value(self, field: Field, style: str) -> Any:
        value = self.values.get(field.name)
        if value in (None, "", []) and field.empty:
            return field.empty_en if style == "en" else field.empty
        if isinstance(value, Blank):
            return value
        if style == "en" and field.type == FieldType.TEXT:
            return self.values.get(f"{field.name}_en") or value
        return _FORMATS.get((field.type, style), _FORMATS.get((field.type, ""), str))(value)


def _joined(value: Any) -> str:
    return "；".join(str(one).rstrip("。") for one in value)


def _yuan_en(value: Any) -> str:
    return f"CNY {yuan(value)}"


_FORMATS: dict[tuple[FieldType, str], Any] = {
    (FieldType.DATE, ""): on_paper,
    (FieldType.DATE, "en"): in_english,
    (FieldType.TIME, ""): time_on_paper,
    (FieldType.TIME, "en"): time_in_english,
    (FieldType.MONEY, ""): yuan,
    (FieldType.MONEY, "en"): _yuan_en,
    (FieldType.MONEY, "capitals"): capitals,
    (FieldType.LINES, ""): _joined,
}
