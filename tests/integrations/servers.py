"""A real scim2-server process, and how tests look into it."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ScimServer:
    token = "a-token-of-the-tests"

    def __enter__(self) -> "ScimServer":
        self.port = free_port()
        binary = Path(sys.executable).parent / "scim2-server"
        arguments = ["--hostname", "127.0.0.1", "--port", str(self.port), "--bearer-token", self.token]
        self.process = subprocess.Popen(
            [binary, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                self.call("GET", "/ServiceProviderConfig")
                return self
            time.sleep(0.05)
        raise TimeoutError("scim2-server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v2"

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/scim+json"}
        raw = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=raw, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.loads(answer.read() or b"{}")

    def add(self, number: str, login: str = "", *, groups: int = 2) -> str:
        """An account with that number, in so many groups."""
        body = {"schemas": [USER], "userName": login or f"{number}@x", "externalId": number, "active": True}
        user = self.call("POST", "/Users", body)["id"]
        for n in range(groups):
            group = {"schemas": [GROUP], "displayName": f"{number} group {n}", "members": [{"value": user}]}
            self.call("POST", "/Groups", group)
        return user

    def user(self, user: str) -> dict[str, Any]:
        return self.call("GET", f"/Users/{user}")

    def groups(self, user: str) -> int:
        condition = urllib.parse.quote(f'members.value eq "{user}"')
        return self.call("GET", f"/Groups?filter={condition}")["totalResults"]

    def enable(self, user: str) -> None:
        """As somebody would by hand."""
        operation = {"op": "replace", "path": "active", "value": True}
        self.call("PATCH", f"/Users/{user}", {"schemas": [PATCH], "Operations": [operation]})
