"""Taking a file in through the browser and the API: five steps, each by the right person, at the right time."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import FakePayload

from ehr.record import Event
from employees.importing import advancing, uploads
from employees.importing.limits import MAX_BYTES
from employees.models import Employment, ImportRun
from tests.access.cast import api_client, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROSTER = Path(__file__).parent.parent / "data" / "mfg_persons_dev.csv"
LINES = ("工号,姓名,入职日期,备注\nN1,张伟,2021-04-12,x\nN2,李雷,2023-02-30,x\n").encode()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, content=LINES, name="花名册.csv"):
    answer = client.post("/imports/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return ImportRun.objects.get()


def as_form(run: ImportRun, **changes) -> dict:
    mapping = run.head["proposed"] | changes
    return {f"c{index}": mapping.get(column["header"], "") for index, column in enumerate(run.head["columns"])}


def test_a_file_goes_from_upload_to_report(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    assert "正在读文件" in client.get(f"/imports/{run.pk}/").content.decode()

    advancing.advance_all()
    run.refresh_from_db()
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "工号" in page and "selected" in page

    assert client.post(f"/imports/{run.pk}/mapping/", as_form(run)).status_code == 302
    advancing.advance_all()
    checked = client.get(f"/imports/{run.pk}/").content.decode()
    assert "2023-02-30" in checked
    assert not Employment.objects.filter(employee_number="N1").exists()

    assert client.post(f"/imports/{run.pk}/writing/").status_code == 302
    advancing.advance_all()
    run.refresh_from_db()
    assert (run.state, run.report["accepted"], run.report["rejected_count"]) == ("done", 1, 1)
    assert client.get(f"/imports/{run.pk}/").status_code == 200
    assert Employment.objects.get(employee_number="N1").person.name == "张伟"


def test_the_real_roster_comes_in_by_mapping(cast):
    client = sign_in(cast.admin)
    run = upload(client, ROSTER.read_bytes(), "mfg_persons_dev.csv")
    advancing.advance_all()
    run.refresh_from_db()

    client.post(f"/imports/{run.pk}/mapping/", as_form(run, city="place_of_performance"))
    advancing.advance_all()
    client.post(f"/imports/{run.pk}/writing/")
    advancing.advance_all()

    run.refresh_from_db()
    assert (run.state, run.report["created"], run.rows_done) == ("done", 6284, 6284)


def test_the_uploaded_file_is_closed_to_others_and_goes_in_the_end(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    assert uploads.path_of(run.pk).stat().st_mode & 0o077 == 0

    to_the_end(client, run)

    assert not uploads.path_of(run.pk).exists()


def test_every_event_of_an_import_names_it(cast):
    client = sign_in(cast.admin)
    run = upload(client)

    to_the_end(client, run)

    hired = Event.objects.get(kind="employees.employment.hired", payload__import_id=str(run.pk))
    assert hired.actor == cast.admin
    assert Event.objects.get(kind="employees.import.finished").payload["rejected"] == 1


def test_writing_before_the_dry_run_is_a_conflict(cast):
    client = sign_in(cast.admin)
    run = upload(client)

    assert client.post(f"/imports/{run.pk}/writing/").status_code == 409


def test_writing_twice_writes_once(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    to_the_end(client, run)

    assert client.post(f"/imports/{run.pk}/writing/").status_code == 409
    assert Event.objects.filter(kind="employees.import.started").count() == 1


def test_two_columns_can_not_go_to_one_field(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    advancing.advance_all()
    run.refresh_from_db()

    answer = client.post(f"/imports/{run.pk}/mapping/", as_form(run, 备注="name"))

    assert answer.status_code == 422


def test_a_mapping_without_hire_date_is_refused(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    advancing.advance_all()
    run.refresh_from_db()

    assert client.post(f"/imports/{run.pk}/mapping/", as_form(run, 入职日期="")).status_code == 422


def test_what_is_no_table_says_so(cast):
    client = sign_in(cast.admin)
    run = upload(client, b"\x00\x01", "a.xlsx")

    advancing.advance_all()

    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "file_not_a_table")
    assert client.get(f"/imports/{run.pk}/").status_code == 200


@pytest.mark.parametrize("address", ["/imports/", "/api/v1/imports/", "/accounts/login/"])
def test_a_request_over_200_mb_is_refused_by_its_length_before_its_body_is_read(cast, address):
    body = FakePayload(b"")

    answer = sign_in(cast.admin).generic(
        "POST", address, CONTENT_LENGTH=str(MAX_BYTES + 2_000_000), **{"wsgi.input": body}
    )

    assert answer.status_code == 413
    assert "200 MB" in answer.content.decode()
    assert not body.read_started
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("who", ["leaver", "head", "hrbp", "hr_manager", "finance", "auditor"])
def test_only_group_hr_and_the_administrator_import(cast, who):
    assert sign_in(getattr(cast, who)).get("/imports/").status_code == 403


def test_the_progress_leads_on_when_the_work_is_done(cast):
    client = sign_in(cast.admin)
    run = upload(client)
    url = f"/imports/{run.pk}/progress/"
    assert "data-poll" in client.get(url).content.decode()

    advancing.advance_all()

    assert client.get(url).headers["HX-Redirect"].endswith(f"/imports/{run.pk}/")


def test_the_api_takes_a_file_to_the_end(cast):
    client = api_client(cast.group_hr)
    answer = client.post("/api/v1/imports/", {"file": SimpleUploadedFile("a.csv", LINES)}, HTTP_IDEMPOTENCY_KEY="k1")
    assert answer.status_code == 202

    advancing.advance_all()

    news = client.get(answer.headers["Location"]).json()
    assert (news["state"], news["report"]["accepted"]) == ("done", 1)


def test_the_api_can_stop_after_the_dry_run(cast):
    client = api_client(cast.group_hr)
    body = {"file": SimpleUploadedFile("a.csv", LINES), "dry_run": "true"}
    run = client.post("/api/v1/imports/", body, HTTP_IDEMPOTENCY_KEY="k1").json()

    advancing.advance_all()

    assert client.get(f"/api/v1/imports/{run['id']}/").json()["state"] == "checked"
    assert client.post(f"/api/v1/imports/{run['id']}/writing/", HTTP_IDEMPOTENCY_KEY="k2").status_code == 202


def test_a_forgotten_file_is_dropped(cast, at):
    client = sign_in(cast.admin)
    run = upload(client)
    advancing.advance_all()
    run.refresh_from_db()

    advancing.drop_forgotten(at=run.changed_at + uploads.KEEP * 2)

    run.refresh_from_db()
    assert run.state == "failed"
    assert not uploads.path_of(run.pk).exists()


def to_the_end(client, run: ImportRun) -> None:
    advancing.advance_all()
    run.refresh_from_db()
    client.post(f"/imports/{run.pk}/mapping/", as_form(run))
    advancing.advance_all()
    client.post(f"/imports/{run.pk}/writing/")
    advancing.advance_all()
    run.refresh_from_db()
