"""The reference receiver: how to be a good partner of the signed webhook, and how to be a bad one for tests.

Arm `honours_id` (class A) applies one id once. Arm `look_up` (class B) applies every message it gets, and answers
GET ?effect=KEY. It counts raw applications, which is the only evidence that a message was not applied twice.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from integrations.connectors.protocol import CallbackRejected
from integrations.connectors.webhook.signature import check

Note = Callable[..., None]


@dataclass
class Behaviour:
    """`fault` is asked once per message and names what goes wrong; `slowest` delays the applying, client or no client."""

    arm: str = "honours_id"
    secret: str = ""
    slowest: float = 0.0
    steady: float = 0.0  # every answer
    applying: float = 0.0  # every application
    fault: Callable[[int, str], str] = field(default=lambda n, key: "")


@dataclass
class Ledger:
    """What has really happened here."""

    applications: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    messages: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def apply(self, arm: str, key: str, message: dict[str, Any]) -> None:
        with self.lock:
            if arm == "honours_id" and self.applications[key]:
                return
            self.applications[key] += 1
            self.messages.append(message)

    def count(self, method: str) -> int:
        with self.lock:
            self.requests[method] += 1
            return self.requests[method]


class Receiver:
    """One receiver on a loopback port; port 0 takes any free one."""

    def __init__(self, behaviour: Behaviour, *, port: int = 0, note: Note = lambda *a, **k: None) -> None:
        self.behaviour, self.note, self.ledger = behaviour, note, Ledger()
        self.server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"receiver": self}))
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/hooks"

    def start(self) -> "Receiver":
        self.thread.start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is what this receiver is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    receiver: ClassVar[Receiver]

    def do_GET(self) -> None:
        self.receiver.ledger.count("GET")
        if not self._is_genuine(b""):
            self._answer(401, {"error": "signature"})
            return
        time.sleep(self.receiver.behaviour.steady)
        key = parse_qs(urlsplit(self.path).query).get("effect", [""])[0]
        if self.receiver.behaviour.arm != "look_up":
            self._answer(404, {"error": "no look-up here"})
            return
        self._answer(200, {"applied": bool(self.receiver.ledger.applications[key]), "ref": key[:8]})

    def do_POST(self) -> None:
        number = self.receiver.ledger.count("POST")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._is_genuine(body):
            self._answer(401, {"error": "signature"})
            return
        key = self.headers["webhook-id"]
        fault = self.receiver.behaviour.fault(number, key)
        if fault in BEFORE:
            self._misbehave(fault)
            return
        self._apply(key, body)
        if fault:
            self._misbehave(fault)
            return
        self._answer(200, {"applied": True, "ref": key[:8]})

    def _apply(self, key: str, body: bytes) -> None:
        behaviour = self.receiver.behaviour
        time.sleep(behaviour.steady + behaviour.applying + random.random() * behaviour.slowest)  # noqa: S311 - spreads, guards nothing
        message = json.loads(body)
        self.receiver.ledger.apply(behaviour.arm, key, message)
        self.receiver.note("applied", key=key[:9], type=message.get("type", ""), subject=message.get("subject", ""))

    def _is_genuine(self, body: bytes) -> bool:
        if not self.receiver.behaviour.secret:
            return True
        headers: Mapping[str, str] = {name.lower(): value for name, value in self.headers.items()}
        try:
            check(headers, body, [self.receiver.behaviour.secret], now=_clock(headers))
        except CallbackRejected as error:
            self.receiver.note("refused", reason=str(error))
            return False
        return True

    def _misbehave(self, fault: str) -> None:
        FAULTS[fault](self)

    def _answer(self, status: int, body: dict[str, Any] | bytes, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _hang(self) -> None:
        time.sleep(self.receiver.behaviour.slowest + 30)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: Any) -> None:
        """The ledger says more."""


def _clock(headers: Mapping[str, str]) -> datetime:
    """The demo's clock can be moved forward; a receiver of the real world uses its own."""
    stamp = headers.get("webhook-timestamp", "0")
    return datetime.fromtimestamp(int(stamp) if stamp.isdigit() else 0, UTC)


BEFORE = ("429", "500_before", "redirect", "drop_before", "410", "400")
FAULTS: dict[str, Callable[[_Handler], None]] = {
    "429": lambda h: h._answer(429, {}, Retry_After="1"),
    "500_before": lambda h: h._answer(500, {}),
    "400": lambda h: h._answer(400, {"error": "no"}),
    "410": lambda h: h._answer(410, {}),
    "redirect": lambda h: h._answer(307, {}, Location="http://127.0.0.1:9/"),
    "drop_before": lambda h: h._drop(),
    "500_after": lambda h: h._answer(500, {}),
    "drop_after": lambda h: h._drop(),
    "hang_after": lambda h: h._hang(),
    "drip_after": lambda h: h._drip(),
    "html_after": lambda h: h._answer(200, b"<html>Sign in</html>", Content_Type="text/html"),
    "truncated_after": lambda h: h._answer(200, b'{"applied": tr'),
    "empty_after": lambda h: h._answer(204, b""),
    "false_after": lambda h: h._answer(200, {"applied": "yes"}),
    "list_after": lambda h: h._answer(200, b'[{"applied": true}]'),
    "charset_after": lambda h: h._answer(200, '{"applied": "是"}'.encode("gb18030")),
    "gzip_after": lambda h: h._answer(200, b"\x1f\x8b\x08\x00" + b"\x00" * 64, Content_Encoding="gzip"),
    "large_after": lambda h: h._answer(200, b" " * 2_000_000 + b'{"applied": true}'),
}
GARBAGE = tuple(
    name
    for name in FAULTS
    if name.split("_")[0] in ("html", "truncated", "empty", "false", "list", "charset", "gzip", "large")
)
