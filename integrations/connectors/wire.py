"""Sockets that keep one total deadline and know whether anything has left."""

import socket
import ssl
from functools import lru_cache
from typing import Any

from integrations.connectors.deadline import Deadline
from integrations.connectors.egress import Policy, resolve


class TimedSocket(socket.socket):
    """Every operation may take what is left of the whole call, not a share of its own."""

    call: Deadline | None = None
    sent = 0

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self._hurry()
        return super().recv_into(*args, **kwargs)

    def sendall(self, data: Any, *args: Any) -> None:
        self._hurry()
        self.sent += 1
        super().sendall(data, *args)

    def _hurry(self) -> None:
        if self.call is not None:
            self.settimeout(self.call.remaining())


class TimedTlsSocket(TimedSocket, ssl.SSLSocket):
    pass


def connect(
    host: str, port: int, *, policy: Policy, call: Deadline, tls: bool, plain_text: bool | None = None
) -> TimedSocket:
    """`plain_text` says that the call stays unencrypted (STARTTLS does not); that is for the company's own network only."""
    unprotected = not tls if plain_text is None else plain_text
    address, family = resolve(host, port, policy=policy, plain_text=unprotected)
    plain = TimedSocket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(call.remaining())
        plain.connect((address, port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire = secured(plain, host, call=call) if tls else plain
    except BaseException:
        plain.close()
        raise
    wire.call = call
    return wire


def secured(plain: socket.socket, host: str, *, call: Deadline) -> TimedTlsSocket:
    plain.settimeout(call.remaining())
    wire = _tls().wrap_socket(plain, server_hostname=host)
    assert isinstance(wire, TimedTlsSocket)
    wire.call = call
    return wire


EXPIRED, OTHER_HOST = (9, 10), (62, 64)  # OpenSSL's X509_V_ERR_…: not yet valid, expired; name, address


def distrust(error: ssl.SSLCertVerificationError) -> str:
    """Why the other side's certificate was not accepted. Nothing has been sent, and only a person can mend it."""
    if error.verify_code in EXPIRED:
        return "certificate_expired"
    return "certificate_other_host" if error.verify_code in OTHER_HOST else "certificate_untrusted"


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TimedTlsSocket
    return context
