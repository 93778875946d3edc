"""What papers there are. Each app registers its own in ready(); the kernel knows none by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ehr.documents.fields import COMMON, Field
from ehr.lib.registry import Registry

TEXT_PAGE = "documents/text.html"


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    code: str
    number_prefix: str
    title: Any
    template: str = TEXT_PAGE
    sealed: bool = True
    template_version: int = 1
    seal_mm: int = 42
    icon: str = "certificate"
    required: tuple[str, ...] = ()  # context fields a paper can't go without: no blank line on a legal paper
    permission: str = ""  # what a reader must hold as well, where a paper says more than others may know
    standing: tuple[str, ...] = ()  # occasions for which a release may be given once for all
    fields: tuple[Field, ...] = ()  # what its text may name; a kind with fields has texts that HR edits
    must: tuple[str, ...] = ()  # what every text of it has to name: the law's minimum
    variants: tuple[tuple[str, Any], ...] = (("", ""),)  # a text each, with their names
    for_others: bool = False  # about somebody, not for them: it never becomes theirs to see
    samples: Any = None  # what its blocks draw in the preview
    variant_samples: Any = None  # the same by variant, where the words differ by it
    look: str = ""  # the class of its page

    @cached_property
    def merge(self) -> dict[str, Field]:
        return {field.name: field for field in (*COMMON, *self.fields)}

    @property
    def has_text(self) -> bool:
        return bool(self.fields)


_kinds: Registry[str, DocumentKind] = Registry()


def register_kind(kind: DocumentKind) -> None:
    _kinds.register(kind.code, kind)


def kind_of(code: str) -> DocumentKind:
    return _kinds[code]


def kinds() -> Iterable[DocumentKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def texts() -> Iterable[DocumentKind]:
    return [kind for kind in kinds() if kind.has_text]


def guarded() -> Iterable[DocumentKind]:
    return [kind for kind in kinds() if kind.permission]


def title_of(code: str) -> str:
    return str(_kinds[code].title) if code in _kinds else code
