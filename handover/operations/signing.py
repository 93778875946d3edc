"""The head's two words: the list is complete, and the whole is handed over. HR never signs for the business side."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ehr import access, documents
from ehr.errors import Refused, WrongState
from handover import papers
from handover.models import Handover
from handover.operations import duties
from handover.permissions import Permission

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def state_complete(*, handover: Handover, by: "User", at: datetime) -> None:
    """Nothing is missing from the list. Items may still be open; that is what the signature waits for."""
    handover = _mine(handover, by)
    handover.complete(by=by, at=at)
    duties.close(handover, duties.COMPLETENESS, by=by, at=at)
    duties.settle(handover, by=by, at=at)


def decide_handover(
    *, handover: Handover, decision: str, comment: str, by: "User", at: datetime, bilingual: bool = False
) -> None:
    if decision == "sign":
        sign_handover(handover=handover, comment=comment, bilingual=bilingual, by=by, at=at)
    elif decision == "return":
        return_handover(handover=handover, comment=comment, by=by, at=at)
    else:
        raise Refused("unknown_decision", _("Say sign or return."), field="decision")


@transaction.atomic
def sign_handover(*, handover: Handover, by: "User", at: datetime, comment: str = "", bilingual: bool = False) -> None:
    """The head's signature approves the whole handover and issues the letter."""
    handover = _mine(handover, by)
    _refuse_while_open(handover)
    letter = documents.issue(
        kind=papers.LETTER.code,
        entity=handover.employment.employer,
        unit=handover.employment.unit,
        subject=handover.origin,
        holder=handover.employment.person,
        context=papers.letter_context(handover, signed_by=by, at=at) | {"bilingual": bilingual},
        by=by,
        at=at,
    )
    handover.sign(comment=comment.strip(), letter=letter, by=by, at=at)
    duties.close(handover, duties.SIGN_OFF, by=by, at=at)
    duties.close(handover, duties.TAKE_OVER, by=by, at=at)


@transaction.atomic
def return_handover(*, handover: Handover, comment: str, by: "User", at: datetime) -> None:
    if not comment.strip():
        raise Refused("reason_missing", _("Say what is missing, so that it can be added."), field="comment")
    handover = _mine(handover, by)
    handover.return_(comment=comment.strip(), by=by, at=at)
    duties.close(handover, duties.SIGN_OFF, by=by, at=at)
    duties.ask_completeness(handover, by=by, at=at)


def _mine(handover: Handover, by: "User") -> Handover:
    row = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, Permission.SIGN_HANDOVERS, row)
    access.refuse_self(by, row.leaver)
    return row


def _refuse_while_open(handover: Handover) -> None:
    left = handover.unconfirmed()
    if left:
        detail = ngettext("%(left)s item is not confirmed yet.", "%(left)s items are not confirmed yet.", left) % {
            "left": left
        }
        raise WrongState(detail, allowed=[action for action in handover.actions if action != "sign"])
    if handover.state == "open":
        raise WrongState(_("First say that the list is complete."), allowed=handover.actions)
