"""Every error of the API is a problem document, and no error says more than its reader may know."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.test import APIClient

from ehr.api import EVERYBODY, ApiView
from ehr.errors import Forbidden, Refused, WrongState
from tests.access.cast import a_user, sign_in

pytestmark = pytest.mark.django_db

ERRORS: dict[str, tuple[Exception, int, dict[str, Any]]] = {
    "wrong": (WrongState("It is closed.", allowed=["reopen"]), 409, {"allowed": ["reopen"], "detail": "It is closed."}),
    "refused": (
        Refused("pregnant", "Protected.", article="LCL 42", field="ground"),
        422,
        {"code": "pregnant", "article": "LCL 42", "errors": {"ground": ["Protected."]}},
    ),
    "forbidden": (Forbidden("units.secret"), 403, {"type": "/problems/forbidden"}),
    "denied": (PermissionDenied("secret"), 403, {}),
    "gone": (Http404("case 42 of Zhou"), 404, {"type": "/problems/not-found"}),
    "invalid": (exceptions.ValidationError({"date": ["too early"]}), 422, {"errors": {"date": ["too early"]}}),
    "model": (ValidationError({"code": ["taken"]}), 422, {"errors": {"code": ["taken"]}}),
    "parse": (exceptions.ParseError("JSON"), 400, {}),
    "method": (exceptions.MethodNotAllowed("PUT"), 405, {}),
    "throttled": (exceptions.Throttled(wait=7), 429, {}),
}


class Failing(ApiView):
    permission = EVERYBODY

    def get(self, request: Any, name: str) -> Response:
        raise ERRORS[name][0]


class Nothing(ApiView):
    """Names no permission, so nobody may."""

    def get(self, request: Any) -> Response:
        return Response({})


urlpatterns = [path("api/v1/failing/<str:name>/", Failing.as_view()), path("api/v1/nothing/", Nothing.as_view())]


@pytest.fixture
def addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def api() -> APIClient:
    client = APIClient()
    client.force_authenticate(a_user("one"))
    return client


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_becomes_a_problem(api: APIClient, name: str) -> None:
    _error, status, expected = ERRORS[name]

    answer = api.get(f"/api/v1/failing/{name}/")

    body = answer.json()
    assert answer.status_code == status == body["status"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "detail"} <= set(body)
    assert {key: body[key] for key in expected} == expected


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("name", ["forbidden", "denied", "gone"])
def test_a_denial_tells_nothing(api: APIClient, name: str) -> None:
    text = api.get(f"/api/v1/failing/{name}/").content.decode()

    assert "secret" not in text and "Zhou" not in text


@pytest.mark.usefixtures("addresses")
def test_a_view_that_names_no_permission_is_closed(api: APIClient) -> None:
    assert api.get("/api/v1/nothing/").status_code == 403


@pytest.mark.usefixtures("addresses")
def test_a_wait_is_said_in_the_header(api: APIClient) -> None:
    assert api.get("/api/v1/failing/throttled/").headers["Retry-After"] == "7"


def test_nobody_is_401() -> None:
    answer = APIClient().get("/api/v1/notices/")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_browser_needs_the_csrf_token_here_too() -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(a_user("one"), client)
    url = "/api/v1/notices/01a20108-9b64-7174-8bb0-b5168be76414/reading/"

    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        answer = client.post(url, "{}", content_type=content_type, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 403, content_type


def test_a_header_does_not_change_the_method() -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(a_user("one"), client)
    url = "/api/v1/notices/01a20108-9b64-7174-8bb0-b5168be76414/reading/"

    assert client.get(url, headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    assert client.get(f"{url}?_method=POST").status_code == 405


def test_an_unknown_filter_value_is_named(api: APIClient) -> None:
    answer = api.get("/api/v1/notices/?urgent=&kind=x&created_at__gt=1&unread=nonsense")

    assert answer.status_code in (200, 422)
    assert api.get("/api/v1/notices/?cursor=broken").status_code == 404


def test_the_docs_page_runs_no_script_of_its_own(client: Client) -> None:
    answer = client.get("/api/docs/")

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert answer.content.decode().count("<script") == answer.content.decode().count('<script src="') == 2
    assert "SwaggerUIBundle" in client.get("/api/docs/start.js").content.decode()
