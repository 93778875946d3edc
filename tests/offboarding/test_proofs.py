"""Work done by hand rests on a paper or on a written reason; the paper stays where it was put."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.record.models import Event
from offboarding.models import Track, TrackFile
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7 received, stamp of the union"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def union(cast: Any, at: Any) -> Track:
    case = approved(a_dismissal(cast, at), at)
    return case.tracks.select_related("case").get(kind="union_notice")


def paper(name: str = "工会回函.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def state(track: Track) -> str:
    track.refresh_from_db()
    return track.state


def test_neither_paper_nor_reason_is_refused(cast, union) -> None:
    answer = sign_in(cast.hr_manager).post(union.url, {"action": "done"})

    assert (answer.status_code, state(union)) == (422, "planned")
    assert "请上传证明材料" in answer.content.decode()


def test_a_written_reason_is_enough(cast, union) -> None:
    sign_in(cast.hr_manager).post(union.url, {"action": "done", "note": "工会主席当面表示无异议"})

    assert state(union) == "done"


def test_so_is_a_paper_sent_along(cast, union) -> None:
    answer = sign_in(cast.hr_manager).post(union.url, {"action": "done", "file": paper()})

    assert (answer.status_code, state(union)) == (302, "done")
    kept = TrackFile.objects.get()
    assert (kept.name, kept.media_type, kept.uploaded_by) == ("工会回函.pdf", "application/pdf", cast.hr_manager)
    fact = Event.objects.get(kind="offboarding.case.proof_added")
    assert (fact.payload["sha256"], fact.payload["track"]) == (kept.sha256, "union_notice")


def test_papers_may_come_first_and_are_shown(cast, union) -> None:
    browser = sign_in(cast.hr_manager)
    browser.post(union.url, {"action": "add", "file": [paper(), paper("登记表.pdf")]})

    page = browser.get(union.url).content.decode()
    assert state(union) == "planned"
    assert "工会回函.pdf" in page and "登记表.pdf" in page
    assert browser.post(union.url, {"action": "done"}).status_code == 302


def test_it_comes_back_as_it_was_and_only_as_a_download(cast, union) -> None:
    browser = sign_in(cast.hr_manager)
    browser.post(union.url, {"action": "add", "file": paper()})

    answer = browser.get(TrackFile.objects.get().url)

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "空"),
        ("a.exe", b"MZ" + b"\0" * 60, "照片"),
        ("a.pdf", b"<html>no</html>", "对不上"),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_is_done(cast, union, name, content, words) -> None:
    answer = sign_in(cast.hr_manager).post(union.url, {"action": "done", "note": "x", "file": paper(name, content)})

    assert (answer.status_code, state(union)) == (422, "planned")
    assert words in answer.content.decode()
    assert not TrackFile.objects.exists()


def test_what_a_system_reports_needs_neither(cast, at) -> None:
    from offboarding import operations as ops

    case = approved(a_resignation(cast, at), at)

    ops.progress_track(case_id=case.pk, kind="accounts", state="done", at=at)

    assert case.tracks.get(kind="accounts").state == "done"


def test_who_does_not_see_the_track_does_not_see_its_papers(cast, at, union) -> None:
    sign_in(cast.hr_manager).post(union.url, {"action": "add", "file": paper()})
    url = TrackFile.objects.get().url

    assert sign_in(cast.finance).get(url).status_code in (403, 404)
    assert sign_in(cast.stranger).get(url).status_code == 404
    assert sign_in(cast.leaver).get(url).status_code == 404, "a quiet case is not there for whom it is about"


# --- by the API ------------------------------------------------------------------------------------------------
def test_the_api_adds_lists_and_gives_it_back(cast, union) -> None:
    client = api_client(cast.hr_manager)
    address = f"/api/v1/cases/{union.case_id}/tracks/union_notice/"

    missing = client.post(address, {"action": "done"}, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    added = client.post(f"{address}files/", {"file": paper()}, format="multipart", HTTP_IDEMPOTENCY_KEY="k2")

    assert (missing.status_code, missing.json()["code"]) == (422, "B_PROOF_MISSING")
    assert (added.status_code, added.json()["name"]) == (201, "工会回函.pdf")
    [row] = client.get(f"{address}files/").json()["results"]
    assert row["sha256"] == added.json()["sha256"]
    assert b"".join(client.get(f"{address}files/{row['id']}/").streaming_content) == PDF
    assert client.post(address, {"action": "done"}, format="json", HTTP_IDEMPOTENCY_KEY="k3").json()["state"] == "done"


def test_who_only_reads_adds_nothing(cast, union) -> None:
    address = f"/api/v1/cases/{union.case_id}/tracks/union_notice/files/"

    answer = api_client(cast.auditor).post(address, {"file": paper()}, format="multipart", HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code == 403
    assert not TrackFile.objects.exists()
