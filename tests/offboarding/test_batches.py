"""Endings of several people at once: the list as one for the layoff guard, each for itself before the law."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.errors import Refused
from ehr.record.models import Event
from employees.models import ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Batch, Case, Evidence, LawCheck
from offboarding.operations import asking_law
from offboarding.queries.batches import lines_to_work_on
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed
from tests.factories.offboarding import a_resignation, add_paper, proven

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def question(at: Any, **given: Any) -> Any:
    said = {
        "kind": "dismissal",
        "ground": "LCL39_2",
        "reason": "连续旷工三天",
        "last_day": at.date() + timedelta(days=40),
    }
    return ops.Question(**(said | given))


def people(cast: Any, *names: str) -> list[Any]:
    return [cast.employment[name] for name in names or ("leaver", "successor")]


def opened(cast: Any, at: Any, *names: str, by: str = "hr_manager", **given: Any) -> Batch:
    return ops.open_batch(employments=people(cast, *names), question=question(at, **given), by=cast.users[by], at=at)


def codes(rehearsal: Any) -> list[list[str]]:
    return [[each.code for each in row.findings] for row in rehearsal.rows]


def send(batch: Batch, cast: Any, at: Any) -> list[tuple[str, str]]:
    tried = ops.submit_batch(lines=lines_to_work_on(cast.hr_manager, batch), by=cast.hr_manager, at=at)
    return [(line.code, line.case.state) for line in tried]


def test_a_rehearsal_says_what_a_case_would_and_leaves_nothing_behind(cast, at) -> None:
    rehearsal = ops.rehearse_batch(employments=people(cast), question=question(at), by=cast.hr_manager, at=at)

    batch = opened(cast, at)
    assert codes(rehearsal) == [[each["code"] for each in line.found] for line in batch.lines.all()]
    assert "B_MISSING_EVIDENCE:E_RULEBOOK" in codes(rehearsal)[0]
    assert Case.objects.count() == 2
    assert Event.objects.filter(kind="offboarding.batch.opened").count() == 1


def test_a_list_is_opened_whole_or_not_at_all(cast, at) -> None:
    a_resignation(cast, at, "successor")
    before = Case.objects.count()

    with pytest.raises(Refused) as refusal:
        opened(cast, at)

    assert (refusal.value.code, refusal.value.field) == ("B_BATCH_STOPPED", "numbers")
    assert (Case.objects.count(), Batch.objects.count()) == (before, 0)


def test_each_is_sent_for_itself_with_a_line_of_its_own(cast, at) -> None:
    batch = opened(cast, at)
    proven(Case.objects.get(employment=cast.employment["leaver"]), at)

    assert send(batch, cast, at) == [("", "in_approval"), ("B_MISSING_EVIDENCE:E_MISCONDUCT_FACTS", "draft")]

    proven(Case.objects.get(employment=cast.employment["successor"]), at)
    assert send(batch, cast, at) == [("", "in_approval")]


def test_the_same_person_on_two_lists_is_sent_once(cast, at) -> None:
    first, second = opened(cast, at), opened(cast, at)
    for case in Case.objects.all():
        proven(case, at)
    send(first, cast, at)

    assert send(second, cast, at) == [("wrong_state", "draft")] * 2


def test_a_draft_is_overtaken_by_a_resignation(cast, at) -> None:
    batch = opened(cast, at)
    for case in Case.objects.all():
        proven(case, at)
    a_resignation(cast, at, "leaver")

    assert send(batch, cast, at) == [("wrong_state", "draft"), ("", "in_approval")]


def test_a_ground_of_another_kind_is_refused_for_the_whole_list(cast, at) -> None:
    for deed in (ops.rehearse_batch, ops.open_batch):
        with pytest.raises(Refused) as refusal:
            deed(employments=people(cast), question=question(at, ground="LCL41_2"), by=cast.hr_manager, at=at)
        assert (refusal.value.code, refusal.value.field) == ("B_GROUND_NOT_LEGAL", "ground")
    assert not Case.objects.exists()


def test_a_person_on_two_lists_counts_once_for_the_layoff_guard(cast, at) -> None:
    """Else ten people listed twice would be a layoff (LCL 41)."""
    crowd = [employed(f"同事{nth}", unit=cast.unit["sales_unit"]) for nth in range(110)]
    asked = question(at, kind="layoff", ground="LCL41_2", reason="生产经营严重困难")

    for _twice in range(2):
        batch = ops.open_batch(employments=crowd[:10], question=asked, by=cast.hr_manager, at=at)
    rehearsal = ops.rehearse_batch(employments=crowd[:10], question=asked, by=cast.hr_manager, at=at)

    assert [each.count for each in rehearsal.layoffs.values()] == [10]
    assert all("B_41_THRESHOLD_NOT_MET" in row for row in codes(rehearsal))
    assert "B_41_THRESHOLD_NOT_MET" in [each["code"] for each in batch.lines.first().found]


def test_a_question_beside_drafts_counts_nobody_twice(cast, at) -> None:
    crowd = [employed(f"同事{nth}", unit=cast.unit["sales_unit"]) for nth in range(110)]
    asked = question(at, kind="layoff", ground="LCL41_2", reason="生产经营严重困难")
    ops.open_batch(employments=crowd[:10], question=asked, by=cast.hr_manager, at=at)

    answers = ops.ask_law(employments=crowd[:10], question=asked, by=cast.legal, at=at)

    assert all("B_41_THRESHOLD_NOT_MET" in [each.code for each in answer.in_the_way] for answer in answers)


def test_the_list_counts_as_one_for_the_layoff_guard(cast, at) -> None:
    twenty = [employed(f"员工{nth}", unit=cast.unit["sales_unit"]) for nth in range(20)]
    asked = question(at, kind="mutual_agreement", ground="LCL36_EMPLOYER", reason="业务收缩")

    rehearsal = ops.rehearse_batch(employments=twenty, question=asked, by=cast.hr_manager, at=at)

    [mass] = rehearsal.layoffs.values()
    assert (mass.count, mass.threshold_hit, mass.codes) == (20, True, ("W_PATTERN_LAYOFF",))
    assert all("W_PATTERN_LAYOFF" in row for row in codes(rehearsal))


def test_what_legal_asks_about_a_list_is_counted_as_one(cast, at) -> None:
    twenty = [employed(f"员工{nth}", unit=cast.unit["sales_unit"]) for nth in range(20)]
    asked = question(at, kind="mutual_agreement", ground="LCL36_EMPLOYER", reason="业务收缩")

    answers = ops.ask_law(employments=twenty, question=asked, by=cast.legal, at=at)

    assert all("W_PATTERN_LAYOFF" in [each.code for each in answer.in_the_way] for answer in answers)


def test_a_list_tells_of_no_protection_before_it_is_sent(cast, at) -> None:
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind="maternity", start_date=at.date()
    )
    asked = question(at, ground="LCL40_2", reason="两次考核不合格")

    rehearsal = ops.rehearse_batch(employments=people(cast, "leaver"), question=asked, by=cast.hr_manager, at=at)
    batch = opened(cast, at, "leaver", ground="LCL40_2", reason="两次考核不合格")
    proven(Case.objects.get(employment=employment), at)
    ops.check_batch(batch=batch, at=at)

    told = [*codes(rehearsal)[0], *(each["code"] for each in batch.lines.get().found)]
    assert not [code for code in told if "PROTECT" in code]
    assert not LawCheck.objects.exists()
    assert send(batch, cast, at) == [("to_legal", "draft")]
    assert LawCheck.objects.get().employment == employment
    assert "受法律保护" not in sign_in(cast.hr_manager).get(batch.url).content.decode()


def test_a_list_however_long_is_sent_as_one_question(cast, at, monkeypatch) -> None:
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 1)
    batch = opened(cast, at)
    other = opened(cast, at, "head")
    for case in Case.objects.all():
        proven(case, at)

    assert send(batch, cast, at) == [("", "in_approval")] * 2
    assert Event.objects.filter(kind="offboarding.law.asked").count() == 2
    assert send(other, cast, at) == [("B_TOO_MANY_CHECKS", "draft")]
    assert send(other, cast, at + timedelta(minutes=61)) == [("", "in_approval")]


def test_who_is_sent_again_within_the_hour_is_a_question_of_their_own(cast, at, monkeypatch) -> None:
    """Else a list would be the way to try who is protected."""
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 2)
    batch = opened(cast, at)
    missing = ("B_MISSING_EVIDENCE:E_MISCONDUCT_FACTS", "draft")

    assert send(batch, cast, at) == [missing] * 2
    assert send(batch, cast, at + timedelta(minutes=1)) == [missing, ("B_TOO_MANY_CHECKS", "draft")]
    assert send(opened(cast, at), cast, at + timedelta(minutes=2)) == [("B_TOO_MANY_CHECKS", "draft")] * 2


def test_nobody_reads_what_was_found_about_their_own_ending(cast, at) -> None:
    """That a contract runs out is no secret, and its person may hold a role over the case."""
    batch = opened(cast, at, "hr_manager", "leaver", by="hrbp", kind="expiry", ground="LCL44_1", reason="合同到期")
    hr = api_client(cast.hr_manager)

    lines = hr.get(f"/api/v1/batches/{batch.pk}/").json()["lines"]

    mine = cast.employment["hr_manager"].employee_number
    assert [line["employee_number"] for line in lines] == [cast.employment["leaver"].employee_number]
    assert mine not in sign_in(cast.hr_manager).get(batch.url).content.decode()
    content = b"%PDF-1.7 notice"
    paper = {"name": "n.pdf", "size": len(content), "content": BytesIO(content), "by": cast.hr_manager, "at": at}
    workable = lines_to_work_on(cast.hr_manager, batch)
    assert ops.add_batch_evidence(batch=batch, lines=workable, paper="E_RENEWAL_OFFER", dated=at.date(), **paper) == 1


def test_what_two_send_at_once_is_sent_once_and_told_once(cast, at) -> None:
    batch = opened(cast, at, "leaver")
    proven(Case.objects.get(), at)
    theirs = lines_to_work_on(cast.hr_manager, batch)
    send(batch, cast, at)

    assert ops.submit_batch(lines=theirs, by=cast.hr_manager, at=at) == []
    assert batch.lines.get().code == ""


def test_a_paper_that_was_added_takes_the_old_refusal_away(cast, at) -> None:
    batch = opened(cast, at, "leaver")
    assert send(batch, cast, at) == [("B_MISSING_EVIDENCE:E_MISCONDUCT_FACTS", "draft")]
    proven(Case.objects.get(), at)

    ops.check_batch(batch=batch, at=at)

    line = batch.lines.get()
    assert (line.code, line.article) == ("", "")


def test_one_paper_is_added_to_all_or_to_none(cast, at) -> None:
    batch = opened(cast, at)
    content = b"%PDF-1.7 rulebook"
    paper = {"name": "rule.pdf", "size": len(content), "content": BytesIO(content), "by": cast.hr_manager, "at": at}
    lines = lines_to_work_on(cast.hr_manager, batch)

    added = ops.add_batch_evidence(batch=batch, lines=lines, paper="E_RULEBOOK", dated=at.date(), **paper)

    assert added == 2
    assert set(Evidence.objects.values_list("sha256", "size")) == {(Evidence.objects.first().sha256, len(content))}
    assert [each.payload["sha256"] for each in Event.objects.filter(kind="offboarding.case.evidence_added")] == [
        Evidence.objects.first().sha256
    ] * 2
    assert "B_MISSING_EVIDENCE:E_RULEBOOK" not in [each["code"] for each in batch.lines.first().found]
    with pytest.raises(Refused):
        tomorrow = at.date() + timedelta(days=1)
        ops.add_batch_evidence(batch=batch, lines=lines, paper="E_RULEBOOK", dated=tomorrow, **paper)
    assert Evidence.objects.count() == 2


def test_a_paper_for_all_of_them_is_kept_once_and_read_from_each(cast, at, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    batch = opened(cast, at)
    content = b"%PDF-1.7 rulebook"
    paper = {"name": "rule.pdf", "size": len(content), "content": BytesIO(content), "by": cast.hr_manager, "at": at}

    lines = lines_to_work_on(cast.hr_manager, batch)
    ops.add_batch_evidence(batch=batch, lines=lines, paper="E_RULEBOOK", dated=at.date(), **paper)

    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    hr = sign_in(cast.hr_manager)
    assert [b"".join(hr.get(row.url)) for row in Evidence.objects.all()] == [content] * 2


def test_a_paper_that_one_case_refuses_leaves_no_file_behind(cast, at, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    batch = opened(cast, at)
    full = Case.objects.get(employment=cast.employment["successor"])
    for _nth in range(20):
        add_paper(full, "E_RULEBOOK", at=at, dated=at.date())
    paper = {"name": "rule.pdf", "size": 8, "content": BytesIO(b"%PDF-1.7"), "by": cast.hr_manager, "at": at}

    with pytest.raises(Refused) as refusal:
        lines = lines_to_work_on(cast.hr_manager, batch)
        ops.add_batch_evidence(batch=batch, lines=lines, paper="E_RULEBOOK", dated=at.date(), **paper)

    assert refusal.value.code == "too_many_files"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == Evidence.objects.count() == 20


def posted(cast: Any, at: Any, **given: Any) -> dict[str, Any]:
    numbers = "\n".join(each.employee_number for each in people(cast))
    said = {"numbers": numbers, "kind": "dismissal", "ground": "LCL39_2", "reason": "连续旷工三天"}
    return said | {"last_day": (at.date() + timedelta(days=40)).isoformat()} | given


def test_the_pages_lead_from_the_names_to_the_result(cast, at) -> None:
    hr = sign_in(cast.hr_manager)

    looked = hr.post("/cases/batches/new/", posted(cast, at)).content.decode()
    assert "B_MISSING_EVIDENCE:E_RULEBOOK" in looked
    assert 'name="open"' in looked
    assert not Case.objects.exists()
    answer = hr.post("/cases/batches/new/", posted(cast, at, open="1"))
    batch = Batch.objects.get()
    assert answer.url == batch.url
    paper = {"paper": "E_RULEBOOK", "dated": at.date().isoformat(), "file": SimpleUploadedFile("r.pdf", b"%PDF-1.7 r")}
    assert hr.post(f"{batch.url}evidence/", paper).status_code == 302
    assert hr.post(f"{batch.url}check/").status_code == 302
    assert hr.post(f"{batch.url}submission/").status_code == 302
    shown = hr.get(batch.url).content.decode()
    assert shown.count("B_MISSING_EVIDENCE:E_MISCONDUCT_FACTS") == 2
    assert ">列明该行为属严重违纪的制度</option>" in shown
    assert batch.url in hr.get("/cases/batches/").content.decode()


def test_people_are_ticked_from_a_unit_and_an_unknown_number_stands_beside_the_field(cast, at) -> None:
    hr, number = sign_in(cast.hr_manager), cast.employment["leaver"].employee_number

    found = hr.get("/cases/batches/new/", {"q": cast.unit["sales_unit"].name}).content.decode()
    ticked = hr.post("/cases/batches/new/", posted(cast, at, numbers="", picked=[number]))
    unknown = hr.post("/cases/batches/new/", posted(cast, at, numbers="X-1"))

    assert f'value="{number}"' in found
    assert f'value="{cast.unit["sales_unit"].name}"' not in found.partition("<main")[0]
    assert 'name="q" value="林"' in hr.get("/employees/", {"q": "林"}).content.decode().partition("<main")[0]
    of_dismissals = found.partition('<optgroup label="辞退">')[2].partition("</optgroup>")[0]
    assert 'value="LCL39_1"' in of_dismissals and "LCL36" not in of_dismissals
    assert ticked.status_code == 200
    assert unknown.status_code == 422
    assert "X-1" in unknown.content.decode()


def test_a_list_page_costs_the_same_for_many(cast, at, django_assert_max_num_queries) -> None:
    names = [employed(f"员工{nth}", unit=cast.unit["sales_unit"]) for nth in range(12)]
    batch = ops.open_batch(
        employments=names,
        question=question(at, kind="mutual_agreement", ground="LCL36_EMPLOYER"),
        by=cast.hr_manager,
        at=at,
    )
    hr = sign_in(cast.hr_manager)
    hr.get(batch.url)

    with django_assert_max_num_queries(12):
        hr.get(batch.url)


def test_the_api_rehearses_opens_and_sends(cast, at) -> None:
    hr = api_client(cast.hr_manager)
    body = posted(cast, at)
    body["employee_numbers"] = body.pop("numbers").split()

    rehearsed = hr.post("/api/v1/batches/", body | {"rehearse": True}, format="json", HTTP_IDEMPOTENCY_KEY="a")
    made = hr.post("/api/v1/batches/", body, format="json", HTTP_IDEMPOTENCY_KEY="b")
    sent = hr.post(f"/api/v1/batches/{made.json()['id']}/submission/", {}, format="json", HTTP_IDEMPOTENCY_KEY="c")

    assert rehearsed.json()["can_open"] is True
    assert "B_MISSING_EVIDENCE:E_RULEBOOK" in [each["code"] for each in rehearsed.json()["rows"][0]["findings"]]
    assert [line["state"] for line in made.json()["lines"]] == ["draft", "draft"]
    assert [line["code"] for line in sent.json()["results"]] == ["B_MISSING_EVIDENCE:E_MISCONDUCT_FACTS"] * 2
    assert len(hr.get("/api/v1/batches/").json()["results"]) == 1


def test_lists_go_on_behind_a_full_page(cast, at) -> None:
    for nth in range(31):
        somebody = [employed(f"员工{nth}", unit=cast.unit["sales_unit"])]
        ops.open_batch(employments=somebody, question=question(at), by=cast.hr_manager, at=at)
    hr, first = sign_in(cast.hr_manager), Batch.objects.earliest("id")

    page = hr.get("/cases/batches/")
    behind = hr.get("/cases/batches/", {"after": page.context["next"]}).content.decode()
    told = api_client(cast.hr_manager).get("/api/v1/batches/", {"page_size": 30}).json()

    assert first.url not in page.content.decode()
    assert first.url in behind
    assert len(told["results"]) == 30
    assert told["next"]


def test_the_api_names_the_number_that_nobody_has(cast, at) -> None:
    numbers = ["X-1", cast.employment["leaver"].employee_number]
    body = {name: value for name, value in posted(cast, at).items() if name != "numbers"} | {
        "employee_numbers": numbers
    }

    answer = api_client(cast.hr_manager).post("/api/v1/batches/", body, format="json", HTTP_IDEMPOTENCY_KEY="a").json()

    assert answer["code"] == "B_NOBODY_FOUND"
    assert "X-1" in str(answer) and "employee_numbers" in str(answer)
    assert cast.employment["leaver"].employee_number not in str(answer)
