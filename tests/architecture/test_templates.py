import re
from pathlib import Path

import pytest
from django.template import engines

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


@pytest.mark.parametrize("path", templates(), ids=name)
def test_it_compiles(path: Path) -> None:
    engines["django"].from_string(path.read_text())


# A paper is no page: the renderer of PDFs reads its style from the document itself.
@pytest.mark.parametrize("path", [path for path in templates() if "documents" not in path.parts], ids=name)
def test_it_has_nothing_inline(path: Path) -> None:
    assert not INLINE.findall(path.read_text())


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
