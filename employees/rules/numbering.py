"""The rule of an employee number as data: fixed text, business unit, hire year, running number."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

PLACE = re.compile(r"\{(group|unit|year|year2|sequence)\}")
TEXT = re.compile(r"[A-Za-z0-9_\-/.]*")


@dataclass(frozen=True, kw_only=True)
class NumberPattern:
    """'{group}-{unit}-{year}-{sequence}' with 5 digits → HC-HD-2021-00631."""

    template: str
    group: str
    digits: int
    unit_codes: dict[str, str] = field(default_factory=dict)
    default_unit_code: str = "GR"


def faults_of(pattern: NumberPattern) -> list[str]:
    """Codes of everything that makes the pattern unusable."""
    found = []
    if pattern.template.count("{sequence}") != 1:
        found.append("sequence_once")
    if not TEXT.fullmatch(PLACE.sub("", pattern.template)):
        found.append("plain_text_only")
    if not 3 <= pattern.digits <= 8:
        found.append("digits_3_to_8")
    codes = [pattern.group, pattern.default_unit_code, *pattern.unit_codes.values()]
    if not all(re.fullmatch(r"[A-Z0-9]{1,8}", code) for code in codes):
        found.append("codes_are_capitals")
    return found


def format_number(pattern: NumberPattern, *, unit: str, year: int, sequence: int) -> str:
    """A sequence beyond the digits just grows longer; it is never cut."""
    values = {
        "group": pattern.group,
        "unit": unit_code(pattern, unit),
        "year": f"{year:04d}",
        "year2": f"{year % 100:02d}",
        "sequence": str(sequence).zfill(pattern.digits),
    }
    return PLACE.sub(lambda match: values[match[1]], pattern.template)


def series_of(pattern: NumberPattern, *, unit: str, year: int) -> str:
    """What shares one running number: everything of the number but the sequence itself."""
    template = pattern.template.replace("{sequence}", "#")
    return format_number(replace(pattern, template=template), unit=unit, year=year, sequence=0)


def known_codes(pattern: NumberPattern) -> list[str]:
    """Longest first, so that a code that begins with another one is read whole."""
    return sorted({pattern.default_unit_code, *pattern.unit_codes.values()}, key=len, reverse=True)


def unit_code(pattern: NumberPattern, unit: str) -> str:
    return pattern.unit_codes.get(unit, pattern.default_unit_code)


def split(pattern: NumberPattern, number: str) -> tuple[str, int] | None:
    """(series, running number) of a number of this rule; None when it follows another rule."""
    return splitter(pattern)(number)


def splitter(pattern: NumberPattern) -> Callable[[str], tuple[str, int] | None]:
    """For many numbers: the rule is read once."""
    regex = re.compile(_regex(pattern))

    def split_one(number: str) -> tuple[str, int] | None:
        match = regex.fullmatch(number)
        if match is None:
            return None
        start, end = match.span("sequence")
        return f"{number[:start]}#{number[end:]}", int(match["sequence"])

    return split_one


def _regex(pattern: NumberPattern) -> str:
    return "".join(
        PART[piece[1:-1]](pattern) if PLACE.fullmatch(piece) else re.escape(piece) for piece in _pieces(pattern)
    )


def _pieces(pattern: NumberPattern) -> list[str]:
    return [piece for piece in re.split(r"(\{[a-z0-9]+\})", pattern.template) if piece]


PART: dict[str, Callable[[NumberPattern], str]] = {
    "group": lambda pattern: re.escape(pattern.group),
    "unit": lambda pattern: "|".join(map(re.escape, known_codes(pattern))).join(("(?:", ")")),
    "year": lambda pattern: r"\d{4}",
    "year2": lambda pattern: r"\d{2}",
    "sequence": lambda pattern: rf"(?P<sequence>\d{{{pattern.digits},}})",
}
