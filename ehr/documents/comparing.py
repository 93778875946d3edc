"""What one version of a text says differently from another, line by line."""

from collections.abc import Iterator
from difflib import SequenceMatcher


def changed_lines(before: str, after: str) -> Iterator[tuple[str, str]]:
    """('-', a line that went) and ('+', a line that came), in the order of the text."""
    old, new = before.splitlines(), after.splitlines()
    for tag, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in old[start:end])
            yield from (("+", line) for line in new[from_:to])
