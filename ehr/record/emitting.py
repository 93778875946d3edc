"""The one way a fact enters the record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ehr.crypto.keyring import mac_for
from ehr.lib.canonical import canonical
from ehr.lib.facts import Fact
from ehr.lib.ids import uuid7_texts
from ehr.record.leaf import spoken, spoken_with
from ehr.record.models import Event
from ehr.record.nudging import nudge_on_commit
from ehr.record.requests import current_request_id
from ehr.record.subscriptions import names_for

BATCH = 1000
MAC = "record.mac"


@dataclass(frozen=True, kw_only=True)
class Emission:
    """One fact to emit together with many others."""

    fact: Fact
    subject: Any
    at: datetime
    by: Any = None
    on_behalf_of: Any = None
    role: str = ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """The columns of an event before it is written, without the cost of a row object of the ORM."""

    id: str
    kind: str
    subject: str
    actor_id: Any
    on_behalf_of_id: Any
    role: str
    at: datetime
    request_id: str
    payload: dict[str, Any]
    text: str
    """Of the payload, canonical."""
    mac: bytes = b""


def emit(fact: Fact, *, subject: Any, by: Any, at: datetime, on_behalf_of: Any = None, role: str = "") -> Draft:
    """Write the fact in the caller's transaction: if this fails, so does the change it tells of."""
    emission = Emission(fact=fact, subject=subject, by=by, at=at, on_behalf_of=on_behalf_of, role=role)
    return emit_many([emission])[0]


def emit_many(emissions: Iterable[Emission]) -> list[Draft]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of the change it tells of")
    drafts = list(drafts_of(emissions))
    for start in range(0, len(drafts), BATCH):
        _insert(drafts[start : start + BATCH])
    if plan_deliveries(drafts):
        nudge_on_commit()
    return drafts


def drafts_of(emissions: Iterable[Emission]) -> Iterator[Draft]:
    """With their macs, whose key is looked up once; also for those who write rows in bulk themselves."""
    mac = mac_for(MAC)
    for emission, event_id in zip(emissions, uuid7_texts(), strict=False):
        draft = _draft_of(emission, event_id)
        draft.mac = mac(spoken_with(draft, draft.text))
        yield draft


def _draft_of(emission: Emission, event_id: str) -> Draft:
    if not emission.fact.kind:
        raise ValueError(f"{type(emission.fact).__name__} has no kind")
    payload = emission.fact.payload()
    return Draft(
        id=event_id,
        kind=emission.fact.kind,
        subject=ref(emission.subject),
        actor_id=_pk(emission.by),
        on_behalf_of_id=_pk(emission.on_behalf_of),
        role=str(emission.role),
        at=emission.at,
        request_id=current_request_id(),
        payload=payload,
        text=canonical(payload),
    )


def mac_of(event: Event) -> bytes:
    return mac_for(MAC)(spoken(event))


# Plain SQL, because a fact stands in the path of every change: the ORM takes five times as long to write the statement.
COLUMNS = "id, kind, subject, actor_id, on_behalf_of_id, role, at, request_id, payload, mac"
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _insert(drafts: Sequence[Draft]) -> None:
    values: list[Any] = []
    for one in drafts:
        values += [one.id, one.kind, one.subject, one.actor_id, one.on_behalf_of_id, one.role]
        values += [one.at, one.request_id, one.text, one.mac]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO record_event ({COLUMNS}) VALUES {', '.join([ROW] * len(drafts))}", values)  # noqa: S608 - constants


DELIVER = "INSERT INTO record_delivery (event_id, subscriber, attempts, next_at, error) VALUES "
DELIVERY = "(%s, %s, 0, statement_timestamp(), '')"


def plan_deliveries(events: Sequence[Event | Draft]) -> int:
    """Planned with the event, so that a long transaction elsewhere never holds them back."""
    planned = [(event.id, name) for event in events for name in names_for(event.kind)]
    for start in range(0, len(planned), BATCH):
        some = planned[start : start + BATCH]
        with connection.cursor() as cursor:
            cursor.execute(DELIVER + ", ".join([DELIVERY] * len(some)), [value for one in some for value in one])
    return len(planned)


def ref(obj: Any) -> str:
    """'offboarding.case:<id>'. A text is taken as a reference already made."""
    if isinstance(obj, str):
        return obj
    return f"{obj._meta.label_lower}:{obj.pk}"


def _pk(user: Any) -> Any:
    return getattr(user, "pk", None)
