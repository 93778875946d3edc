import gc
import socket
from contextlib import ExitStack

from integrations.receivers.mail import Mailbox, controller
from tests.integrations.servers import free_port


def test_whoever_is_connecting_while_it_stops_is_let_go() -> None:
    server = controller(Mailbox(), port=free_port())
    server.start()

    with ExitStack() as callers:
        for _nth in range(20):
            callers.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
        server.stop()

    gc.collect()  # a socket that was left open is a warning here, and warnings are errors
