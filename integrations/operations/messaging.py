"""SMS and instant messages: effects through a signed webhook to whatever gateway the company runs."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from ehr.identity.addresses import PHONE, address_of
from ehr.notices.channels import Channel, register_channel
from integrations.connectors.webhook.manifest import SEND_IM, SEND_SMS
from integrations.models import Connection, Effect
from integrations.operations.planning import Source, effect_of, keep
from integrations.rules.planning import EffectSpec, Timing

if TYPE_CHECKING:
    from ehr.notices.models import Notice
    from ehr.record import Event

ACTIONS = {"sms": SEND_SMS, "im": SEND_IM}
TYPES = {"sms": "ehr.message.sms", "im": "ehr.message.im"}


def register_channels() -> None:
    for code, action in ACTIONS.items():
        register_channel(Channel(code=code, send=_sender(code), is_ready=_readiness(action)))


@transaction.atomic
def message_of(notice: "Notice", code: str, *, event: "Event", at: datetime) -> Effect | None:
    """Title and link, as in a letter. None without a gateway, without an address, or when it is on its way already."""
    connection, to = Connection.objects.sending(ACTIONS[code]), _address(notice.user, code)
    if connection is None or not to:
        return None
    link = f"{settings.EHR_BASE_URL}{notice.url}" if notice.url else settings.EHR_BASE_URL
    payload = {"type": TYPES[code], "data": {"to": to, "text": notice.title, "link": link}}
    spec = EffectSpec(action=ACTIONS[code], target=notice.user.username, payload=payload, timing=Timing.AT_ONCE)
    source = Source(step="message", key=f"{notice.pk}:{code}", event=event)
    kept = keep([effect_of(connection, spec, source, at=at)], at=at)
    return kept[0] if kept else None


def _address(user: Any, code: str) -> str:
    """An instant message finds its person by the login name, until they leave; an SMS needs the phone they proved, or
    the one on file."""
    if code == "im":
        return str(user.username) if user.access_closed_at is None else ""
    if proven := address_of(user, kinds=[PHONE]):
        return proven.value
    from employees.models import Person

    person = Person.objects.filter(user=user).select_related("data_key").first()
    return str(person.phone or "") if person else ""


def _sender(code: str) -> Any:
    return lambda notice, event, at: message_of(notice, code, event=event, at=at)


def _readiness(action: str) -> Any:
    return lambda: Connection.objects.sending(action) is not None
