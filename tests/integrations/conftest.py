"""Real servers on loopback, and exits that reach them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from integrations.connectors.http import close_idle
from integrations.receivers.mail import Mailbox, controller
from integrations.receivers.webhook import Behaviour, Receiver
from tests.integrations.servers import ScimServer, free_port

SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0yNC1ieXRlcw=="


@pytest.fixture(autouse=True)
def loopback_is_open(settings: Any) -> Iterator[None]:
    settings.EHR_EGRESS_LOOPBACK = True
    yield
    close_idle()


@pytest.fixture(scope="session")
def scim_process() -> Iterator[ScimServer]:
    with ScimServer() as server:
        yield server


@pytest.fixture
def directory(scim_process: ScimServer) -> ScimServer:
    return scim_process


@pytest.fixture
def receivers() -> Iterator[Callable[..., Receiver]]:
    started: list[Receiver] = []

    def start(**behaviour: Any) -> Receiver:
        receiver = Receiver(Behaviour(secret=SECRET, **behaviour)).start()
        started.append(receiver)
        return receiver

    yield start
    for receiver in started:
        receiver.stop()


@pytest.fixture
def mailbox() -> Iterator[Any]:
    box = Mailbox()
    server = controller(box, port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


@pytest.fixture
def connect(cast: Any, at: datetime) -> Callable[..., Any]:
    """`connect("crm", receiver, …)`: a connection of the group unless another unit is named."""
    from integrations.models import Connection

    def set_up(name: str, receiver: Any = None, *, unit: str = "group", **config: Any) -> Connection:
        kind, facts, secrets = _facts(receiver)
        fields = {key: config.pop(key) for key in list(config) if key in FIELDS}
        quick = {"deadline_seconds": 2.0, "receiver_seconds": 0.1, "margin_seconds": 0.1, "rate": 1000.0}
        return Connection.set_up(
            name=name,
            title=name.upper(),
            connector=fields.pop("connector", kind),
            unit=cast.unit[unit],
            config=facts | config,
            secrets=secrets,
            by=None,
            at=at,
            **quick | fields,
        )

    return set_up


FIELDS = {
    "connector",
    "mode",
    "hour",
    "enabled",
    "deadline_seconds",
    "receiver_seconds",
    "margin_seconds",
    "rate",
    "bulkhead",
}


def _facts(receiver: Any) -> tuple[str, dict[str, Any], dict[str, str]]:
    if isinstance(receiver, ScimServer):
        return "scim", {"base_url": receiver.url}, {"token": receiver.token}
    if isinstance(receiver, Receiver):
        config = {"url": receiver.url, "sends": ["announce"], "receiver": receiver.behaviour.arm}
        return "webhook", config, {"secret": SECRET}
    port = getattr(receiver, "port", 1)
    config = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "ehr@hengchuan.example"}
    return "smtp", config | {"copies_to": "desk@hengchuan.example"}, {}
