"""Opening and closing duties. Called by the apps inside the transaction of the change that causes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from ehr import record
from ehr.deadlines.events import DeadlineClosed, DeadlineHandedOver, DeadlineMoved, DeadlineOpened
from ehr.deadlines.models import Deadline, Rung

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit


BATCH = 1000


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
    if not _insert([deadline]):
        return Deadline.objects.still_open().get(**same)
    record.emit(_opened(deadline), subject=deadline.subject, by=by, at=at)
    return deadline


@transaction.atomic(savepoint=False)
def open_many(duties: Sequence[Deadline], *, by: "User | None") -> None:
    """Unsaved duties, each with its subject written out. One that is open already stays as it is."""
    for start in range(0, len(duties), BATCH):
        some = duties[start : start + BATCH]
        new = _insert(some)
        record.emit_many(
            record.Emission(fact=_opened(d), subject=d.subject, by=by, at=d.opened_at) for d in some if d.pk in new
        )


def close(
    *,
    subject: Any,
    kind: str,
    by: "User | None",
    at: datetime,
    key: str | None = None,
    outcome: str = Deadline.Outcome.DONE,
) -> int:
    """Without a key, every open duty of this kind. kind may end in '.*'. Returns how many were closed."""
    found = _open_of(subject, kind, key)
    with transaction.atomic(savepoint=False):
        closing = list(found.select_for_update(of=("self",)))
        Deadline.objects.filter(pk__in=[d.pk for d in closing]).update(closed_at=at, outcome=outcome, closed_by=by)
        record.emit_many(
            record.Emission(fact=DeadlineClosed(**_about(d), outcome=str(outcome)), subject=d.subject, by=by, at=at)
            for d in closing
        )
    return len(closing)


@transaction.atomic
def move(*, subject: Any, kind: str, due_at: datetime, by: "User | None", at: datetime, key: str | None = None) -> int:
    """A new due time starts the reminder and the ladder anew."""
    moving = list(_open_of(subject, kind, key).exclude(due_at=due_at).select_for_update(of=("self",)))
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


def _open_of(subject: Any, kind: str, key: str | None) -> Any:
    found = Deadline.objects.still_open().filter(subject=record.ref(subject))
    found = found.filter(kind__startswith=kind[:-1]) if kind.endswith(".*") else found.filter(kind=kind)
    return found if key is None else found.filter(key=key)


def _insert(duties: Sequence[Deadline]) -> set[UUID]:
    """The keys of those that were not open yet. Plain SQL, because the ORM's ON CONFLICT DO NOTHING can't tell which."""
    fields = Deadline._meta.concrete_fields
    columns = ", ".join(field.column for field in fields if field.column)
    row = f"({', '.join(['%s'] * len(fields))})"
    values = [field.get_db_prep_save(field.pre_save(duty, True), connection) for duty in duties for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO deadlines_deadline ({columns}) VALUES {', '.join([row] * len(duties))}"  # noqa: S608 - own columns
            " ON CONFLICT DO NOTHING RETURNING id",
            values,
        )
        return {pk for (pk,) in cursor.fetchall()}


def _opened(deadline: Deadline) -> DeadlineOpened:
    return DeadlineOpened(
        **_about(deadline), due_at=deadline.due_at, owner_id=deadline.owner_id, owner_role=deadline.role
    )


def _about(deadline: Deadline) -> dict[str, Any]:
    return {"deadline_id": deadline.pk, "deadline_kind": deadline.kind}
