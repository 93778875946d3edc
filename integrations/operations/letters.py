from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from ehr.identity.addresses import mailbox_of
from ehr.notices.models import Notice
from ehr.record import Event
from integrations.models import Effect
from integrations.operations.mailing import post_letter


def letter_of(notice: Notice, *, event: Event, at: datetime) -> Effect | None:
    """Title, sentence and link. No figures, no reasons: those stay behind the sign-in. None to nobody's mailbox."""
    to = mailbox_of(notice.user)
    if not to:
        return None
    context = {
        "notice": notice,
        "link": f"{settings.EHR_BASE_URL}{notice.url}" if notice.url else settings.EHR_BASE_URL,
    }
    text = render_to_string("integrations/letter.txt", context)
    return post_letter(
        to=[to],
        subject=notice.title,
        text=text,
        target=notice.user.username,
        key=str(notice.pk),
        event=event,
        at=at,
    )
