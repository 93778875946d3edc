"""The papers of an employer's ending: one upload for each line of the checklist, its digest in the record."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Evidence
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal_draft, a_resignation, add_paper, pending

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7 the rule that names the conduct as serious"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def rulebook(dated: date) -> dict[str, Any]:
    return {"paper": "E_RULEBOOK", "dated": dated.isoformat(), "file": SimpleUploadedFile("员工手册.pdf", PDF)}


def test_its_digest_stands_in_the_record_and_its_name_does_not(cast, at) -> None:
    case = a_dismissal_draft(cast, at, without=("E_RULEBOOK",))

    sign_in(cast.head).post(f"{case.url}evidence/", rulebook(at.date() - timedelta(days=9)))

    row = case.evidence.get(paper="E_RULEBOOK")
    event = Event.objects.get(kind="offboarding.case.evidence_added", payload__paper="E_RULEBOOK")
    assert event.payload["sha256"] == row.sha256 == sha256(PDF).hexdigest()
    assert "员工手册" not in str(event.payload)


def test_what_was_missing_no_longer_stops_it(cast, at) -> None:
    case = a_dismissal_draft(cast, at, without=("E_RULEBOOK",))
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)
    assert (refusal.value.code, refusal.value.article) == ("B_MISSING_EVIDENCE:E_RULEBOOK", "LCL 39(2), JI1 44")

    add_paper(case, "E_RULEBOOK", at=at, dated=date(2025, 1, 1))
    ops.submit_case(case=case, by=cast.head, at=at)

    assert case.state == "in_approval"


def test_a_second_appraisal_of_a_day_before_the_training_proves_nothing(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_2", without=("E_APPRAISAL_2",))
    add_paper(case, "E_APPRAISAL_2", at=at, dated=date(2025, 1, 1))

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)

    assert refusal.value.code == "B_MISSING_EVIDENCE:E_APPRAISAL_2"


def test_the_newest_upload_of_a_paper_counts(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_2", without=("E_APPRAISAL_2",))

    add_paper(case, "E_APPRAISAL_2", at=at, dated=date(2025, 1, 1))
    add_paper(case, "E_APPRAISAL_2", at=at, dated=at.date())

    ops.submit_case(case=case, by=cast.head, at=at)
    assert case.state == "in_approval"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"paper": "E_NO_SUCH_PAPER"}, "B_PAPER_UNKNOWN"),
        ({"dated": date(2027, 1, 1)}, "B_FUTURE_DATE"),
        ({"content": b"MZ\x90\x00 a program", "name": "手册.exe"}, "file_kind_unknown"),
        ({"size": 21 * 2**20}, "file_too_big"),
        ({"content": b"\x89PNG\r\n\x1a\n", "name": "考核.pdf"}, "file_not_what_it_says"),
    ],
)
def test_it_refuses(cast, at, given, code) -> None:
    case = a_dismissal_draft(cast, at)
    said = {"paper": "E_RULEBOOK", "dated": at.date(), "name": "手册.pdf", "size": len(PDF), "content": PDF} | given
    content = BytesIO(said.pop("content"))

    with pytest.raises(Refused) as refusal:
        ops.add_evidence(case=case, content=content, by=cast.head, at=at, **said)

    assert refusal.value.code == code


def test_a_resignation_takes_none(cast, at) -> None:
    case, said = a_resignation(cast, at), {"paper": "E_RESIGNATION_LETTER", "dated": at.date()}

    with pytest.raises(WrongState):
        ops.add_evidence(case=case, name="a.pdf", size=1, content=BytesIO(PDF), by=cast.hrbp, at=at, **said)


def test_nobody_adds_to_their_own_case(cast, at) -> None:
    case = a_dismissal_draft(cast, at, who="head", by=cast.hrbp)

    with pytest.raises(Forbidden):
        ops.add_evidence(
            case=case,
            paper="E_RULEBOOK",
            dated=at.date(),
            name="a.pdf",
            size=1,
            content=BytesIO(PDF),
            by=cast.head,
            at=at,
        )


def test_it_leaves_as_a_download_for_those_who_read_reasons_only(cast, at) -> None:
    case = a_dismissal_draft(cast, at, by=cast.hrbp)
    row = case.evidence.get(paper="E_RULEBOOK")

    answer = sign_in(cast.legal).get(row.url)

    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert sign_in(cast.gm).get(row.url).status_code == 404
    assert not Evidence.objects.visible_to(cast.leaver).exists()


def test_the_same_by_api(cast, at) -> None:
    case = a_dismissal_draft(cast, at, without=("E_RULEBOOK",))
    path = f"/api/v1/cases/{case.pk}/evidence/"

    made = api_client(cast.head).post(path, rulebook(at.date()), format="multipart", HTTP_IDEMPOTENCY_KEY="a")

    assert (made.status_code, made.json()["paper"]) == (201, "E_RULEBOOK")
    listed = api_client(cast.hr_manager).get(path).json()["results"]
    assert [row["paper"] for row in listed][-1] == "E_RULEBOOK"
    file = api_client(cast.hr_manager).get(f"{path}{made.json()['id']}/")
    assert b"".join(file.streaming_content) == PDF


def test_whoever_has_to_decide_reads_it(cast, at) -> None:
    case = a_dismissal_draft(cast, at, by=cast.hrbp)
    ops.submit_case(case=case, by=cast.hrbp, at=at)
    asked = pending(case)

    page = sign_in(asked.approver).get(f"{case.url}approvals/{asked.pk}/").content.decode()

    assert all(row.url in page for row in case.evidence.all())
