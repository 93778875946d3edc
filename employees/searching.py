"""Pinyin of names, and the search tokens of an employment."""

from functools import lru_cache

from .rules.searching import tokens_of

SURNAMES = {
    **{"单": "shan", "曾": "zeng", "仇": "qiu", "朴": "piao", "区": "ou", "查": "zha", "解": "xie"},  # noqa: PIE800 - short lines
    **{"任": "ren", "华": "hua", "翟": "zhai", "盖": "ge", "乐": "yue", "种": "chong", "覃": "qin"},  # noqa: PIE800
    **{"逄": "pang", "缪": "miao", "宓": "mi", "冼": "xian", "尹": "yin", "员": "yun", "折": "she"},  # noqa: PIE800
}
"""Family names that are read otherwise than the word."""
DOUBLE_SURNAMES = {"万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai")}


@lru_cache(maxsize=65536)
def syllables(name: str) -> tuple[str, ...]:
    """Of a person: '张伟' → ('zhang', 'wei'). Character by character, the family name by its own reading."""
    head: tuple[str, ...] = DOUBLE_SURNAMES.get(name[:2], ())
    rest = name[2:]
    if not head:
        head, rest = ((SURNAMES[name[0]],), name[1:]) if name[:1] in SURNAMES else ((), name)
    return (*head, *(part for char in rest for part in _reading(char)))


@lru_cache(maxsize=32768)
def _reading(char: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(part.lower() for part in lazy_pinyin(char, errors="ignore"))


def pinyin(name: str) -> str:
    return "".join(syllables(name))


@lru_cache(maxsize=4096)
def phrase(text: str) -> tuple[str, ...]:
    """Of a unit or a header, where words decide: '重庆' → ('chong', 'qing')."""
    from pypinyin import lazy_pinyin

    return tuple(part.lower() for part in lazy_pinyin(text, errors="ignore"))


def phrase_pinyin(text: str) -> str:
    return "".join(phrase(text))


def search_text(*, name: str, number: str) -> str:
    return tokens_of(name=name, syllables=syllables(name), number=number)
