import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

from tests.architecture.paths import name, templates

# The policy of the product's pages forbids these; a browser would drop them without a word.
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")   # a script without a file
      | <style\b
      | \sstyle\s*=
      | <[^>%{]+\son[a-z]+\s*=
      | javascript:
    """,
    re.VERBOSE | re.IGNORECASE,
)


def test_each_compiles() -> None:
    broken = {name(path): error for path in templates() if (error := _error_of(path))}

    assert broken == {}


def test_no_page_has_anything_inline() -> None:
    """A paper is no page: the renderer of PDFs reads its style from the document itself."""
    pages = [path for path in templates() if "documents" not in path.parts]

    found = {name(path): INLINE.findall(path.read_text()) for path in pages}

    assert {page: inline for page, inline in found.items() if inline} == {}


def _error_of(path: Path) -> str:
    try:
        engines["django"].from_string(path.read_text())
    except TemplateSyntaxError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        '<a class="x" onclick="go()">',
        "<style>p {}</style>",
        '<a href="javascript:go()">',
    ],
)
def test_it_would_see_something_inline(markup: str) -> None:
    assert INLINE.search(markup)
