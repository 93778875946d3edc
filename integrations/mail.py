"""EMAIL_BACKEND: Django's own letters (password, sign-in codes) take the same way out as everything else."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ehr import clock

log = logging.getLogger(__name__)


class EffectBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> bool:
        from integrations.operations.mailing import post_letter

        effect = post_letter(
            to=message.recipients(),
            subject=str(message.subject),
            text=str(message.body),
            html=_html(message),
            at=clock.now(),
        )
        if effect is None:
            log.warning("a letter was not sent: no mail server is set up")
        return effect is not None


def _html(message: Any) -> str:
    parts = getattr(message, "alternatives", ())
    return next((str(part[0]) for part in parts if part[1] == "text/html"), "")
