"""Questions of whoever takes over. They are words of the talk like others, but somebody owes an answer."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ehr import access, deadlines, notices, record
from ehr.clock import LEGAL_ZONE
from ehr.errors import Forbidden, WrongState
from handover.models import Handover, HandoverItem, Message
from handover.operations import duties
from handover.operations.talking import hold, note, refuse_unfit
from handover.permissions import Permission
from handover.rules.takeover import may_be_asked

if TYPE_CHECKING:
    from ehr.identity.models import User

WORKING_DAYS = 1


@transaction.atomic
def ask_question(
    *, handover: Handover, text: str, item: HandoverItem | None = None, by: "User", at: datetime
) -> Message:
    """Reaches the one who leaves, and for a while after the last day still the one who left."""
    hold(handover, by, Permission.VIEW_TAKEOVER)
    today = at.astimezone(LEGAL_ZONE).date()
    if not may_be_asked(today=today, last_working_date=handover.last_working_date):
        raise WrongState(_("They left too long ago to be asked. The head can help."), allowed=handover.actions)
    text = text.strip()
    refuse_unfit(text)
    question = Message.objects.create(
        handover=handover, item=item, kind=Message.Kind.QUESTION, author=by, text=text, at=at
    )
    note(question, by=by, at=at)
    _ask(question, by=by, at=at)
    return question


@transaction.atomic
def answer_question(*, question: Message, text: str, by: "User", at: datetime) -> Message:
    """By the one who knows, or by the head; more than one answer may come."""
    handover = question.handover
    hold(handover, by, Permission.ANSWER_QUESTIONS)
    if by.pk == question.author_id:
        raise Forbidden(_("Somebody else answers your question."))
    text = text.strip()
    refuse_unfit(text)
    answer = Message.objects.create(
        handover=handover, item_id=question.item_id, author=by, text=text, question=question, at=at
    )
    note(answer, by=by, at=at)
    deadlines.close(subject=record.ref(handover), kind=duties.ANSWER, key=str(question.pk), by=by, at=at)
    notices.tell(
        [question.author],
        kind="handover.answered",
        params={"name": handover.employment.person.name},
        url=_address("takeover", question),
        subject=handover,
        at=at,
        by=by,
    )
    return answer


@transaction.atomic
def take_note(*, handover: Handover, by: "User", at: datetime) -> None:
    """'I have looked through it': so that nobody says later they were not told."""
    handover = Handover.objects.select_for_update(of=("self",)).for_page().get(pk=handover.pk)
    access.check(by, Permission.VIEW_TAKEOVER, handover)
    if handover.successor_id != by.pk:
        raise Forbidden(_("Only whoever takes over says so."))
    handover.take_note(by=by, at=at)
    duties.close(handover, duties.TAKE_OVER, by=by, at=at)


def _ask(question: Message, *, by: "User", at: datetime) -> None:
    """Nobody climbs a ladder over it: after the last day an answer is a favour."""
    handover = question.handover
    if handover.filler is None:
        return
    deadlines.open_deadline(
        kind=duties.ANSWER,
        subject=record.ref(handover),
        owner=handover.filler,
        due_at=deadlines.due_in(working_days=WORKING_DAYS, at=at),
        url=_address("questions", question),
        params={"name": str(by)},
        key=str(question.pk),
        ladder=deadlines.Deadline.Ladder.OWNER,
        by=by,
        at=at,
    )


def _address(page: str, question: Message) -> str:
    return reverse(f"handover:{page}", args=[question.handover_id])
