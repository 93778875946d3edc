"""The sources of a running list, asked once more: what turned up later comes on it once, with its reason."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ehr import access, record
from ehr.clock import LEGAL_ZONE
from ehr.errors import WrongState
from handover import events, sources
from handover.models import Handover, HandoverItem
from handover.models.choices import State
from handover.operations import duties
from handover.operations.opening import item_rows
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.identity.models import User

MAY_GROW = (State.HELD, State.OPEN, State.COMPLETE)


@transaction.atomic
def look_again(*, handover: Handover, by: "User | None", at: datetime) -> list[HandoverItem]:
    """Never takes anything off and changes nothing that was written; the template stays the one the list began with.
    What turns up after the list was called complete has to be confirmed before it is signed."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    if by is not None:
        access.check(by, Permission.ADD_ITEMS, handover)
    if handover.state not in MAY_GROW:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    rows = _new_rows(handover, at=at)
    HandoverItem.objects.bulk_create(rows)
    record.emit_many(
        record.Emission(fact=events.ItemAdded(**row.facts(), group=row.group), subject=handover, by=by, at=at)
        for row in rows
    )
    if rows and handover.state != State.HELD:
        duties.close(handover, duties.SIGN_OFF, by=by, at=at)
        duties.settle(handover, by=by, at=at)
    return rows


def look_again_for(*, employment_id: str, at: datetime) -> int:
    """Every list of this person that still runs."""
    running = Handover.objects.filter(employment=employment_id, state__in=MAY_GROW)
    return sum(len(look_again(handover=handover, by=None, at=at)) for handover in running)


def _new_rows(handover: Handover, *, at: datetime) -> list[HandoverItem]:
    known = set(handover.items.values_list("key", flat=True))
    found = {plan.key: plan for plan in sources.found_for([handover]).get(handover.pk, ()) if plan.key not in known}
    last = handover.items.aggregate(last=Max("position"))["last"]
    rows = list(item_rows(handover, list(found.values()), first=0 if last is None else last + 1))
    today = at.astimezone(LEGAL_ZONE).date()
    for row in rows:
        row.due_date = max(row.due_date, today)
    return rows
