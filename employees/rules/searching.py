"""Tokens of a name and a number, and the query that finds them by any of their parts."""

import re
from functools import lru_cache

CJK = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z0-9]+")


def tokens_of(*, name: str, syllables: tuple[str, ...], number: str) -> str:
    """'张伟', ('zhang', 'wei'), 'HC-0042' → every bigram, syllable tail, initials and number tail, once."""
    return " ".join(dict.fromkeys([*_name_tokens(name, syllables), *_number_tokens(number)]))


@lru_cache(maxsize=16384)  # of 50,000 people many have the name of another
def _name_tokens(name: str, syllables: tuple[str, ...]) -> list[str]:
    return [*_cjk_tokens(name), *_latin_tokens(name), *_pinyin_tokens(syllables)]


def query_of(text: str) -> str:
    """Terms of a tsquery, all needed, each a prefix. Nothing searchable gives an empty text."""
    terms: list[str] = []
    for word in text.lower().split():
        terms += [gram for run in CJK.findall(word) for gram in _grams(run)]
        latin = "".join(WORD.findall(word))
        terms += [latin] if latin else []
    return " & ".join(f"'{term}':*" for term in dict.fromkeys(terms))


def _grams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def _cjk_tokens(name: str) -> list[str]:
    return [gram for run in CJK.findall(name) for gram in [*_grams(run), run[-1]]]


def _latin_tokens(name: str) -> list[str]:
    return WORD.findall(name.lower())


def _pinyin_tokens(syllables: tuple[str, ...]) -> list[str]:
    tails = ["".join(syllables[i:]) for i in range(len(syllables))]
    initials = "".join(syllable[0] for syllable in syllables if syllable)
    return [token for token in [*tails, initials] if token]


def _number_tokens(number: str) -> list[str]:
    parts = WORD.findall(number.lower())
    tails = ["".join(parts[i:]) for i in range(len(parts))]
    short = parts[-1].lstrip("0") if parts else ""
    return [token for token in [*tails, short] if token]
