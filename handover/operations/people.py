"""Who is named on a handover, and what happens when one of them leaves."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ehr import access
from ehr.access.roles import Role
from ehr.errors import Refused, WrongState
from employees.queries import manager_of
from handover.models import Handover
from handover.models.choices import State
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
def leave_places(*, user: "User", by: "User | None", at: datetime) -> int:
    """Somebody is gone: in every unfinished handover of others the next head up takes the head's place, else group HR.
    The place of whoever takes over or looks on stays empty, and the head stands in until somebody is named."""
    named = Q(head=user) | Q(successor=user) | Q(witness=user)
    mine = Handover.objects.filter(named).exclude(state__in=[State.SIGNED, State.CANCELLED])
    unfinished = list(mine.select_for_update(of=("self",)).for_page())
    for handover in unfinished:
        for place in Place:
            if getattr(handover, place) == user:
                _leave(handover, place, user, by=by, at=at)
    return len(unfinished)


def _leave(handover: Handover, place: Place, user: "User", *, by: "User | None", at: datetime) -> None:
    next_one = next_head(handover, leaving=user) if place is Place.HEAD else None
    if next_one is not None or place is not Place.HEAD:
        put_in_place(handover, place, next_one, by=by, at=at)


@transaction.atomic
def name_successor(*, handover: Handover, successor: "User", by: "User", at: datetime) -> None:
    """By the head or HR, at any time while it runs: 'decide later' of the approval ends here."""
    put_in_place(_running(handover, by, Permission.TRANSFER_WORK), Place.SUCCESSOR, successor, by=by, at=at)


@transaction.atomic
def name_witness(*, handover: Handover, witness: "User", by: "User", at: datetime) -> None:
    """By the head; never one of the two sides, so that three people stand by what changed hands."""
    put_in_place(_running(handover, by, Permission.SIGN_HANDOVERS), Place.WITNESS, witness, by=by, at=at)


def _running(handover: Handover, by: "User", permission: Permission) -> Handover:
    """Locked."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, permission, handover)
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    return handover


def next_head(handover: Handover, *, leaving: "User") -> "User | None":
    """Never the witness, who would then stand on one of the sides."""
    for level in range(1, 8):
        manager = manager_of(handover.employment, level=level)
        if manager is None:
            break
        if manager not in (leaving, handover.witness):
            return manager
    others = access.users_with(Role.GROUP_HR, handover.employment.unit).exclude(
        pk__in=[leaving.pk, handover.witness_id]
    )
    return others.exclude(person__employments=handover.employment_id).first()


@transaction.atomic
def put_in_place(handover: Handover, place: Place, user: "User | None", *, by: "User | None", at: datetime) -> None:
    """With what waits for whoever stands there. Nobody stands on both sides of one handover, nor looks on from one."""
    before = getattr(handover, place)
    if user == before:
        return
    if user is not None:
        _refuse_both_sides(handover, place, user)
    _PUT[place](handover, user, by, at)
    if before:
        access.revoke_all(before, handover)
    name_grants(handover)
    duties.follow_places(handover, by=by, at=at)
    if place is Place.SUCCESSOR:
        duties.ask_to_take_over(handover, by=by, at=at)
        ask_again(handover, by=by, at=at)


def _refuse_both_sides(handover: Handover, place: Place, user: "User") -> None:
    if user == handover.leaver and place is not Place.WITNESS:
        raise Refused("own_handover", _("It is the handover of this person."), field="username")
    sides = {handover.leaver_id, handover.successor_id, handover.head_id}
    if user.pk in sides if place is Place.WITNESS else user == handover.witness:
        raise Refused("witness_is_a_side", _("The witness is somebody else than the two sides."), field="username")


_PUT: dict[Place, Callable[[Handover, Any, "User | None", datetime], None]] = {
    Place.HEAD: lambda handover, user, by, at: handover.replace_head(head=user, by=by, at=at),
    Place.SUCCESSOR: lambda handover, user, by, at: handover.name_successor(successor=user, by=by, at=at),
    Place.WITNESS: lambda handover, user, by, at: handover.name_witness(witness=user, by=by, at=at),
}
