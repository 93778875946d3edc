"""The demo's SCIM directory: the scim2-server package in one thread, with the accounts of the demo's people in it."""

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from integrations.receivers.webhook import Note

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
Refuses = Callable[[], bool]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The journal says more."""


class Directory:
    """Accounts survive a restart through `state`: numbers of those disabled, which is all that ever changes here."""

    def __init__(self, *, port: int, token: str, state: Path, note: Note, refuses: Refuses = lambda: False) -> None:
        from scim2_models import ScimProvider
        from scim2_server.memory import InMemoryStorage
        from scim2_server.service import ScimService
        from scim2_server.testserver.application import BearerTokenApplication
        from scim2_server.utils import (
            load_default_resource_types,
            load_default_schemas,
            load_default_service_provider_config,
        )

        provider = ScimProvider.from_discovery(
            load_default_schemas().values(),
            load_default_resource_types().values(),
            config=load_default_service_provider_config(),
        )
        service = ScimService(provider, secret=token)
        self.application = BearerTokenApplication(InMemoryStorage(), provider, service, [token])
        self.token, self.note, self.state, self.refuses = token, note, state, refuses
        self.off: set[str] = set(json.loads(state.read_text())) if state.exists() else set()
        self.known: set[str] = set()
        self.server = make_server("127.0.0.1", port, self._noted, server_class=_Server, handler_class=_Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v2"

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def add_people(self, people: Iterable[tuple[str, str, str]]) -> int:
        """(employee number, login, group): through the same door as everybody, so ids and versions are real."""
        added = [person for person in people if person[0] not in self.known]
        groups: dict[str, list[str]] = {}
        for number, login, group in added:
            groups.setdefault(group, []).append(self._add(number, login))
            self.known.add(number)
        for group, ids in groups.items():
            body = {"schemas": [GROUP], "displayName": group, "members": [{"value": each} for each in ids if each]}
            self._call("POST", "/v2/Groups", body)
        return len(added)

    def _add(self, number: str, login: str) -> str:
        active = number not in self.off
        body = {"schemas": [USER], "userName": login or number, "externalId": number, "active": active}
        answer = self._call("POST", "/v2/Users", body)
        return str(answer.get("id", "")) if active else ""

    def _call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        from io import BytesIO
        from wsgiref.util import setup_testing_defaults

        raw = json.dumps(body).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/scim+json",
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
            "wsgi.input": BytesIO(raw),
        }
        setup_testing_defaults(environ)
        answer: dict[str, Any] = json.loads(b"".join(self.application(environ, _unheard)) or b"{}")
        return answer

    def _noted(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method == "PATCH" and self.refuses():
            return self._refusal(path, start_response)
        answer = self.application(environ, start_response)
        if method == "PATCH":
            self.note("changed", path=path.removeprefix("/v2"))
            self._remember(path)
        return answer

    def _refusal(self, path: str, start_response: Callable[..., Any]) -> list[bytes]:
        self.note("refused_on_purpose", path=path.removeprefix("/v2"))
        start_response("400 Bad Request", [("Content-Type", "application/scim+json")])
        return [json.dumps({"schemas": [ERROR], "status": "400", "detail": "as asked on the demo's page"}).encode()]

    def _remember(self, path: str) -> None:
        if not path.startswith("/v2/Users/"):
            return
        resource = self._get(path)
        number = str(resource.get("externalId", ""))
        (self.off.discard if resource.get("active") else self.off.add)(number)
        self.state.write_text(json.dumps(sorted(self.off)))
        self.note("account", subject=number, active=bool(resource.get("active")))

    def _get(self, path: str) -> dict[str, Any]:
        return self._call("GET", path, {})


def _unheard(status: str, headers: Any, exc_info: Any = None) -> Callable[[bytes], object]:
    """A WSGI start_response for calls whose status nobody asks about."""
    return lambda data: None
