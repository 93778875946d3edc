"""HTML to PDF. Nothing is ever fetched: a paper is made of its own text, our stylesheets and installed fonts."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ehr.documents import small_fonts

STYLES = Path(__file__).parent / "print"
LETTER_PAGES = 3
"""A longer paper is a report: a page less would not be seen."""


def to_pdf(html: str) -> bytes:
    """Closer together where that saves a page: what is torn off or sealed is not to stand alone on one."""
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    small_fonts.use()
    document = _laid_out(html)
    if 1 < len(document.pages) <= LETTER_PAGES:
        document = min(document, _laid_out(html, is_tight=True), key=lambda one: len(one.pages))
    pdf: bytes = document.write_pdf(finisher=small_fonts.name_their_format)
    return pdf


def _laid_out(html: str, *, is_tight: bool = False) -> Any:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    stylesheets = [*_stylesheets(STYLES), *(_stylesheets(STYLES / "tight") if is_tight else ())]
    return document.render(stylesheets=stylesheets, font_config=_fonts())


def verify_host() -> str:
    """Where a reader types the code by hand."""
    return f"{settings.EHR_BASE_URL.partition('//')[2]}/verify"


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _stylesheets(folder: Path) -> list[Any]:
    from weasyprint import CSS

    return [CSS(string=path.read_text(), font_config=_fonts()) for path in sorted(folder.glob("*.css"))]
