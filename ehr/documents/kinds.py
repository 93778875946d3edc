"""What papers there are. Each app registers its own in ready(); the kernel knows none by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ehr.lib.registry import Registry


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    code: str
    template: str
    number_prefix: str
    title: Any
    sealed: bool = True
    template_version: int = 1
    seal_mm: int = 42
    icon: str = "certificate"
    required: tuple[str, ...] = ()  # context fields a paper can't go without: no blank line on a legal paper
    permission: str = ""  # what a reader must hold as well, where a paper says more than others may know
    standing: tuple[str, ...] = ()  # occasions for which a release may be given once for all


_kinds: Registry[str, DocumentKind] = Registry()


def register_kind(kind: DocumentKind) -> None:
    _kinds.register(kind.code, kind)


def kind_of(code: str) -> DocumentKind:
    return _kinds[code]


def kinds() -> Iterable[DocumentKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def guarded() -> Iterable[DocumentKind]:
    return [kind for kind in kinds() if kind.permission]


def title_of(code: str) -> str:
    return str(_kinds[code].title) if code in _kinds else code
