"""Pinyin of names, and the search tokens of an employment."""

from functools import lru_cache

from .rules.searching import tokens_of


@lru_cache(maxsize=65536)
def syllables(name: str) -> tuple[str, ...]:
    """'张伟' → ('zhang', 'wei'); surnames with a special reading follow pypinyin's phrases."""
    from pypinyin import lazy_pinyin

    return tuple(part.lower() for part in lazy_pinyin(name, errors="ignore"))


def pinyin(name: str) -> str:
    return "".join(syllables(name))


def search_text(*, name: str, number: str) -> str:
    return tokens_of(name=name, syllables=list(syllables(name)), number=number)
