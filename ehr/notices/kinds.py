"""The kinds of notices, with their words. Rows keep only the kind and small parameters; words are made at the edge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    code: str
    title: Any  # lazy text with {placeholders} of params
    body: Any = ""
    icon: str = "bell"
    tone: str = "info"  # info | success | warning | danger
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None  # codes among params → words for the reader
    channels: tuple[str, ...] = ("email",)  # by which it leaves the house, as far as the person wants it


_kinds: Registry[str, NoticeKind] = Registry()


def register_kind(
    code: str,
    *,
    title: Any,
    body: Any = "",
    icon: str = "bell",
    tone: str = "info",
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
    channels: tuple[str, ...] = ("email",),
) -> None:
    kind = NoticeKind(code=code, title=title, body=body, icon=icon, tone=tone, words=words, channels=channels)
    _kinds.register(code, kind)


def kind_of(code: str) -> NoticeKind:
    return _kinds.get(code) or NoticeKind(code=code, title=code)


def is_known(code: str) -> bool:
    return code in _kinds


def fill(text: Any, params: Mapping[str, Any]) -> str:
    return str(text).format_map(_Gaps(params))


class _Gaps(dict[str, Any]):
    """A parameter that an older row does not have leaves a gap instead of an error."""

    def __missing__(self, key: str) -> str:
        return "…"
