from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from ehr.notices.models import Notice
from ehr.record import Event
from integrations.models import Effect
from integrations.operations.mailing import post_letter


def letter_of(notice: Notice, *, event: Event, at: datetime) -> Effect | None:
    """Title, sentence and link. No figures, no reasons: those stay behind the sign-in."""
    context = {
        "notice": notice,
        "link": f"{settings.EHR_BASE_URL}{notice.url}" if notice.url else settings.EHR_BASE_URL,
    }
    text = render_to_string("integrations/letter.txt", context)
    return post_letter(to=[notice.user.email], subject=notice.title, text=text, key=str(notice.pk), event=event, at=at)
