"""Asking again in bulk: everybody whom these handovers wait for, each person once a day however many handovers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import access, deadlines, notices, record
from ehr.access.roles import Role
from ehr.clock import LEGAL_ZONE
from handover import events
from handover.models import Handover, Reminder
from handover.operations.duties import LIST_DUTIES
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.identity.models import User


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """`spared` were reminded today already."""

    people: int
    spared: int


@transaction.atomic
def remind_people(*, handovers: Iterable[Handover], by: "User", at: datetime) -> Reminded:
    """Of two at once for the same person one reminds: the row of the day is there once."""
    rows = Handover.objects.visible_to(by, Permission.REMIND_PEOPLE).running()
    chosen = list(rows.filter(pk__in=[one.pk for one in handovers]))
    asked = _asked(chosen)
    everybody = {user.pk: user for users in asked.values() for user in users if user.pk != by.pk}
    fresh = _first_today(everybody, by=by, at=at)
    told = [everybody[pk] for pk in fresh]
    notices.tell(told, kind="handover.reminded", url="/inbox/", subject=by, at=at, by=by)
    counts = {one.pk: len({user.pk for user in asked.get(record.ref(one), ())} & fresh) for one in chosen}
    record.emit_many(
        record.Emission(fact=events.PeopleReminded(**one.facts(), people=counts[one.pk]), subject=one, by=by, at=at)
        for one in chosen
        if counts[one.pk]
    )
    return Reminded(people=len(fresh), spared=len(everybody) - len(fresh))


def _asked(chosen: list[Handover]) -> "dict[str, list[User]]":
    """Whom each waits for: the owner of a duty, or whoever holds its role for that unit."""
    open_duties = deadlines.Deadline.objects.still_open().filter(
        subject__in=[record.ref(one) for one in chosen], kind__in=LIST_DUTIES
    )
    pools: dict[tuple[str, object], list[User]] = {}
    found: dict[str, list[User]] = {}
    for duty in open_duties.select_related("owner", "unit"):
        if duty.owner is None and (duty.role, duty.unit_id) not in pools:
            pools[duty.role, duty.unit_id] = list(access.users_with(Role(duty.role), duty.unit))
        people = [duty.owner] if duty.owner else pools[duty.role, duty.unit_id]
        found.setdefault(duty.subject, []).extend(people)
    return found


def _first_today(everybody: "dict[int, User]", *, by: "User", at: datetime) -> set[int]:
    today = at.astimezone(LEGAL_ZONE).date()
    rows = [Reminder(user=user, on_date=today, by=by, at=at) for user in everybody.values()]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    ours = Reminder.objects.filter(pk__in=[row.pk for row in rows])
    return set(ours.values_list("user_id", flat=True))
