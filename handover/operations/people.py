"""Who is named on a handover, and what happens when one of them leaves."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, deadlines, record
from ehr.access.roles import Role
from ehr.errors import Refused, WrongState
from employees.queries import manager_of
from handover.models import Handover
from handover.operations import duties
from handover.operations.shadowing import ask_again
from handover.permissions import Permission
from handover.rules.transfer import Place

if TYPE_CHECKING:
    from ehr.identity.models import User

HEAD_MAY = (
    Permission.VIEW_HANDOVERS,
    Permission.ADD_ITEMS,
    Permission.CONFIRM_ITEMS,
    Permission.SIGN_HANDOVERS,
)
SUCCESSOR_MAY = (Permission.VIEW_HANDOVERS, Permission.CONFIRM_ITEMS)
WITNESS_MAY = (Permission.VIEW_HANDOVERS,)


def name_grants(*handovers: Handover) -> None:
    """Given to whom each handover names now; the person leaving is never their own confirmer."""
    access.grant_many(
        (user, permission, handover)
        for handover in handovers
        for user, permissions in (
            (handover.successor, SUCCESSOR_MAY),
            (handover.head, HEAD_MAY),
            (handover.witness, WITNESS_MAY),
        )
        for permission in permissions
        if user and user != handover.leaver
    )


@transaction.atomic
def replace_head(*, user: "User", by: "User | None", at: datetime) -> int:
    """The head leaves too: the next head up takes their place in every running handover, else group HR."""
    mine = Handover.objects.filter(head=user).exclude(state__in=["signed", "cancelled"])
    running = list(mine.select_for_update(of=("self",)).select_related("employment__person", "employment__unit"))
    for handover in running:
        _replace(handover, user, by=by, at=at)
    return len(running)


@transaction.atomic
def name_successor(*, handover: Handover, successor: "User", by: "User", at: datetime) -> None:
    """By the head or HR, at any time while it runs: 'decide later' of the approval ends here."""
    handover = _running(handover, by, Permission.TRANSFER_WORK)
    if successor == handover.leaver:
        raise Refused("own_handover", _("It is the handover of this person."), field="username")
    if successor == handover.witness:
        raise Refused("witness_is_a_side", _("The witness is somebody else than the two sides."), field="username")
    before = handover.successor
    handover.name_successor(successor=successor, by=by, at=at)
    if before and before not in (handover.head, successor):
        access.revoke_all(before, handover)
    name_grants(handover)
    if before and before != successor:
        duties.give_to(handover, before, successor, by=by, at=at)
    duties.give_confirming(handover, successor, by=by, at=at)
    if before != successor:
        duties.ask_to_take_over(handover, by=by, at=at)
        ask_again(handover, by=by, at=at)


@transaction.atomic
def name_witness(*, handover: Handover, witness: "User", by: "User", at: datetime) -> None:
    """By the head; never one of the two sides, so that three people stand by what changed hands."""
    handover = _running(handover, by, Permission.SIGN_HANDOVERS)
    if witness in (handover.leaver, handover.successor, handover.head):
        raise Refused("witness_is_a_side", _("The witness is somebody else than the two sides."), field="username")
    before = handover.witness
    handover.name_witness(witness=witness, by=by, at=at)
    if before and before != witness:
        access.revoke_all(before, handover)
    name_grants(handover)
    waiting = deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover), kind=duties.WITNESS)
    for duty in waiting.exclude(owner=witness):
        deadlines.hand_over(duty, to=witness, by=by, at=at)


def _running(handover: Handover, by: "User", permission: Permission) -> Handover:
    """Locked."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, permission, handover)
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    return handover


def next_head(handover: Handover, *, leaving: "User") -> "User | None":
    for level in range(1, 8):
        manager = manager_of(handover.employment, level=level)
        if manager is None:
            break
        if manager != leaving:
            return manager
    others = access.users_with(Role.GROUP_HR, handover.employment.unit).exclude(pk=leaving.pk)
    return others.exclude(person__employments=handover.employment_id).first()


def _replace(handover: Handover, user: "User", *, by: "User | None", at: datetime) -> None:
    head = next_head(handover, leaving=user)
    if head is not None:
        put_in_place(handover, Place.HEAD, head, by=by, at=at)


@transaction.atomic
def put_in_place(handover: Handover, place: Place, user: "User", *, by: "User | None", at: datetime) -> None:
    """With what waits for whoever stood there before. Nobody stands on both sides of one handover."""
    if user == handover.leaver:
        raise Refused("own_handover", _("It is the handover of this person."))
    sides = {handover.successor_id, handover.head_id}
    if place is Place.WITNESS and user.pk in sides:
        raise Refused("witness_is_a_side", _("The witness is somebody else than the two sides."), field="username")
    before = getattr(handover, place)
    _PUT[place](handover, user, by, at)
    if before:
        access.revoke_all(before, handover)
    name_grants(handover)
    if before:
        duties.give_to(handover, before, user, by=by, at=at)
    if place is Place.SUCCESSOR:
        duties.ask_to_take_over(handover, by=by, at=at)


_PUT: dict[Place, Callable[[Handover, "User", "User | None", datetime], None]] = {
    Place.HEAD: lambda handover, user, by, at: handover.replace_head(head=user, by=by, at=at),
    Place.SUCCESSOR: lambda handover, user, by, at: handover.name_successor(successor=user, by=by, at=at),
    Place.WITNESS: lambda handover, user, by, at: handover.name_witness(witness=user, by=by, at=at),
}
