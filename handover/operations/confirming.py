"""The other side's word, item by item: taken over, or sent back with a reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr.errors import Forbidden, Refused, WrongState
from handover.models import Handover, HandoverItem
from handover.operations import duties

if TYPE_CHECKING:
    from ehr.identity.models import User


def decide_item(*, item: HandoverItem, decision: str, comment: str, by: "User", at: datetime) -> None:
    refuse_others(item, by)
    act = {"confirm": confirm_item, "return": return_item}.get(decision)
    if act is None:
        raise Refused("unknown_decision", _("Say confirm or return."), field="decision")
    act(item=item, comment=comment, by=by, at=at)


@transaction.atomic
def confirm_item(*, item: HandoverItem, comment: str = "", by: "User", at: datetime) -> None:
    item = _mine(item, by)
    item.confirm(comment=comment.strip(), by=by, at=at)
    duties.settle(item.handover, by=by, at=at)


@transaction.atomic
def return_item(*, item: HandoverItem, comment: str, by: "User", at: datetime) -> None:
    if not comment.strip():
        raise Refused("reason_missing", _("Say what is missing, so that it can be added."), field="comment")
    item = _mine(item, by)
    item.return_(comment=comment.strip(), by=by, at=at)
    duties.settle(item.handover, by=by, at=at)


@transaction.atomic
def confirm_many(*, handover: Handover, item_ids: Iterable[object], by: "User", at: datetime) -> int:
    """In one go only what needs no proof; the rest wants to be looked at one by one."""
    handover = _locked(handover.pk)
    wanted = HandoverItem.objects.filter(handover=handover, pk__in=list(item_ids), evidence_required=False)
    if not handover.items.confirmable_by(by).exists():
        raise Forbidden(_("Somebody else confirms these items."))
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    mine = list(wanted.confirmable_by(by).waiting())
    for item in mine:
        item.handover = handover
    mine = [item for item in mine if "confirm" in item.actions]
    for item in mine:
        item.confirm(comment="", by=by, at=at)
    duties.settle(handover, by=by, at=at)
    return len(mine)


@transaction.atomic
def witness_item(*, item: HandoverItem, by: "User", at: datetime) -> None:
    """监交: somebody who neither gives nor takes saw it change hands."""
    handover = _locked(item.handover_id)
    if handover.witness_id != by.pk:
        raise Forbidden(_("Somebody else is the witness of this handover."))
    found = HandoverItem.objects.get(pk=item.pk)
    found.handover = handover
    if "witness" not in found.actions:
        raise WrongState(_("This item is not in a state that allows this."), allowed=found.actions)
    found.witness(by=by, at=at)
    duties.settle(handover, by=by, at=at)


def refuse_others(item: HandoverItem, by: "User") -> None:
    if not HandoverItem.objects.filter(pk=item.pk).confirmable_by(by).exists():
        raise Forbidden(_("Somebody else confirms this item."))


def _mine(item: HandoverItem, by: "User") -> HandoverItem:
    handover = _locked(item.handover_id)
    refuse_others(item, by)
    found = HandoverItem.objects.get(pk=item.pk)
    if not handover.is_running:
        raise WrongState(_("This handover is not in a state that allows this."), allowed=handover.actions)
    found.handover = handover
    return found


def _locked(handover_id: object) -> Handover:
    return Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover_id)
