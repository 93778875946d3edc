"""The texts of papers over the API: read, draft, check, publish by a second person."""

from typing import Any

import pytest

from ehr.documents import texts
from ehr.documents.models import PaperText
from tests.access.cast import api_client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def sent(client: Any, verb: str, path: str, body: Any = None, key: str = "") -> Any:
    ask = getattr(client, verb)
    return ask(f"/api/v1/paper-texts/{path}", body or {}, format="json", HTTP_IDEMPOTENCY_KEY=key or f"{verb}{path}")


@pytest.fixture
def draft(cast: Any) -> dict[str, Any]:
    answer = sent(api_client(cast.legal), "post", "", {"kind": "certificate"})
    assert answer.status_code == 201
    return dict(answer.json())


def test_the_list_tells_versions_and_the_whole_its_fields(cast: Any) -> None:
    reader = api_client(cast.hrbp)

    listed = reader.get("/api/v1/paper-texts/?kind=certificate&state=in_force").json()["results"]
    whole = reader.get(f"/api/v1/paper-texts/{listed[0]['id']}/").json()

    assert [row["version"] for row in listed] == [1]
    assert "body" not in listed[0]
    assert "{{ name }}" in whole["body"]
    assert "id_tail" in [field["name"] for field in whole["fields_known"]]
    assert whole["problems"] == []


def test_a_draft_is_kept_with_its_mistakes_and_says_what_they_are(cast: Any, draft: dict[str, Any]) -> None:
    legal = api_client(cast.legal)

    body = {"body": "# 离职证明\n{{ nobody }}", "read": draft["body_sha256"]}
    written = sent(legal, "patch", f"{draft['id']}/", body).json()
    asked = sent(legal, "post", f"{draft['id']}/review/", {"note": "x"})

    assert any("nobody" in words for words in written["problems"])
    assert (asked.status_code, asked.json()["code"]) == (422, "text_unknown_field")


def test_a_second_person_publishes_it(cast: Any, draft: dict[str, Any]) -> None:
    legal, other = api_client(cast.legal), api_client(cast.group_hr)
    body = draft["body"].replace("特此证明。", "特此证明，请予接洽。")
    written = sent(legal, "patch", f"{draft['id']}/", {"body": body, "read": draft["body_sha256"]}).json()
    sent(legal, "post", f"{draft['id']}/review/", {"note": "接洽"})
    read = {"read": written["body_sha256"]}

    own = sent(legal, "post", f"{draft['id']}/publication/", read)
    others = sent(other, "post", f"{draft['id']}/publication/", read)

    assert (own.status_code, own.json()["code"]) == (422, "second_person")
    assert (others.json()["state"], others.json()["published_by"]) == ("in_force", cast.group_hr.username)
    assert "请予接洽" in PaperText.objects.in_force().get(kind="certificate", entity=None).body


def test_words_that_somebody_else_wrote_since_are_neither_lost_nor_published(
    cast: Any, at: Any, draft: dict[str, Any]
) -> None:
    legal, path = api_client(cast.legal), f"{draft['id']}/"
    theirs = draft["body"].replace("特此证明。", "特此证明！")
    texts.write(text=PaperText.objects.get(pk=draft["id"]), body=theirs, by=cast.group_hr, at=at)

    lost = sent(legal, "patch", path, {"body": draft["body"], "read": draft["body_sha256"]})
    unread = sent(legal, "patch", path, {"body": draft["body"]}, key="unread")
    sent(legal, "post", f"{path}review/", {"note": "x"})
    published = sent(legal, "post", f"{path}publication/", {"read": draft["body_sha256"]})

    assert (lost.status_code, published.status_code) == (409, 409)
    assert (unread.status_code, list(unread.json()["errors"])) == (422, ["read"])
    row = PaperText.objects.get(pk=draft["id"])
    assert (row.body, row.state) == (theirs, "review")


def test_it_is_taken_back_and_thrown_away(cast: Any, draft: dict[str, Any]) -> None:
    legal = api_client(cast.legal)
    sent(legal, "post", f"{draft['id']}/review/", {"note": "x"})

    assert sent(legal, "delete", f"{draft['id']}/").status_code == 409
    assert sent(legal, "delete", f"{draft['id']}/review/").json()["state"] == "draft"
    assert sent(legal, "delete", f"{draft['id']}/", key="again").status_code == 204
    assert not PaperText.objects.filter(pk=draft["id"]).exists()


def test_a_kind_without_texts_is_refused(cast: Any) -> None:
    assert sent(api_client(cast.legal), "post", "", {"kind": "poem"}).status_code == 422
