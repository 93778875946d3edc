"""HTML to PDF. Nothing is ever fetched: a paper is made of its own text, our stylesheets and installed fonts."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ehr.documents import small_fonts

STYLES = Path(__file__).parent / "print"


def to_pdf(html: str) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    small_fonts.use()
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    pdf: bytes = document.write_pdf(
        stylesheets=_stylesheets(), font_config=_fonts(), finisher=small_fonts.name_their_format
    )
    return pdf


def verify_host() -> str:
    """Where a reader types the code by hand."""
    return f"{settings.EHR_BASE_URL.partition('//')[2]}/verify"


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=1)
def _stylesheets() -> list[Any]:
    from weasyprint import CSS

    return [CSS(string=path.read_text(), font_config=_fonts()) for path in sorted(STYLES.glob("*.css"))]
