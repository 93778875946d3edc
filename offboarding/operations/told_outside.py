"""Telling somebody who has no account that a letter in their name was recorded: by their own mailbox on file, else by HR."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.errors import Refused, WrongState

from .. import events
from ..models import Case, Decision
from ..words import finding_words
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.letter_untold"
MAILED, TOLD = "letter_mailed", "letter_told"


def tell_of_letter(case: Case, *, by: "User", at: datetime) -> None:
    """Nobody is to learn from their last day that they gave notice."""
    if case.reaches_leaver:
        return
    if _post(case):
        Decision.write(case=case, kind=MAILED, by=by, at=at)
        case.note(events.LetterTold, by=by, at=at, way="mail")
        return
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        owner=by,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=f"{case.url}letter/",
        params={"name": case.employment.person.name},
        by=by,
        at=at,
    )


@transaction.atomic
def note_told(*, case: Case, text: str, by: "User", at: datetime) -> None:
    """HR says how and when the person was told."""
    refuse_self(by, people.leaver_of(case))
    if not text.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="text")
    case.hold()
    if not is_untold(case):
        raise WrongState(finding_words("B_LETTER_TOLD"), allowed=case.actions())
    said = Decision.write(case=case, kind=TOLD, comment=text, by=by, at=at)
    deadlines.close(subject=case.ref, kind=KIND, by=by, at=at)
    case.note(events.LetterTold, by=by, at=at, way="hr", reason_sha256=said.comment_sha256)


def is_untold(case: Case) -> bool:
    return deadlines.Deadline.objects.still_open().filter(subject=case.ref, kind=KIND).exists()


def _post(case: Case) -> bool:
    """False where no address is on file or nobody has set up a mail server."""
    person = case.employment.person
    if not person.personal_email:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        words = {"case": case, "person": person, "employer": case.employment.employer}
        text = render_to_string("offboarding/letter_recorded.txt", words)
        return bool(send_mail(_("Your letter of resignation was recorded"), text, None, [person.personal_email]))
