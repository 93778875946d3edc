"""One way out for mail: every letter of the house is an effect."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ehr.lib.ids import uuid7
from ehr.lib.masking import mask_email
from ehr.record import Event
from integrations.models import Connection, Effect
from integrations.operations.planning import Source, effect_of, keep
from integrations.rules.planning import EffectSpec, Timing

SEND = "send_mail"


@transaction.atomic
def post_letter(
    *,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str = "",
    target: str = "",
    key: str = "",
    event: Event | None = None,
    at: datetime,
) -> Effect | None:
    """None when nobody has set up a mail server, or this very letter is on its way already.

    `target` stands on the pages of the effect in the place of the masked addresses: a code may go to a private one.
    """
    connection = Connection.objects.mail() or _from_settings(at)
    if connection is None or not to:
        return None
    payload: dict[str, Any] = {"to": list(to), "subject": subject, "text": text}
    if html:
        payload["html"] = html
    spec = EffectSpec(
        action=SEND, target=(target or ", ".join(map(mask_email, to)))[:120], payload=payload, timing=Timing.AT_ONCE
    )
    source = Source(step="mail", key=key or str(uuid7()), event=event)
    kept = keep([effect_of(connection, spec, source, at=at)], at=at)
    return kept[0] if kept else None


def _from_settings(at: datetime) -> Connection | None:
    """The server of EMAIL_URL becomes a connection like every other one, the first time a letter needs it."""
    host = settings.EMAIL_CONFIG.get("EMAIL_HOST")
    if not host:
        return None
    config = {
        "host": host,
        "port": settings.EMAIL_CONFIG.get("EMAIL_PORT") or 25,
        "security": _security(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "username": settings.EMAIL_CONFIG.get("EMAIL_HOST_USER") or "",
    }
    secrets = {"password": settings.EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""}
    return Connection.set_up(
        name="mail", title=str(_("E-mail")), connector="smtp", unit=None, config=config, secrets=secrets, by=None, at=at
    )


def _security() -> str:
    if settings.EMAIL_CONFIG.get("EMAIL_USE_SSL"):
        return "tls"
    return "starttls" if settings.EMAIL_CONFIG.get("EMAIL_USE_TLS") else "none"
