"""Who is asked for what by when. Each duty is a Deadline: it stands in the inbox, turns red and climbs by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from ehr import deadlines, record
from ehr.access.roles import Role
from handover.models import Handover, HandoverItem
from handover.models.choices import Confirmer, ItemState

if TYPE_CHECKING:
    from ehr.identity.models import User

FILL, COMPLETENESS, CONFIRM, SIGN_OFF, WITNESS = (
    "handover.fill",
    "handover.completeness",
    "handover.confirm",
    "handover.sign_off",
    "handover.witness",
)
TAKE_OVER, SHADOW, ANSWER = "handover.take_over", "handover.shadow", "handover.answer"
LIST_DUTIES = (FILL, COMPLETENESS, CONFIRM, SIGN_OFF, WITNESS)
"""What a handover itself waits for."""
OF_PLACES = (COMPLETENESS, CONFIRM, SIGN_OFF, WITNESS)
"""Asked of whoever is head, successor or witness, not of one person by name."""
WORKING_DAYS = 2

POOLS = {
    Confirmer.IT: Role.IT,
    Confirmer.ASSET_CLERK: Role.ASSET_CLERK,
    Confirmer.DOCUMENT_CLERK: Role.DOCUMENT_CLERK,
}


def ask_to_start(handovers: Iterable[Handover], *, by: "User | None", at: datetime) -> None:
    """The leaver fills the list; the head says within two working days whether anything is missing from it."""
    asked = []
    for handover in handovers:
        if handover.filler:
            asked.append(_duty(handover, FILL, handover.filler, handover.due_at, at=at))
        asked.append(_duty(handover, COMPLETENESS, handover.head, _soon(handover, at), at=at))
        if handover.successor:
            asked.append(_to_take_over(handover, at=at))
    deadlines.open_many(asked, by=by)


def ask_to_take_over(handover: Handover, *, by: "User | None", at: datetime) -> None:
    """From the first day on whoever takes over finds the way there in their inbox; another successor, another duty."""
    deadlines.close(subject=record.ref(handover), kind=TAKE_OVER, by=by, at=at, outcome="cancelled")
    if handover.successor and handover.is_running:
        deadlines.open_many([_to_take_over(handover, at=at)], by=by)


def _to_take_over(handover: Handover, *, at: datetime) -> "deadlines.Deadline":
    duty = _duty(handover, TAKE_OVER, handover.successor, handover.due_at, at=at)
    duty.url, duty.ladder = reverse("handover:takeover", args=[handover.pk]), duty.Ladder.OWNER
    return duty


def ask_completeness(handover: Handover, *, by: "User | None", at: datetime) -> None:
    _open(handover, COMPLETENESS, handover.head, _soon(handover, at), by=by, at=at)


def ask_sign_off(handover: Handover, *, by: "User | None", at: datetime) -> None:
    _open(handover, SIGN_OFF, handover.head, _soon(handover, at), by=by, at=at)


def ask_to_confirm(handover: Handover, confirmer: str, *, by: "User | None", at: datetime) -> None:
    """One duty per confirmer, however many items wait; its clock runs from the oldest of them."""
    _open(handover, CONFIRM, person_of(handover, confirmer), _soon(handover, at), by=by, at=at, confirmer=confirmer)


def ask_witness(item: HandoverItem, *, by: "User | None", at: datetime) -> None:
    """The witness looks on; nobody named yet: the head is asked to name one."""
    if item.lacks_witness:
        handover = item.handover
        _open(handover, WITNESS, handover.witness or handover.head, _soon(handover, at), by=by, at=at)


def settle(handover: Handover, *, by: "User | None", at: datetime) -> None:
    """After an item moved: close what nobody waits for any more, and ask for the signature once all is confirmed."""
    rows = list(handover.items.all())
    for row in rows:
        row.handover = handover
    waiting = {row.confirmer for row in rows if row.state == ItemState.SUBMITTED}
    over = {(CONFIRM, confirmer) for confirmer in {row.confirmer for row in rows} - waiting}
    if not any(row.state == ItemState.SUBMITTED and row.lacks_witness for row in rows):
        over.add((WITNESS, ""))
    asked = _asked(handover)
    if not any(_waits_for_leaver(row) for row in rows):
        over.add((FILL, ""))
    elif handover.filler and (FILL, "") not in asked:
        _open(handover, FILL, handover.filler, handover.due_at, by=by, at=at)
    for kind, key in sorted(over & asked):
        deadlines.close(subject=record.ref(handover), kind=kind, key=key, by=by, at=at)
    if handover.state == "complete" and all(row.state == ItemState.CONFIRMED for row in rows):
        ask_sign_off(handover, by=by, at=at)


def _asked(handover: Handover) -> set[tuple[str, str]]:
    """What is open of it, by kind and key. Whoever opens or closes holds the lock on the handover's row."""
    still_open = deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover))
    return set(still_open.values_list("kind", "key"))


def _waits_for_leaver(item: HandoverItem) -> bool:
    return item.state in (ItemState.PENDING, ItemState.RETURNED) or (
        item.state == ItemState.SUBMITTED and item.is_doubted
    )


def close(handover: Handover, kind: str, *, by: "User | None", at: datetime) -> None:
    deadlines.close(subject=record.ref(handover), kind=kind, by=by, at=at)


def call_off(handover: Handover, *, by: "User | None", at: datetime) -> None:
    deadlines.close(subject=record.ref(handover), kind="handover.*", by=by, at=at, outcome="cancelled")


def move(handover: Handover, *, by: "User | None", at: datetime) -> None:
    for kind in (FILL, TAKE_OVER):
        deadlines.move(subject=record.ref(handover), kind=kind, due_at=handover.due_at, by=by, at=at)


def follow_places(handover: Handover, *, by: "User | None", at: datetime) -> None:
    """Whoever stands in a place now is asked what its duties ask; due times stay."""
    for duty in deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover), kind__in=OF_PLACES):
        owner = _whose(handover, duty)
        if owner is not None and duty.owner_id != owner.pk:
            deadlines.hand_over(duty, to=owner, by=by, at=at)


def _whose(handover: Handover, duty: "deadlines.Deadline") -> "User | None":
    if duty.kind == CONFIRM:
        return person_of(handover, duty.key)
    return handover.witness or handover.head if duty.kind == WITNESS else handover.head


def person_of(handover: Handover, confirmer: str) -> "User | None":
    if confirmer == Confirmer.HEAD:
        return handover.head
    if confirmer == Confirmer.SUCCESSOR:
        return handover.successor or handover.head
    return None


def _open(
    handover: Handover,
    kind: str,
    owner: "User | None",
    due_at: datetime,
    *,
    by: "User | None",
    at: datetime,
    confirmer: str = "",
) -> None:
    deadlines.open_many([_duty(handover, kind, owner, due_at, at=at, confirmer=confirmer)], by=by)


def _duty(
    handover: Handover, kind: str, owner: "User | None", due_at: datetime, *, at: datetime, confirmer: str = ""
) -> "deadlines.Deadline":
    """Nobody to ask by name: the role in that unit; nobody there either: HR."""
    pool = POOLS.get(Confirmer(confirmer), Role.HRBP) if confirmer else Role.HRBP
    return deadlines.Deadline(
        kind=kind,
        subject=record.ref(handover),
        owner=owner,
        role="" if owner else pool.value,
        unit=None if owner else handover.employment.unit,
        due_at=due_at,
        url=handover.get_absolute_url(),
        params={"name": handover.employment.person.name},
        key=confirmer,
        opened_at=at,
    )


def _soon(handover: Handover, at: datetime) -> datetime:
    return deadlines.due_in(working_days=WORKING_DAYS, at=at)
