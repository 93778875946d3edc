"""Who missed what: read from the record, never argued from memory.

Of an omission against an item: was it handed in, and who confirmed it? Of one against the list: did the template know of
it, and who said the list was complete? Every finding stands on one recorded moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    LEAVER_NEVER_SUBMITTED = "leaver_never_submitted"
    CONFIRMED_WITHOUT = "confirmed_without"
    HEAD_CONFIRMED_WITHOUT = "head_confirmed_without"
    TEMPLATE_LACKED = "template_lacked"


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    was_submitted: bool
    confirmed_by_head: bool
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    template_knew: bool
    called_complete: bool


def of_item(facts: ItemFacts) -> tuple[Finding, ...]:
    """Handed in and confirmed although it lacked something: the confirmer; never handed in: the leaver."""
    if not facts.was_submitted:
        return (Finding.LEAVER_NEVER_SUBMITTED,)
    if not facts.is_confirmed:
        return ()
    return (Finding.HEAD_CONFIRMED_WITHOUT if facts.confirmed_by_head else Finding.CONFIRMED_WITHOUT,)


def of_list(facts: ListFacts) -> tuple[Finding, ...]:
    """Not on the list at all. The head said it was complete; a template that lacked it comes after the person."""
    found = [Finding.HEAD_CONFIRMED_WITHOUT] if facts.called_complete else [Finding.LEAVER_NEVER_SUBMITTED]
    return (*found, *([] if facts.template_knew else [Finding.TEMPLATE_LACKED]))


def counts_against_head(findings: Sequence[str]) -> bool:
    return Finding.HEAD_CONFIRMED_WITHOUT in findings
