"""The OpenAPI description: made without a guess, and what it says is what the API does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Fails where the generator had to guess, or two things bear one name."""
    assert reverse("api_schema")  # the pages and the API are loaded, as they are in a server
    path: Path = tmp_path_factory.mktemp("schema") / "schema.json"
    call_command("spectacular", "--fail-on-warn", "--format", "openapi-json", "--file", str(path))
    return dict(json.loads(path.read_text()))


def test_it_is_openapi_3_1_and_names_the_idempotency_key(described: dict[str, Any]) -> None:
    reading = described["paths"]["/api/v1/notices/{id}/reading/"]["post"]

    assert described["openapi"].startswith("3.1")
    assert [one["name"] for one in reading["parameters"] if one["in"] == "header"] == ["Idempotency-Key"]


def test_a_list_is_described_as_it_is_answered(described: dict[str, Any]) -> None:
    cases = described["paths"]["/api/v1/cases/"]["get"]

    page = _schema(described, cases["responses"]["200"]["content"]["application/json"]["schema"])
    assert set(page["properties"]) == {"next", "previous", "results"}
    assert {one["name"] for one in cases["parameters"]} >= {"cursor", "page_size", "state", "kind"}


def test_a_short_list_has_results_and_no_pages(described: dict[str, Any]) -> None:
    items = described["paths"]["/api/v1/handovers/{id}/items/"]["get"]

    answered = _schema(described, items["responses"]["200"]["content"]["application/json"]["schema"])
    assert set(answered["properties"]) == {"results"}


def test_what_is_asked_differs_from_what_is_answered(described: dict[str, Any]) -> None:
    confirming = described["paths"]["/api/v1/handovers/{id}/items/{item_pk}/confirmation/"]["post"]

    asked = _schema(described, confirming["requestBody"]["content"]["application/json"]["schema"])
    answered = _schema(described, confirming["responses"]["200"]["content"]["application/json"]["schema"])
    assert "decision" in asked["properties"] and "decision" not in answered["properties"]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/handovers/{id}/items/{item_pk}/files/", "/api/v1/cases/{id}/tracks/{kind}/files/", "/api/v1/imports/"],
)
def test_a_file_is_sent_as_a_part_of_a_form(described: dict[str, Any], path: str) -> None:
    body = described["paths"][path]["post"]["requestBody"]["content"]

    assert _schema(described, body["multipart/form-data"]["schema"])["properties"]["file"]["format"] == "binary"


def _schema(described: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in named:
        return named
    found: dict[str, Any] = described["components"]["schemas"][named["$ref"].rsplit("/", 1)[1]]
    return found
