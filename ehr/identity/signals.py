"""What Django and allauth tell of a session. No business here."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from ehr.identity.sessions import FACTOR, STARTED


@receiver(user_logged_in)
def note_the_start(request: Any, **kwargs: Any) -> None:
    request.session[STARTED] = time.time()
    request.session.pop(FACTOR, None)


@receiver(authenticator_added)
def note_the_enrolment(request: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Enrolling asks for a code, so this session has shown the factor."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[FACTOR] = True
