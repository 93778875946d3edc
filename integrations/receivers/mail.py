"""A mail server that keeps what it gets."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

from integrations.receivers.webhook import Note

LONGEST = 1000  # characters of a letter that are kept for reading


class Mailbox:
    """aiosmtpd handler. `fault` is asked per message: "" takes it, "drop_after" takes it and dies before answering."""

    def __init__(self, *, note: Note = lambda *a, **k: None, fault: Callable[[int], str] = lambda n: "") -> None:
        self.note, self.fault = note, fault
        self.messages: list[Any] = []
        self.tried = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.tried += 1
        fault = self.fault(self.tried)
        if fault.isdigit():
            return f"{fault} no"
        message = message_from_bytes(envelope.content, policy=default)
        self.messages.append(message)
        self.note("mail", to=", ".join(envelope.rcpt_tos), subject=str(message["Subject"]), text=_text(message))
        if fault == "drop_after":
            server.transport.abort()
        return "250 taken"


def _text(message: Any) -> str:
    body = message.get_body(preferencelist=("plain",))
    return str(body.get_content()).strip()[:LONGEST] if body else ""


def controller(mailbox: Mailbox, *, port: int) -> Any:
    from aiosmtpd.controller import Controller

    return Controller(mailbox, hostname="127.0.0.1", port=port)
