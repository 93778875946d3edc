"""What an editor read, as a short text: it comes back with the change, and a newer one refuses it. Each field has its
own piece of it, so that the later editor is told which have moved."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ehr.documents.digests import sha256_of_text
from ehr.errors import WrongState

from ..models import Contract, Employment

PERSON_FACTS = ("first_work_date",)
EMPLOYMENT_FACTS = (
    *("relation", "place_of_performance", "work_time_system", "retirement_category", "union_role"),
    *("probation_end_date", "leave_balance_days"),
)
PIECE = 8
TERMS = ("kind", "start_date", "end_date", "signed_date", "nth")


def facts_on_file(employment: Employment) -> dict[str, Any]:
    of_person = {name: getattr(employment.person, name) for name in PERSON_FACTS}
    return of_person | {name: getattr(employment, name) for name in EMPLOYMENT_FACTS}


def terms_on_file(contract: Contract) -> dict[str, Any]:
    return {name: getattr(contract, name) for name in TERMS}


def facts_version(employment: Employment) -> str:
    return _version(facts_on_file(employment))


def terms_version(contract: Contract) -> str:
    return _version(terms_on_file(contract))


def refuse_older(read: str, now: str) -> None:
    if read != now:
        raise WrongState(_("Somebody changed this while you had it open. Look at what is on file now first."))


def moved(values: dict[str, Any], *, since: str) -> dict[str, Any]:
    """What differs by now from what this version read; all of it where the version says nothing."""
    return {name: value for piece, (name, value) in _pieces(values) if piece not in _cut(since)}


def _version(values: dict[str, Any]) -> str:
    return "".join(piece for piece, _item in _pieces(values))


def _pieces(values: dict[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """The name is in it, so no two fields have the same piece."""
    return ((sha256_of_text(f"{name}={value}")[:PIECE], (name, value)) for name, value in sorted(values.items()))


def _cut(version: str) -> set[str]:
    return {version[start : start + PIECE] for start in range(0, len(version), PIECE)}
