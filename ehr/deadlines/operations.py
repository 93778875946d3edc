"""Opening and closing duties. Called by the apps inside the transaction of the change that causes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from ehr import record
from ehr.deadlines.events import DeadlineClosed, DeadlineHandedOver, DeadlineMoved, DeadlineOpened
from ehr.deadlines.models import Deadline, Rung
from ehr.inserting import insert_new

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit


@transaction.atomic(savepoint=False)
def open_deadline(
    *,
    kind: str,
    subject: Any,
    due_at: datetime,
    by: "User | None",
    at: datetime,
    owner: "User | None" = None,
    role: str = "",
    unit: "OrgUnit | None" = None,
    url: str = "",
    params: dict[str, Any] | None = None,
    key: str = "",
    ladder: str = Deadline.Ladder.FULL,
    escalate_after: int | None = None,
    kept_from: "User | None" = None,
) -> Deadline:
    """For one person, or for everybody who holds the role in that unit. Opening twice returns the open one."""
    same = {
        "kind": kind,
        "subject": record.ref(subject),
        "owner": owner,
        "role": "" if owner else str(role or ""),
        "unit": unit,
        "key": key,
    }
    climbs = {"ladder": ladder, "escalate_after": escalate_after, "kept_from": kept_from}
    deadline = Deadline(**same, **climbs, due_at=due_at, url=url, params=params or {}, opened_at=at)
    if not insert_new([deadline]):
        return Deadline.objects.still_open().get(**same)
    record.emit(_opened(deadline), subject=deadline.subject, by=by, at=at)
    return deadline


@transaction.atomic(savepoint=False)
def open_many(duties: Sequence[Deadline], *, by: "User | None") -> None:
    """Unsaved duties, each with its subject written out. One that is open already stays as it is."""
    new = insert_new(duties)
    record.emit_many(record.Emission(fact=_opened(d), subject=d.subject, by=by, at=d.opened_at) for d in new)


# One statement instead of a look and a change: whoever closes it at the same time is waited for and found.
CLOSE = """
    UPDATE deadlines_deadline SET closed_at = %(at)s, outcome = %(outcome)s, closed_by_id = %(by)s
    WHERE closed_at IS NULL AND subject = %(subject)s AND (%(key)s IS NULL OR key = %(key)s)
      AND NOT key = ANY(%(kept)s) AND (kind = %(kind)s OR (%(prefix)s <> '' AND starts_with(kind, %(prefix)s)))
    RETURNING id, kind
"""


def close(
    *,
    subject: Any,
    kind: str,
    by: "User | None",
    at: datetime,
    key: str | None = None,
    kept: Sequence[str] = (),
    outcome: str = Deadline.Outcome.DONE,
) -> int:
    """Without a key, every open duty of this kind but those of the keys `kept`. kind may end in '.*'. Returns how many
    were closed."""
    subject, outcome, prefix = record.ref(subject), str(outcome), kind[:-1] if kind.endswith(".*") else ""
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            chosen = {"subject": subject, "kind": kind, "prefix": prefix, "key": key, "kept": list(kept)}
            cursor.execute(CLOSE, chosen | {"at": at, "outcome": outcome, "by": by and by.pk})
            closed = cursor.fetchall()
        facts = [DeadlineClosed(deadline_id=pk, deadline_kind=its_kind, outcome=outcome) for pk, its_kind in closed]
        record.emit_many(record.Emission(fact=fact, subject=subject, by=by, at=at) for fact in facts)
    return len(facts)


@transaction.atomic
def move(*, subject: Any, kind: str, due_at: datetime, by: "User | None", at: datetime, key: str | None = None) -> int:
    """A new due time starts the reminder and the ladder anew."""
    named = Deadline.objects.still_open().filter(subject=record.ref(subject), kind=kind)
    named = named if key is None else named.filter(key=key)
    moving = list(named.exclude(due_at=due_at).select_for_update(of=("self",)))
    for deadline in moving:
        fact = DeadlineMoved(**_about(deadline), from_due_at=deadline.due_at, due_at=due_at)
        record.emit(fact, subject=deadline.subject, by=by, at=at)
    Deadline.objects.filter(pk__in=[d.pk for d in moving]).update(due_at=due_at)
    Rung.objects.filter(deadline__in=moving).delete()
    return len(moving)


@transaction.atomic
def hand_over(deadline: Deadline, *, to: "User", by: "User | None", at: datetime) -> Deadline:
    """Somebody else takes it; the due time stays."""
    mine = Deadline.objects.select_for_update(of=("self",)).still_open().get(pk=deadline.pk)
    before = mine.owner_id
    mine.owner, mine.role = to, ""
    mine.save(update_fields=["owner", "role"])
    fact = DeadlineHandedOver(**_about(mine), from_id=before, owner_id=to.pk)
    record.emit(fact, subject=mine.subject, by=by, at=at)
    return mine


def _opened(deadline: Deadline) -> DeadlineOpened:
    return DeadlineOpened(
        **_about(deadline), due_at=deadline.due_at, owner_id=deadline.owner_id, owner_role=deadline.role
    )


def _about(deadline: Deadline) -> dict[str, Any]:
    return {"deadline_id": deadline.pk, "deadline_kind": deadline.kind}
