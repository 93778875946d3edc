"""A stand-in for a gateway of SMS and instant messages: the reference receiver, which reads each message as the
contract describes it. No vendor's gateway was asked; what one wants besides is for an adapter in front of it."""

from dataclasses import dataclass
from typing import Any

from integrations.receivers.webhook import Behaviour, Receiver

KINDS = {"ehr.message.sms": "sms", "ehr.message.im": "im"}


@dataclass(frozen=True, kw_only=True)
class Sent:
    channel: str
    to: str
    text: str
    link: str


class MessageGateway(Receiver):
    """Remembers what it would have passed on; one id once."""

    def __init__(self, *, secret: str = "", port: int = 0) -> None:
        super().__init__(Behaviour(arm="honours_id", secret=secret), port=port)

    @property
    def sent(self) -> list[Sent]:
        with self.ledger.lock:
            messages = list(self.ledger.messages)
        return [_read(message) for message in messages if message["type"] in KINDS]


def _read(message: dict[str, Any]) -> Sent:
    data = message["data"]
    return Sent(channel=KINDS[message["type"]], to=data["to"], text=data["text"], link=data["link"])
