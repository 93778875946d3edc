"""Events by COPY, beside the rows they tell of."""

from collections.abc import Iterable, Iterator

from ehr.record import Emission, Event
from ehr.record.emitting import Draft, drafts_of, plan_deliveries
from ehr.record.leaf import instant
from ehr.record.nudging import nudge_on_commit

from .copying import Copier, CopyTable


def copy_events(emissions: Iterable[Emission]) -> None:
    """As record.emit_many, by COPY."""
    with Copier() as copier:
        drafts = copy_drafts(copier, emissions)
    deliver(drafts)


def copy_drafts(copier: Copier, emissions: Iterable[Emission]) -> list[Draft]:
    table = CopyTable(
        Event, "id", "kind", "subject", "actor_id", "on_behalf_of_id", "role", "at", "request_id", "payload", "mac"
    )
    drafts: list[Draft] = []
    copier.copy(table, _lines(table, emissions, drafts))
    return drafts


def deliver(drafts: list[Draft]) -> None:
    if plan_deliveries(drafts):
        nudge_on_commit()


def _lines(table: CopyTable, emissions: Iterable[Emission], drafts: list[Draft]) -> Iterator[str]:
    for one in drafts_of(emissions):
        drafts.append(one)
        yield table.line(
            one.id, one.kind, one.subject, one.actor_id, one.on_behalf_of_id, one.role, instant(one.at), one.request_id,
            one.text, one.mac,
        )  # fmt: skip
