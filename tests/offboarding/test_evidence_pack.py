"""The evidence pack of a finished dismissal, checked by its own script in a bare process outside the project."""

import json
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from ehr import documents
from ehr.documents import rendering
from ehr.errors import Forbidden, WrongState
from ehr.record.checkpoints import Statement, fingerprint
from ehr.record.models import Checkpoint, Event
from offboarding import events
from offboarding import operations as ops
from offboarding.models import Case, EvidencePack
from offboarding.operations.packing import make_pack
from offboarding.pack import verify
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, a_dismissal_draft, approved, done, on, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PDF = b"%PDF-1.7 a paper"


@pytest.fixture(autouse=True)
def var(tmp_path, settings, monkeypatch, at):
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    monkeypatch.setattr(rendering.paper, "to_pdf", lambda html: PDF)  # how a paper looks is tested elsewhere
    monkeypatch.setattr(rendering.signing, "sign", lambda pdf, **_: pdf)


@pytest.fixture
def finished(cast, at) -> Case:
    """Dismissed, served, over; the certificate is out."""
    case = approved(a_dismissal(cast, at), at)
    done(case, cast, at, "union_notice")
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)
    served(case, cast, at)
    ops.keep_clock(at=on(case.termination_date))
    for paper in documents.Document.objects.for_subject(case.ref).filter(state="waiting"):
        documents.release(paper, by=cast.document_clerk, at=at)
    assert ops.keep_clock(at=on(case.termination_date + timedelta(days=1)))["ended"] == 1
    case.refresh_from_db()
    return case


def a_pack(case: Case, by, at) -> EvidencePack:
    pack = ops.ask_pack(case=case, by=by, at=at)
    assert ops.make_packs(at=at) == 1
    pack.refresh_from_db()
    return pack


def zip_of(pack: EvidencePack, folder: Path) -> Path:
    from ehr.documents import storage

    path = folder / f"{pack.case.number}.zip"
    path.write_bytes(storage.read_stored(pack.file_key))
    return path


def key_of_the_mails() -> str:
    return fingerprint(bytes(Checkpoint.objects.order_by("-tree_size").values_list("public_key", flat=True).first()))


def checked(script: Path, pack: Path, key: str) -> subprocess.CompletedProcess[str]:
    """No site packages, no environment, another folder: nothing of the product can be reached."""
    command = [sys.executable, "-I", "-S", str(script), str(pack), "--fingerprint", key]
    return subprocess.run(command, cwd=script.parent, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)


@pytest.fixture
def packed(finished, cast, at, tmp_path) -> tuple[Path, Path, str]:
    """The ZIP, the script taken out of it, and the fingerprint as a checkpoint mail states it."""
    path = zip_of(a_pack(finished, cast.hr_manager, at), tmp_path)
    with zipfile.ZipFile(path) as package:
        package.extract("verify.py", tmp_path / "bare")
    return path, tmp_path / "bare" / "verify.py", key_of_the_mails()


def test_it_verifies_without_the_product(packed) -> None:
    path, script, key = packed

    answer = checked(script, path, key)

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "核验通过 VERIFIED" in answer.stdout
    assert "未被改动" in answer.stdout


def test_what_lies_beside_it_is_not_run_in_the_place_of_the_library(packed) -> None:
    path, script, key = packed
    (script.parent / "hashlib.py").write_text("raise SystemExit('核验通过 VERIFIED')")
    told = contents_of(path)["README.txt"].decode()

    assert "python3 -I verify.py" in told
    assert "未被改动" in checked(script, path, key).stdout


def test_what_is_wrong_is_said_in_both_languages(packed, tmp_path) -> None:
    path, script, key = packed
    members = contents_of(path)

    answer = checked(script, forge(tmp_path, members | {"papers/001.pdf": b"%PDF-1.7 another"}), key)

    assert answer.stdout == "核验不通过 REJECTED: 内容被改动 changed: papers/001.pdf\n"


def test_unpacked_it_verifies_as_well(packed, tmp_path) -> None:
    path, script, key = packed
    shutil.unpack_archive(path, tmp_path / "open")

    assert checked(script, tmp_path / "open", key).returncode == 0
    (tmp_path / "open" / "papers" / "999.pdf").write_bytes(b"slipped in")
    assert checked(script, tmp_path / "open", key).returncode == 1


def test_one_changed_byte_anywhere_is_rejected(packed, tmp_path) -> None:
    """In the middle of each member, in its first byte and its last; the package is made anew each time."""
    path, script, key = packed
    members = contents_of(path)

    for name, content in members.items():
        for place in {0, len(content) // 2, len(content) - 1}:
            changed = bytearray(content)
            changed[place] ^= 1
            forged = forge(tmp_path, members | {name: bytes(changed)})
            assert verdict(forged, key) == "rejected", (name, place)
    forged = forge(tmp_path, members | {"papers/001.pdf": members["papers/001.pdf"] + b"\n"})
    assert checked(script, forged, key).returncode == 1
    assert verdict(forge(tmp_path, members), key) == "verified"


def test_so_is_each_byte_of_the_proof_itself(packed, tmp_path) -> None:
    """Checkpoint and key byte by byte, capitals and blanks of the same meaning among them."""
    path, _script, key = packed
    members = contents_of(path)

    for name in (verify.CHECKPOINT, verify.PUBLIC_KEY):
        for place in range(len(members[name])):
            for flip in (0x01, 0x20):
                changed = bytearray(members[name])
                changed[place] ^= flip
                assert verdict(forge(tmp_path, members | {name: bytes(changed)}), key) == "rejected", (name, place)


def test_so_is_a_byte_between_the_members(packed, tmp_path) -> None:
    path, _script, key = packed
    whole = path.read_bytes()

    for place in {*range(0, len(whole), max(1, len(whole) // 400)), *range(len(whole) - 60, len(whole))}:
        changed = bytearray(whole)
        changed[place] ^= 0x20
        (tmp_path / "forged.zip").write_bytes(changed)
        assert verdict(tmp_path / "forged.zip", key) == "rejected", place
    for longer in (whole + b"\n", b"\n" + whole):
        (tmp_path / "forged.zip").write_bytes(longer)
        assert verdict(tmp_path / "forged.zip", key) == "rejected"


def test_a_missing_or_an_added_member_is_rejected(packed, tmp_path) -> None:
    path, _script, key = packed
    members = contents_of(path)

    for name in members:
        assert verdict(forge(tmp_path, {k: v for k, v in members.items() if k != name}), key) == "rejected", name
    assert verdict(forge(tmp_path, members | {"papers/999.pdf": PDF}), key) == "rejected"


@pytest.mark.parametrize("change", ["swap", "drop", "drop_last", "repeat", "path"])
def test_events_in_another_order_or_number_are_rejected(packed, tmp_path, change) -> None:
    path, _script, key = packed
    members = contents_of(path)
    lines = members[verify.EVENTS].decode().split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    forged = {
        "swap": [rows[1], rows[0], *rows[2:]],
        "drop": [*rows[:3], *rows[4:]],
        "drop_last": rows[:-1],
        "repeat": [rows[0], *rows],
        "path": [rows[0] | {"path": rows[1]["path"]}, *rows[1:]],
    }[change]

    text = "".join(verify.line_of(row) for row in forged).encode()

    assert verdict(forge(tmp_path, members | {verify.EVENTS: text}), key) == "rejected"


def test_a_pack_made_anew_with_another_key_is_known_by_its_fingerprint(packed) -> None:
    path, script, _key = packed

    assert checked(script, path, "0000 1111 2222 3333 4444 5555 6666 7777").returncode == 1
    assert checked(script, path, "").returncode == 2


def test_it_holds_the_papers_the_words_and_the_whole_record(packed, finished) -> None:
    members = contents_of(packed[0])
    manifest = json.loads(members["manifest.json"])
    kinds = [row["kind"] for row in manifest["files"]]
    events = [json.loads(json.loads(line)["text"]) for line in members[verify.EVENTS].decode().split("\n")[:-1]]

    titles = {row["title"] for row in manifest["files"]}
    assert {"document", "evidence", "service", "words", "pack"} <= set(kinds)
    assert {"解除劳动合同通知书", "离职证明"} <= titles
    assert kinds.count("evidence") == finished.evidence.count()
    made = Event.objects.get(kind="offboarding.case.evidence_pack_made")
    written = Event.objects.filter(subject=finished.ref, id__lte=made.pk).values_list("id", flat=True)
    assert {str(one) for one in written} <= {event["id"] for event in events}
    digests = {row["sha256"] for row in manifest["files"]}
    assert next(event for event in events if event["kind"].endswith("submitted"))["payload"]["reason_sha256"] in digests
    page = members["index.html"].decode()
    assert finished.number in page and "证据包" in page and "<script" not in page


def test_it_holds_no_more_than_its_reader_may_see(finished, cast, at, tmp_path) -> None:
    """An auditor reads papers and record, but neither the evidence nor what was written about the person."""
    members = contents_of(zip_of(a_pack(finished, cast.auditor, at), tmp_path))
    kinds = {row["kind"] for row in json.loads(members["manifest.json"])["files"]}

    assert "document" in kinds
    assert not kinds & {"evidence", "service", "words"}
    everything = b"".join(members.values())
    assert "连续旷工".encode() not in everything
    assert cast.employment["leaver"].person.id_number.encode() not in everything


def test_nor_what_the_law_found_where_that_may_tell_of_a_protection(finished, cast, at, tmp_path) -> None:
    with transaction.atomic():
        finished.note(events.FindingExplained, by=cast.legal, at=at, gate="submit", code="W_PROTECTED")

    theirs, legals = (
        contents_of(zip_of(a_pack(finished, reader, at), tmp_path))["record/events.jsonl"].decode()
        for reader in (cast.auditor, cast.legal)
    )

    assert "W_PROTECTED" in legals
    assert "W_PROTECTED" not in theirs and "finding_explained" not in theirs


def test_each_step_is_an_event_and_only_its_reader_opens_it(finished, cast, at) -> None:
    pack = a_pack(finished, cast.hr_manager, at)
    path = f"{finished.url}evidence-packs/{pack.pk}/download/"

    answer = sign_in(cast.hr_manager).post(path)

    assert b"".join(answer.streaming_content)[:2] == b"PK"
    kinds = ["evidence_pack_asked", "evidence_pack_made", "evidence_pack_taken"]
    told = Event.objects.filter(kind__contains="evidence_pack").order_by("id")
    assert [event.kind.rsplit(".", 1)[1] for event in told] == kinds
    assert told.last().payload["sha256"] == pack.sha256
    assert sign_in(cast.legal).post(path).status_code == 404
    assert sign_in(cast.hrbp).post(path).status_code == 403


def test_the_page_tells_how_far_it_is(finished, cast, at) -> None:
    browser = sign_in(cast.legal)
    asked = browser.post(f"{finished.url}evidence-packs/")
    again = browser.post(f"{finished.url}evidence-packs/")

    page = browser.get(f"{finished.url}evidence-packs/").content.decode()
    assert (asked.status_code, again.status_code) == (302, 302)
    assert page.count("正在汇集") == 1
    ops.make_packs(at=at)
    assert "下载" in browser.get(f"{finished.url}evidence-packs/").content.decode()
    assert f"{finished.url}evidence-packs/" in browser.get(finished.url).content.decode()


def test_the_same_by_api(finished, cast, at) -> None:
    path, api = f"/api/v1/cases/{finished.pk}/evidence-packs/", api_client(cast.legal)

    made = api.post(path, HTTP_IDEMPOTENCY_KEY="a")
    early = api.post(f"{path}{made.json()['id']}/download/", HTTP_IDEMPOTENCY_KEY="b")
    ops.make_packs(at=at)

    assert (made.status_code, made.json()["state"], early.status_code) == (201, "asked", 409)
    assert api.get(path).json()["results"][0]["state"] == "ready"
    file = api.post(f"{path}{made.json()['id']}/download/", HTTP_IDEMPOTENCY_KEY="c")
    assert file.headers["Content-Type"] == "application/zip"


def test_made_twice_it_is_made_once(finished, cast, at) -> None:
    pack = a_pack(finished, cast.hr_manager, at)

    assert make_pack(pack.pk, at=at) is False
    assert Event.objects.filter(kind="offboarding.case.evidence_pack_made").count() == 1


def test_it_is_deleted_after_a_week(finished, cast, at) -> None:
    pack = a_pack(finished, cast.hr_manager, at)

    ops.make_packs(at=at + timedelta(days=8))

    pack.refresh_from_db()
    assert (pack.state, pack.file_key) == ("gone", "")
    with pytest.raises(WrongState):
        ops.take_pack(pack=pack, by=cast.hr_manager, at=at)


def test_what_breaks_is_given_up_and_said(finished, cast, at, monkeypatch) -> None:
    pack = ops.ask_pack(case=finished, by=cast.hr_manager, at=at)
    monkeypatch.setattr("offboarding.pack.contents.pieces", lambda *_, **__: 1 / 0)

    for _ in range(5):
        ops.make_packs(at=at)

    pack.refresh_from_db()
    assert pack.state == "failed"


def test_there_is_none_of_a_draft_and_none_for_the_person(finished, cast, at) -> None:
    draft = a_dismissal_draft(cast, at, who="successor")

    with pytest.raises(WrongState):
        ops.ask_pack(case=draft, by=cast.hr_manager, at=at)
    with pytest.raises(Forbidden):
        ops.ask_pack(case=finished, by=cast.leaver, at=at)


def test_the_command_writes_it_to_a_file(finished, cast, at, tmp_path) -> None:
    target = tmp_path / "out.zip"

    call_command("evidence_pack", finished.number, as_user=cast.legal.username, to=target)

    with translation.override("zh-hans"):
        assert verdict(target, key_of_the_mails()) == "verified"


def contents_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def forge(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "forged.zip"
    verify.write_zip(path, list(members), members.__getitem__)
    return path


def verdict(path: Path, key: str) -> str:
    """The same script inside this process: a thousand forgeries need no thousand processes."""
    try:
        verify.verify(path, key)
    except verify.Rejected:
        return "rejected"
    return "verified"


def test_the_statement_is_spelt_as_the_product_signs_it(packed) -> None:
    text = contents_of(packed[0])[verify.CHECKPOINT].decode()

    assert Statement.of_json(text).is_signed()
