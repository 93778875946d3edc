"""The text of an event that is hashed: said once for Python and once for PostgreSQL, and tested to be equal."""

from datetime import UTC, datetime

from ehr.lib.canonical import canonical
from ehr.record.models import Event

# Every column the product writes. `mac` and `transaction` are part of it in the seal, see SEALED.
COLUMNS = """
    'id', e.id, 'kind', e.kind, 'subject', e.subject, 'actor', e.actor_id, 'on_behalf_of', e.on_behalf_of_id,
    'role', e.role, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'request_id', e.request_id, 'payload', e.payload
"""
SPOKEN = f"jsonb_build_object({COLUMNS})::text"
SEALED = f"jsonb_build_object({COLUMNS}, 'transaction', e.transaction, 'mac', encode(e.mac, 'hex'))::text"


def spoken(event: Event) -> bytes:
    """What the product said when it emitted the event; the message of its mac."""
    columns = {
        "id": str(event.id),
        "kind": event.kind,
        "subject": event.subject,
        "actor": _text(event.actor_id),
        "on_behalf_of": _text(event.on_behalf_of_id),
        "role": event.role,
        "at": instant(event.at),
        "request_id": event.request_id,
        "payload": event.payload,
    }
    return canonical(columns).encode()


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
