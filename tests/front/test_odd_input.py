"""Nonsense in an address or a form is the caller's fault: no page and no call of the API breaks over it."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.access.cast import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


WORDS = ("abc", "9" * 30, "㛃䶮𠮷🙂", "x" * 3000, "'\"%_\\<script>")
CURSORS = ("abc", cursor("a"), cursor("a", "b"), cursor(None, None), cursor([], {}), cursor("2026-01-01", "\0"))
ADDRESSES = {
    "/cases/?cursor=": CURSORS,
    "/cases/?unit=": WORDS,
    "/cases/?q=": WORDS,
    "/cases/new/?employment=": WORDS,
    "/cases/new/?q=": WORDS,
    "/documents/?after=": CURSORS,
    "/employees/?cursor=": CURSORS,
    "/employees/?unit=": WORDS,
    "/handovers/?after=": CURSORS,
    "/inbox/?after=": CURSORS,
    "/notices/?before=": CURSORS,
    "/verify/?code=": WORDS,
    "/api/v1/cases/?cursor=": (*CURSORS, base64.b64encode(b"p=a").decode()),
    "/api/v1/cases/?state=": WORDS,
    "/api/v1/employments/?cursor=": (base64.b64encode(b"p=\0").decode(), base64.b64encode(b"o=1&p=a").decode()),
}


@pytest.fixture
def client(cast: Any) -> Client:
    client = sign_in(cast.users["group_hr"])
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "value"), [(address, value) for address, values in ADDRESSES.items() for value in values]
)
def test_no_question_breaks_a_page(client: Client, address: str, value: str) -> None:
    assert client.get(address + quote(value, safe="")).status_code < 500


@pytest.mark.parametrize("address", ["/cases/?q=a%00b", "/verify/a%00b/", "/api/v1/cases/?state=%00", "/inbox/?%00=1"])
def test_what_no_database_can_keep_is_refused_at_the_door(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith(
        "application/problem+json" if address.startswith("/api/") else "text/plain"
    )


def test_a_form_with_a_nul_is_refused(client: Client) -> None:
    assert client.post("/me/settings/language/", {"language": "en\0", "once": "a"}).status_code == 400
    assert client.post("/me/settings/language/", {"language": "en", "once": "a\0"}).status_code == 400


@pytest.mark.parametrize("body", ['{"kind": "\\ud83d"}', "[" * 100_000, '{"kind": "\\u0000"}', "", "nothing", "5"])
def test_a_body_that_is_no_json_of_ours_is_a_problem_of_the_caller(client: Client, body: str) -> None:
    answer = client.post("/api/v1/cases/", body, "application/json", HTTP_IDEMPOTENCY_KEY="a")

    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_too_much_at_once_is_a_problem_too(client: Client) -> None:
    answer = client.post("/api/v1/cases/", '"' + "x" * 3_000_000 + '"', "application/json", HTTP_IDEMPOTENCY_KEY="a")

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-big")


def test_a_problem_has_words_for_a_title(client: Client) -> None:
    answer = client.post("/api/v1/cases/", "a=1", "application/x-www-form-urlencoded", HTTP_IDEMPOTENCY_KEY="a")

    assert answer.status_code == 415
    assert "{" not in answer.json()["title"]


def test_an_unknown_address_of_the_api_is_a_problem_too(client: Client) -> None:
    assert client.get("/api/v1/nothing/").json()["type"] == "/problems/not-found"
    assert "<!doctype html>" in client.get("/nothing/").content.decode()


def test_a_percent_sign_before_two_noughts_is_only_text(client: Client) -> None:
    assert client.get("/cases/?q=100%2500").status_code == 200


@pytest.mark.parametrize("address", ["/", "/inbox/", "/cases/", "/me/settings/", "/api/v1/cases/", "/accounts/login/"])
def test_nobody_keeps_a_copy_of_a_page(client: Client, address: str) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]
