"""The kinds of duty; each app registers its own at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class DeadlineKind:
    """title and why are translatable texts with {names} from the deadline's params."""

    code: str
    title: Any
    why: Any = ""
    icon: str = "checkbox"
    tone: str = "plan"
    group: Any = ""  # what the inbox may be filtered by
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = (
        None  # codes among the params → words for the reader
    )
    is_approval: bool = False  # somebody else's step waits for a yes or no, not only for work
    is_counted: bool = False  # due after so many working days, so that a loaded calendar may move it
    escalate_after: int = 2  # working days after due until the next manager hears of it, and again until HR does

    def fill(self, text: Any, params: Mapping[str, Any]) -> str:
        told = {**params, **self.words(params)} if self.words else params
        return str(text).format_map(_Gaps(told))


class _Gaps(dict[str, Any]):
    """A parameter that an older row does not have leaves a gap instead of an error."""

    def __missing__(self, key: str) -> str:
        return ""


_kinds: Registry[str, DeadlineKind] = Registry()


def register_kind(code: str, **fields: Any) -> DeadlineKind:
    return _kinds.register(code, DeadlineKind(code=code, **fields))


def kind_of(code: str) -> DeadlineKind:
    """A kind whose app is gone still shows, by its code."""
    return _kinds.get(code) or DeadlineKind(code=code, title=code)


def is_registered(code: str) -> bool:
    return code in _kinds


def counted_kinds() -> list[str]:
    return [kind.code for kind in _kinds.values() if kind.is_counted]
