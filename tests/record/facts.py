"""Facts that only the tests tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from ehr import record
from ehr.record.emitting import Draft


@dataclass(frozen=True, kw_only=True)
class TeaServed(record.Fact):
    kind: ClassVar[str] = "tests.tea.served"

    cups: int = 1
    note: str = ""


def serve(count: int, at: datetime, *, note: str = "茶") -> list[Draft]:
    with transaction.atomic():
        return record.emit_many(
            record.Emission(fact=TeaServed(cups=n, note=note), subject=f"tests.tea:{n % 7}", at=at)
            for n in range(count)
        )
