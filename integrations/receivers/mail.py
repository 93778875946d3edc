"""A mail server that keeps what it gets."""

import asyncio
from collections.abc import Callable, Iterable
from email import message_from_bytes
from email.policy import default
from typing import Any
from weakref import WeakSet

from integrations.receivers.webhook import Note

TO_BE_TOLD = 5
"""Rounds of the loop after which a session knows of a connection that was taken for it."""
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


def controller(mailbox: Mailbox, *, port: int, **more: Any) -> Any:
    """Lets go of whoever is connected or connecting when it stops; by itself aiosmtpd would leave their sockets open."""
    from aiosmtpd.controller import Controller

    sessions: WeakSet[Any] = WeakSet()

    class LettingGo(Controller):
        def factory(self) -> Any:
            session = super().factory()  # type: ignore[no-untyped-call]
            sessions.add(session)
            return session

        def stop(self, no_assert: bool = False) -> None:
            asyncio.run_coroutine_threadsafe(_let_go(self.server, sessions), self.loop).result(timeout=10)
            super().stop(no_assert)

    return LettingGo(mailbox, hostname="127.0.0.1", port=port, **more)


async def _let_go(server: Any, sessions: Iterable[Any]) -> None:
    """Nobody new is taken, but the server is closed only after those it took are gone: it would lose them."""
    for listening in server.sockets:
        asyncio.get_running_loop().remove_reader(listening.fileno())
    for _round in range(TO_BE_TOLD):
        await asyncio.sleep(0)
    for session in sessions:
        if session.transport is not None:
            session.transport.abort()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
