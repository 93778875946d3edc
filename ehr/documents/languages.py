"""The language of legal papers, whoever reads the screen in whatever language, and the English beside it. A report of ours
is no legal paper: it speaks the language of whoever has it drawn up, and keeps it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

PAPER_LANGUAGE = "zh-hans"
ENGLISH = "en"


def language_of(context: Mapping[str, Any]) -> str:
    """In what a paper is set: what it was drawn up in, or that of legal papers."""
    return str(context.get("language") or PAPER_LANGUAGE)


def language_of_reader() -> str:
    return ENGLISH if (translation.get_language() or "").startswith(ENGLISH) else PAPER_LANGUAGE


def in_both(words: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What has words of its own in either language: `name` in that of papers, `name_en` in English."""
    with translation.override(ENGLISH):
        english = {f"{name}_en": said for name, said in words().items()}
    with translation.override(PAPER_LANGUAGE):
        return words() | english
