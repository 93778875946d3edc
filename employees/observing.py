"""What other systems see in people's hands: taken in bulk, said twice it changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ehr import record

from . import events
from .models import Employment, Holding, HoldingPresence

FACTS = ("title", "presence")


@dataclass
class Observed:
    """How many rows were new, changed or the same, and which are about nobody here."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def observe_holdings(rows: Sequence[dict[str, Any]], *, system: str, at: datetime) -> Observed:
    """Each row: employee_number, kind, ref, title, presence; the last one of a thing counts. A system that does not
    mention a thing says nothing about it: only `has_not` means that it is gone."""
    seen, people = Observed(), _people(rows)
    known = {_place(one): one for one in Holding.objects.filter(system=system, employment__in=people.values())}
    last: dict[tuple[Any, str, str], Holding] = {}
    for row in rows:
        person = people.get(row["employee_number"])
        if person is None:
            seen.rejected.append({"ref": row["ref"], "reason": "employee_unknown"})
            continue
        new = Holding(
            employment_id=person,
            system=system,
            kind=row["kind"],
            ref=row["ref"],
            title=row["title"],
            presence=row["presence"],
            observed_at=at,
        )
        last[_place(new)] = new
    _count(seen, last, known)
    Holding.objects.bulk_create(
        last.values(),
        update_conflicts=True,
        unique_fields=["employment", "system", "kind", "ref"],
        update_fields=[*FACTS, "observed_at"],
        batch_size=1000,
    )
    _tell(last, known, system=system, at=at)
    return seen


def _count(seen: Observed, last: dict[Any, Holding], known: dict[Any, Holding]) -> None:
    for place, one in last.items():
        before = known.get(place)
        same = before is not None and all(getattr(before, name) == getattr(one, name) for name in FACTS)
        seen.created += before is None
        seen.unchanged += same
        seen.updated += before is not None and not same


def _tell(last: dict[Any, Holding], known: dict[Any, Holding], *, system: str, at: datetime) -> None:
    """Of people in whose hands something turned up that was not there before."""
    fresh = Counter(
        one.employment_id
        for place, one in last.items()
        if one.presence != HoldingPresence.HAS_NOT
        and (place not in known or known[place].presence == HoldingPresence.HAS_NOT)
    )
    record.emit_many(
        record.Emission(
            fact=events.HoldingsObserved(employment_id=str(pk), system=system, new=count),
            subject=f"employees.employment:{pk}",
            at=at,
        )
        for pk, count in fresh.items()
    )


def _place(holding: Holding) -> tuple[Any, str, str]:
    return holding.employment_id, holding.kind, holding.ref


def _people(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    numbers = {row["employee_number"] for row in rows}
    return dict(Employment.objects.filter(employee_number__in=numbers).values_list("employee_number", "pk"))
