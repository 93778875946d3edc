"""A demo system can be asked to refuse once, so that everybody can see a failure and its retry."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations.receivers import journal
from integrations.receivers.directory import USER, Directory


@pytest.fixture
def known(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    journal.keep_addresses({"identity": {"title": "统一身份", "address": "http://127.0.0.1", "port": 0, "secret": ""}})


@pytest.fixture
def directory(known: None, tmp_path: Path) -> Any:
    started = Directory(
        port=0,
        token="token",
        state=tmp_path / "state.json",
        note=lambda *what, **facts: None,
        refuses=lambda: journal.takes_refusal("identity"),
    )
    started.start()
    yield started
    started.stop()


@pytest.mark.slow
def test_the_next_change_is_refused_and_the_one_after_it_taken(directory: Directory) -> None:
    directory.add_people([("HC-1", "he.shuyao", "上海大客户部")])

    journal.refuse_next("identity")

    assert [_disable(directory) for _ in range(2)] == [400, 204]
    assert [row.can_refuse for row in journal.read_all()] == [True]


def test_a_system_that_nobody_knows_refuses_nothing(known: None) -> None:
    journal.refuse_next("../elsewhere")

    assert not journal.takes_refusal("../elsewhere")


def _disable(directory: Directory) -> int:
    headers = {"Authorization": "Bearer token"}
    found = httpx.get(f"{directory.url}/Users", headers=headers).json()["Resources"][0]
    change = {"op": "replace", "path": "active", "value": False}
    body = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [change]}
    assert found["schemas"] == [USER]
    return httpx.patch(f"{directory.url}/Users/{found['id']}", json=body, headers=headers).status_code
