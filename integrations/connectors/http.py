"""The only HTTP client of the edge: no redirects, no proxies, no decompression, 1 MB, one deadline, kept-alive connections."""

import http.client
import json
import select
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ehr.lib.crashpoint import crashpoint
from integrations.connectors import wire
from integrations.connectors.deadline import Deadline, DeadlinePassed
from integrations.connectors.egress import AddressRefused, Endpoint, NameUnknown, Policy, endpoint
from integrations.rules.outcome import Kind, Outcome

BODY_CAP = 1_000_000
USER_AGENT = "ehr-offboarding/1"


class NotSent(Exception):
    """Surely nothing has reached the other side."""

    kind = Kind.RETRY


class NotAllowed(NotSent):
    """Nothing was sent, and trying again would not help."""

    kind = Kind.MISCONFIGURED


class Unanswered(Exception):
    """The request may have left; no usable answer came back."""

    kind = Kind.AMBIGUOUS


Trouble = (NotSent, Unanswered)


def outcome_of(trouble: Exception) -> Outcome:
    return Outcome(kind=getattr(trouble, "kind", Kind.AMBIGUOUS), reason=str(trouble))


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any] | None:
        """The object in the body; None when there is none, whatever else may be there."""
        if self.headers.get("content-encoding", "identity") != "identity":
            return None
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None


_kept = threading.local()


class Http:
    def __init__(self, *, policy: Policy, call: Deadline) -> None:
        self.policy = policy
        self.call = call

    def request(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        try:
            where = endpoint(url)
        except AddressRefused as error:
            raise NotAllowed("address_refused") from error
        connection = _idle(where) or self._open(where)
        return self._exchange(connection, where, method, headers, body)

    def _open(self, where: Endpoint) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(where.host, where.port)
        try:
            tls = where.scheme == "https"
            connection.sock = wire.connect(where.host, where.port, policy=self.policy, call=self.call, tls=tls)
        except AddressRefused as error:
            raise NotAllowed("address_refused") from error
        except ssl.SSLCertVerificationError as error:
            raise NotAllowed(wire.distrust(error)) from error
        except ssl.SSLError as error:
            raise NotSent("tls_failed") from error
        except (NameUnknown, DeadlinePassed, OSError) as error:
            raise NotSent("not_connected") from error
        return connection

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        where: Endpoint,
        method: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Reply:
        sock: Any = connection.sock
        sock.call, sock.sent = self.call, 0
        everything = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
        try:
            connection.request(method, where.path, body=body or None, headers=everything)
            crashpoint("mid_call")
            with connection.getresponse() as answer:
                reply = _read(answer)
        except (DeadlinePassed, OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._trouble(sock, error) from error
        _keep(where, connection)
        return reply

    def _trouble(self, sock: Any, error: Exception) -> Exception:
        if not sock.sent:
            return NotSent("deadline" if isinstance(error, DeadlinePassed) else "not_sent")
        timed_out = isinstance(error, DeadlinePassed | TimeoutError)
        return Unanswered("no_answer_in_time" if timed_out else "connection_lost")


def _read(answer: http.client.HTTPResponse) -> Reply:
    body = answer.read(BODY_CAP + 1)
    if len(body) > BODY_CAP:
        raise http.client.HTTPException("oversized")
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(status=answer.status, headers=headers, body=body)


def _idle(where: Endpoint) -> http.client.HTTPConnection | None:
    """A connection of this thread that is still open; one the peer has closed or written to unasked is thrown away."""
    connection = _pool().pop((where.scheme, where.host, where.port), None)
    if connection is None:
        return None
    if connection.sock is None or select.select([connection.sock], [], [], 0)[0]:
        connection.close()
        return None
    return connection


def _keep(where: Endpoint, connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        _pool()[where.scheme, where.host, where.port] = connection


def close_idle() -> None:
    """At the end of a thread's work: what it kept open for the next call."""
    while _pool():
        _pool().popitem()[1].close()


def _pool() -> dict[tuple[str, str, int], http.client.HTTPConnection]:
    if not hasattr(_kept, "connections"):
        _kept.connections = {}
    pool: dict[tuple[str, str, int], http.client.HTTPConnection] = _kept.connections
    return pool
