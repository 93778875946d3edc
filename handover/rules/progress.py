"""How far a piece of work is, read from the words people use: '80%', '八成', '一半', '已完成', '未开始'."""

import re

_DIGITS = "零一二三四五六七八九十"
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_TENTHS = re.compile(r"([一二三四五六七八九十\d])\s*成")
_BARE = re.compile(r"^\s*(\d{1,3})\s*$")
_WORDS = (
    (re.compile(r"未开始|没开始|还没做(?!完)|not started", re.IGNORECASE), 0),
    (re.compile(r"过半|一半|半数|\bhalf\b", re.IGNORECASE), 50),
    (re.compile(r"未完成|没完成|没做完|not (?:yet )?(?:done|finished)", re.IGNORECASE), None),
    (re.compile(r"已?完成|做完|完结|办结|交付|全部|\b(?:done|finished|complete)\b", re.IGNORECASE), 100),
)


def percent_of(text: str) -> int | None:
    """0…100, or None when the words don't say. A number wins over a word: '完成 80%' is 80."""
    number = _PERCENT.search(text) or _BARE.match(text)
    if number:
        return _within(round(float(number[1])))
    tenths = _TENTHS.search(text)
    if tenths:
        return _within(10 * (int(tenths[1]) if tenths[1].isdigit() else _DIGITS.index(tenths[1])))
    return next((percent for pattern, percent in _WORDS if pattern.search(text)), None)


def _within(percent: int) -> int | None:
    return percent if 0 <= percent <= 100 else None
