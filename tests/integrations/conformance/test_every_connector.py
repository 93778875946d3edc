"""What every connector must show before it is registered. One row per connector, the same questions for each."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from integrations.connectors.deadline import Deadline
from integrations.connectors.egress import Policy
from integrations.connectors.protocol import Condition, Connector, Context
from integrations.connectors.registry import connectors
from integrations.receivers.mail import Mailbox, controller
from integrations.receivers.webhook import Behaviour, Receiver
from integrations.rules.outcome import Kind, Outcome, Seen
from integrations.rules.planning import CaseSnapshot, EffectSpec
from integrations.rules.states import Delivery, Standing, State, after_outcome
from tests.integrations.conftest import SECRET
from tests.integrations.servers import ScimServer, free_port

pytestmark = pytest.mark.slow

NOW = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)
CANARY = "canary-7f3a-secret"
APPROVED = "offboarding.case.approved"
FOLDER = Path(__file__).parents[3] / "integrations" / "connectors"
CODES = sorted(connectors())


@dataclass
class Bench:
    """One connector against a real server of its kind, and how many effects have really happened there."""

    plug: Connector
    config: dict[str, Any]
    secrets: dict[str, str]
    spec: EffectSpec
    effects: Callable[[], int]
    key: str = "eabcdefghijklmnopqrstuvwxyz234567"
    seconds: float = 3.0
    undo: dict[str, Any] = field(default_factory=dict)

    def context(self, **changes: Any) -> Context:
        context = Context(
            config=self.config, secrets=self.secrets, policy=Policy(loopback=True), call=Deadline(self.seconds),
            now=NOW, source="https://ehr.example/connections/x", idem_key=self.key, created_at=NOW, undo=self.undo,
        )  # fmt: skip
        return replace(context, **changes)

    def towards(self, port: int) -> dict[str, Any]:
        """The same configuration, led to another port of this machine."""
        address = f"http://127.0.0.1:{port}/hooks"
        return {**self.config, "url": address, "base_url": address, "host": "127.0.0.1", "port": port}


@pytest.fixture(params=[*CODES, "webhook look_up"])
def bench(request: pytest.FixtureRequest, scim_process: ScimServer) -> Iterator[Bench]:
    code, _, arm = request.param.partition(" ")
    with BENCHES[code](scim_process, arm or "honours_id") as made:
        yield made


@contextmanager
def _scim(server: ScimServer, _arm: str) -> Iterator[Bench]:
    number = f"HC{time.monotonic_ns()}"
    user = server.add(number)
    plug = connectors()["scim"]
    config = {"base_url": server.url, "missing_account": "needs_human"}
    spec = plug.plan(APPROVED, snapshot(number), config)[0]
    yield Bench(plug, config, {"token": server.token}, spec, lambda: int(not server.user(user)["active"]))


@contextmanager
def _webhook(_server: ScimServer, arm: str) -> Iterator[Bench]:
    receiver = Receiver(Behaviour(secret=SECRET, arm=arm)).start()
    plug = connectors()["webhook"]
    config = {"url": receiver.url, "sends": ["remove_access"], "receiver": arm}
    spec = plug.plan(APPROVED, snapshot("HC1"), config)[0]
    yield Bench(plug, config, {"secret": SECRET}, spec, lambda: sum(receiver.ledger.applications.values()))
    receiver.stop()


@contextmanager
def _smtp(_server: ScimServer, _arm: str) -> Iterator[Bench]:
    mailbox = Mailbox()
    server = controller(mailbox, port=free_port())
    server.start()
    plug = connectors()["smtp"]
    config = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "sender": "a@x.example",
        "copies_to": "b@x.example",
    }
    spec = plug.plan(APPROVED, snapshot("HC1"), config)[0]
    yield Bench(plug, config, {}, spec, lambda: len(mailbox.messages))
    server.stop()


BENCHES: dict[str, Any] = {"scim": _scim, "webhook": _webhook, "smtp": _smtp}


def snapshot(number: str) -> CaseSnapshot:
    return CaseSnapshot(
        case_id="c1", number="LZ-2026-0001", kind="resignation", employee_number=number, login="zhou.yuanhang",
        last_working_date=date(2026, 6, 17),
    )  # fmt: skip


def can_verify(bench: Bench) -> bool:
    return bench.plug.can_verify(bench.spec.action, bench.config)


def delivery(bench: Bench) -> Delivery:
    return bench.plug.delivery(bench.spec.action, bench.config)


# --- Describing itself ------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", CODES)
def test_it_describes_itself(code: str):
    manifest = connectors()[code].manifest

    assert manifest.code == code
    assert manifest.actions
    assert all(field.label for field in manifest.fields)
    assert all(action.personal_data for action in manifest.actions)


@pytest.mark.parametrize("code", CODES)
def test_its_contract_names_every_call_and_error(code: str):
    contract = yaml.safe_load((FOLDER / code / "contract.yaml").read_text())

    assert contract["calls"]
    assert all(row["outcome"] in set(Kind) for row in contract["errors"])


# --- Asking without touching ------------------------------------------------------------------------------
def test_its_questions_change_nothing(bench: Bench):
    bench.plug.health(bench.context())
    bench.plug.dry_run(bench.spec, bench.context())
    bench.plug.verify(bench.spec, bench.context())

    assert bench.effects() == 0


def test_a_healthy_system_is_healthy(bench: Bench):
    assert bench.plug.health(bench.context()).condition is Condition.OK


def test_a_system_that_is_gone_is_down(bench: Bench):
    assert bench.plug.health(bench.context(config=bench.towards(free_port()))).condition is Condition.DOWN


# --- Doing it once ----------------------------------------------------------------------------------------
def test_it_does_it_and_says_so(bench: Bench):
    outcome = bench.plug.apply(bench.spec, bench.context())

    assert outcome.kind is Kind.DONE
    assert outcome.remote_ref
    assert bench.effects() == 1


def test_twice_with_the_same_key_is_once(bench: Bench):
    """Class A by itself; class B by looking first; class C is never sent a second time, which is the engine's part."""
    bench.plug.apply(bench.spec, bench.context())

    if delivery(bench) is Delivery.A:
        assert bench.plug.apply(bench.spec, bench.context()).is_success
    if delivery(bench) is Delivery.B:
        assert bench.plug.verify(bench.spec, bench.context()).seen is Seen.APPLIED
    if delivery(bench) is Delivery.C:
        standing = Standing(delivery=Delivery.C, can_verify=False, tries=0)
        assert after_outcome(standing, Outcome(kind=Kind.AMBIGUOUS), fraction=0).state is State.FAILED_NEEDS_HUMAN
    assert bench.effects() == 1


def test_it_can_be_seen_and_taken_back(bench: Bench):
    if not can_verify(bench):
        assert bench.plug.verify(bench.spec, bench.context()).seen is Seen.UNKNOWN
        return
    assert bench.plug.verify(bench.spec, bench.context()).seen is Seen.NOT_APPLIED

    bench.undo = dict(bench.plug.apply(bench.spec, bench.context()).undo)
    assert bench.plug.verify(bench.spec, bench.context()).seen is Seen.APPLIED

    if bench.plug.manifest.code == "scim":
        assert bench.plug.revert(bench.spec, bench.context()).is_success
        assert bench.plug.verify(bench.spec, bench.context()).seen is Seen.NOT_APPLIED


def test_what_can_not_be_taken_back_says_so(bench: Bench):
    revertible = bench.plug.manifest.action(bench.spec.action).is_revertible

    assert bench.plug.revert(bench.spec, bench.context()).is_success == revertible


# --- When the other side misbehaves -----------------------------------------------------------------------
GARBAGE = {
    "an html page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Sign in</html>",
    "half an answer": b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"applied": tr',
    "half a json": b'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"applied": tr',
    "nothing at all": b"",
    "another alphabet": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xb5\xe7\xd3\xca",
    "too much": b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + b" " * 3_000_000,
    "compressed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 17\r\n\r\n" + b'{"applied": true}',
    "no http": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1",
    "a list": b'HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n[{"applied": true}]',
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000,
    "deep json": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"[" * 100_000,
    "a greeting and goodbye": b"220 hello\r\n",
}


@contextmanager
def scripted(answer: bytes, *, drip: float = 0.0, hang: bool = False) -> Iterator[int]:
    """A server that says the same to everybody, whatever it is asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve(peer: socket.socket) -> None:
        with peer:
            try:
                peer.settimeout(0.2)
                if answer[:3] != b"220":
                    peer.recv(65536)
                if hang:
                    stop.wait(10)
                elif drip:  # for five seconds: whoever waits for the end of it fails, and does not wait for ever
                    for _ in range(int(5 / drip)):
                        stop.wait(drip)
                        peer.sendall(b"2")
                else:
                    peer.sendall(answer)
            except OSError:
                return

    def accept() -> None:
        while not stop.is_set():
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    stop.set()
    listener.close()


@pytest.mark.parametrize("name", sorted(GARBAGE))
def test_garbage_is_never_a_success(bench: Bench, name: str):
    with scripted(GARBAGE[name]) as port:
        outcome = bench.plug.apply(bench.spec, bench.context(config=bench.towards(port)))
        verdict = bench.plug.verify(bench.spec, bench.context(config=bench.towards(port)))

    assert not outcome.is_success
    assert outcome.kind in (Kind.AMBIGUOUS, Kind.RETRY)
    assert verdict.seen is Seen.UNKNOWN


@pytest.mark.parametrize("how", [{"drip": 0.05}, {"hang": True}])
def test_one_deadline_holds_for_the_whole_call(bench: Bench, how: dict[str, Any]):
    with scripted(b"", **how) as port:
        started = time.monotonic()
        outcome = bench.plug.apply(bench.spec, bench.context(config=bench.towards(port), call=Deadline(0.5)))

    assert not outcome.is_success
    assert time.monotonic() - started < 1.5


def test_a_system_that_is_gone_was_surely_not_reached(bench: Bench):
    assert bench.plug.apply(bench.spec, bench.context(config=bench.towards(free_port()))).kind is Kind.RETRY


def test_an_internal_address_is_refused(bench: Bench):
    outcome = bench.plug.apply(bench.spec, bench.context(policy=Policy()))

    assert outcome.kind is Kind.MISCONFIGURED
    assert bench.effects() == 0


@pytest.mark.parametrize(
    ("code", "row"),
    [(code, row) for code in CODES for row in yaml.safe_load((FOLDER / code / "contract.yaml").read_text())["errors"]],
    ids=lambda value: value if isinstance(value, str) else str(value.get("status") or value.get("code")),
)
def test_every_error_of_the_contract_means_what_it_says(scim_process: ScimServer, code: str, row: dict[str, Any]):
    with BENCHES[code](scim_process, "honours_id") as bench, scripted_error(code, row) as config:
        outcome = bench.plug.apply(bench.spec, bench.context(config={**bench.config, **config}))

    assert outcome.kind == row["outcome"]


@contextmanager
def scripted_error(code: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if code == "smtp":
        with _mail_error(row["code"]) as port:
            yield {"port": port, **({"username": "u"} if row["code"] == 535 else {})}
        return
    answer = f"HTTP/1.1 {row['status']} X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    with scripted(answer) as port:
        yield {"url": f"http://127.0.0.1:{port}/", "base_url": f"http://127.0.0.1:{port}"}


@contextmanager
def _mail_error(code: Any) -> Iterator[int]:
    if code == 535:
        with _login_refused() as port:
            yield port
        return
    mailbox = Mailbox(fault=lambda n: str(code) if isinstance(code, int) else "drop_after")
    server = controller(mailbox, port=free_port())
    server.start()
    yield server.port
    server.stop()


@contextmanager
def _login_refused() -> Iterator[int]:
    from aiosmtpd.smtp import AuthResult

    server = controller(
        Mailbox(), port=free_port(), authenticator=lambda *a: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )  # fmt: skip
    server.start()
    yield server.port
    server.stop()


# --- Keeping secrets --------------------------------------------------------------------------------------
def test_no_secret_is_ever_shown(bench: Bench, caplog: pytest.LogCaptureFixture):
    secrets = dict.fromkeys(("secret", "token", "password"), CANARY)
    caplog.set_level(logging.DEBUG)

    outcome = bench.plug.apply(bench.spec, bench.context(secrets=secrets))
    with scripted(b"HTTP/1.1 500 X\r\nContent-Length: 20\r\n\r\n" + CANARY.encode()) as port:
        second = bench.plug.apply(bench.spec, bench.context(secrets=secrets, config=bench.towards(port)))

    shown = caplog.text + repr(outcome) + repr(second) + repr(bench.context(secrets=secrets)) + json.dumps(outcome.undo)
    assert CANARY not in shown


def test_a_dry_run_masks_people(bench: Bench):
    preview = bench.plug.dry_run(bench.spec, bench.context())

    assert "zhou.yuanhang" not in repr(preview)
    assert preview.changes
