"""The language of legal papers, whoever reads the screen in whatever language, and the English beside it."""

from collections.abc import Callable
from typing import Any

from django.utils import translation

PAPER_LANGUAGE = "zh-hans"


def in_both(words: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What has words of its own in either language: `name` in that of papers, `name_en` in English."""
    with translation.override("en"):
        english = {f"{name}_en": said for name, said in words().items()}
    with translation.override(PAPER_LANGUAGE):
        return words() | english
