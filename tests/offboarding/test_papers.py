"""The papers HR issues from a case: complete or not at all, one of each, reissued with their history."""

import re
import subprocess
from decimal import Decimal
from typing import Any

import pytest

from ehr import documents
from ehr.documents import queries as paper_queries
from ehr.documents import rendering
from ehr.documents.models import Document
from ehr.errors import Forbidden, Refused, WrongState
from employees.models import Person
from offboarding import operations as ops
from offboarding import reason_paper
from offboarding.models import GroundName
from offboarding.notice_paper import article_words
from offboarding.queries import papers as queries
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEPT = {"papers_kept": "离职后三年", "contact_kept": "离职后一年", "privacy_contact": "人力资源部"}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(cast: Any, at: Any) -> Any:
    Person.objects.filter(pk=cast.employment["leaver"].person_id).update(name="㛃䶮𠮷")
    return approved(a_resignation(cast, at), at)


def issue(case: Any, cast: Any, at: Any, kind: str = "retention_notice", given: Any = KEPT, **more: Any) -> Document:
    return ops.issue_paper(case=case, kind=kind, given=given, by=cast.hr_manager, at=at, **more)


def words(document: Document, at: Any, tmp_path: Any) -> str:
    made = rendering.render(document.pk, at=at)
    (tmp_path / "paper.pdf").write_bytes((tmp_path / made.file_key).read_bytes())
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())


def test_a_missing_field_stops_it_and_says_where_it_is_filled_in(cast: Any, at: Any, case: Any) -> None:
    with pytest.raises(Refused) as refusal:
        issue(case, cast, at, given=KEPT | {"privacy_contact": "  "})

    assert (refusal.value.code, refusal.value.field) == ("B_MISSING_FIELD", "privacy_contact")
    assert not Document.objects.exists()
    assert [field.name for field in queries.missing_of(case, "retention_notice", given={})] == [
        "papers_kept",
        "contact_kept",
        "privacy_contact",
    ]


def test_rare_characters_and_every_field_are_printed(cast: Any, at: Any, case: Any, tmp_path: Any) -> None:
    paper = issue(case, cast, at)
    documents.release(paper, by=cast.document_clerk, at=at)

    found = words(paper, at, tmp_path)

    for said in ("㛃䶮𠮷", *KEPT.values(), paper.number):
        assert said in found
    assert not re.search(r"[{}]|None", found)


def test_what_is_typed_is_printed_and_never_run(cast: Any, at: Any, case: Any, tmp_path: Any) -> None:
    paper = issue(case, cast, at, given=KEPT | {"privacy_contact": "{{ name }}<b>{% now 'Y' %}"})
    documents.release(paper, by=cast.document_clerk, at=at)

    assert "{{name}}<b>{%now'Y'%}" in words(paper, at, tmp_path)


def test_a_second_one_is_a_reissue(cast: Any, at: Any, case: Any) -> None:
    first = issue(case, cast, at)
    with pytest.raises(WrongState):
        issue(case, cast, at)
    documents.release(first, by=cast.document_clerk, at=at)

    again = ops.reissue_paper(document=first, case=case, given={"papers_kept": "五年"}, by=cast.hr_manager, at=at)
    documents.release(again, by=cast.document_clerk, at=at)

    first.refresh_from_db()
    assert (first.state, again.edition, again.supersedes_id) == ("superseded", 2, first.pk)
    assert again.number != first.number
    assert (again.context["papers_kept"], again.context["contact_kept"]) == ("五年", "离职后一年")
    assert paper_queries.answer_for(first.verify_code, at=at).icon == "refresh-alert"
    assert [row.pk for row in queries.history_of(cast.hr_manager, case)] == [again.pk, first.pk]


def test_an_exit_that_was_taken_back_gets_no_paper_and_the_page_says_so(cast: Any, at: Any, case: Any) -> None:
    first = issue(case, cast, at)
    documents.release(first, by=cast.document_clerk, at=at)
    case.withdraw(consent=True, by=cast.hr_manager, at=at)

    page = sign_in(cast.hr_manager).get(f"/cases/{case.pk}/papers/").content.decode()

    with pytest.raises(WrongState):
        issue(case, cast, at, kind="noncompete_notice", variant="waive")
    with pytest.raises(WrongState):
        ops.reissue_paper(document=first, case=case, given={}, by=cast.hr_manager, at=at)
    assert "该离职已不再进行" in page
    assert first.number in page and "/reissue/" not in page


def test_only_the_papers_of_this_exit(cast: Any, at: Any, case: Any) -> None:
    with pytest.raises(Refused) as refusal:
        issue(case, cast, at, kind="layoff_report")

    assert refusal.value.code == "B_NO_SUCH_PAPER"


def test_nobody_issues_a_paper_about_themself(cast: Any, at: Any, case: Any) -> None:
    with pytest.raises(Forbidden):
        ops.issue_paper(case=case, kind="retention_notice", given=KEPT, by=cast.employment["leaver"].person.user, at=at)


def test_a_letter_to_the_union_never_becomes_its_persons_to_see(cast: Any, at: Any) -> None:
    dismissal = approved(a_dismissal(cast, at), at)
    letter = issue(dismissal, cast, at, kind="union_letter", given={"union_name": "工会", "answer_by": "2026-05-25"})
    documents.release(letter, by=cast.document_clerk, at=at)

    letter.show(by=None, at=at)

    assert not Document.objects.visible_to(cast.employment["leaver"].person.user).exists()
    assert letter.context["facts"] == ["连续旷工三天, 两次书面警告。"]


def test_the_notice_takes_the_text_of_its_ground(cast: Any, at: Any) -> None:
    from tests.factories.offboarding import done

    dismissal = approved(a_dismissal(cast, at), at)
    done(dismissal, cast, at, "union_notice")

    notice = issue(dismissal, cast, at, kind="termination_notice", given={"rule_clause": "第九条"})

    assert (notice.text.kind, notice.text.variant) == ("termination_notice", "LCL39_2")
    assert "第九条规定的严重违纪" in re.sub(r"<[^>]+>", "", rendering.html_of(notice))


def test_by_api_what_is_missing_the_preview_and_the_paper(cast: Any, at: Any, case: Any) -> None:
    client = api_client(cast.hr_manager)
    key = (f"key-{nth}" for nth in range(9))
    url = f"/api/v1/cases/{case.pk}/papers/"

    rows = {row["kind"]: row for row in client.get(url).json()["results"]}
    refused = client.post(
        url, {"kind": "retention_notice", "fields": {}}, format="json", headers={"Idempotency-Key": next(key)}
    )
    asked = {"kind": "retention_notice", "fields": KEPT, "bilingual": True}
    preview = client.post(f"{url}preview/", asked, format="json", headers={"Idempotency-Key": next(key)})
    made = client.post(url, asked, format="json", headers={"Idempotency-Key": next(key)})

    assert [one["name"] for one in rows["retention_notice"]["variants"][0]["missing"]] == list(KEPT)
    assert refused.status_code == 422
    assert refused.json()["code"] == "B_MISSING_FIELD"
    assert b"".join(preview).startswith(b"%PDF")
    assert made.status_code == 201, made.content
    assert Document.objects.get().context["bilingual"] is True


def test_in_the_browser_the_preview_names_what_is_missing(cast: Any, at: Any, case: Any) -> None:
    client = sign_in(cast.hr_manager)
    url = f"/cases/{case.pk}/papers/retention_notice/"

    listed = client.get(f"/cases/{case.pk}/papers/").content.decode()
    page = client.get(url).content.decode()
    fragment = client.post(f"{url}preview/", KEPT).content.decode()
    sent = client.post(url, KEPT)

    assert url in listed
    assert "【" in page
    assert "HC-2026-000001" not in page
    assert "【" not in fragment
    assert sent.status_code == 302
    assert Document.objects.get().kind == "retention_notice"


def decided(case: Any, cast: Any, at: Any, **said: Any) -> None:
    clause = ops.Clause(basis="confidentiality", months=12, monthly=Decimal(9000), reason="双方已书面确认")
    ops.decide_non_compete(case=case, clause=clause, by=cast.legal, at=at, **said)


def test_the_notice_of_a_non_compete_says_what_is_on_file(cast: Any, at: Any, case: Any, tmp_path: Any) -> None:
    decided(case, cast, at, decision="activate")
    given = {"agreement_date": "2022-03-14", "nc_pay_day": "15", "nc_amount": "1.00"}

    paper = issue(case, cast, at, kind="noncompete_notice", given=given)
    documents.release(paper, by=cast.document_clerk, at=at)

    found = words(paper, at, tmp_path)
    for said in ("2026年6月18日", "2027年6月17日", "9,000.00", "2022年3月14日"):
        assert said in found
    assert not re.search(r"[{}]|None", found)


@pytest.mark.parametrize(
    ("decision", "variant", "code"),
    [
        (None, "waive", "B_NC_UNDECIDED"),
        ("activate", "waive", "B_NC_CONTRADICTED"),
        ("waive", "activate", "B_NC_CONTRADICTED"),
        ("none", "waive", "B_NC_CONTRADICTED"),
    ],
)
def test_a_notice_that_contradicts_the_decision_is_refused(
    cast: Any, at: Any, case: Any, decision: Any, variant: str, code: str
) -> None:
    if decision:
        decided(case, cast, at, decision=decision)

    with pytest.raises(Refused) as refusal:
        issue(case, cast, at, kind="noncompete_notice", variant=variant)

    assert refusal.value.code == code
    answer = api_client(cast.hr_manager).post(
        f"/api/v1/cases/{case.pk}/papers/",
        {"kind": "noncompete_notice", "variant": variant, "fields": {}},
        format="json",
        headers={"Idempotency-Key": "one"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_notice_overtaken_by_another_decision_is_not_issued_again(cast: Any, at: Any, case: Any) -> None:
    decided(case, cast, at, decision="activate")
    given = {"agreement_date": "2022-03-14", "nc_pay_day": "15"}
    first = issue(case, cast, at, kind="noncompete_notice", given=given)
    documents.release(first, by=cast.document_clerk, at=at)
    decided(case, cast, at, decision="waive")

    with pytest.raises(Refused) as refusal:
        ops.reissue_paper(document=first, case=case, given={}, by=cast.hr_manager, at=at)

    assert refusal.value.code == "B_NC_CONTRADICTED"


def test_the_list_offers_the_notice_once_it_is_decided(cast: Any, at: Any, case: Any) -> None:
    url, client = f"/cases/{case.pk}/papers/", sign_in(cast.hr_manager)
    assert "noncompete_notice" not in client.get(url).content.decode()

    decided(case, cast, at, decision="waive")

    assert "noncompete_notice" in client.get(url).content.decode()
    assert "不要求您履行竞业限制义务" in client.get(f"{url}noncompete_notice/").content.decode()


def test_the_days_of_the_notice_on_data_are_those_of_the_duties(cast: Any, at: Any, case: Any) -> None:
    paper = issue(case, cast, at)

    kept = {key: paper.context[key] for key in ("contract_kept_until", "wages_kept_until")}
    assert kept == {"contract_kept_until": "2028-06-17", "wages_kept_until": "2028-06-17"}


@pytest.mark.parametrize("ground", GroundName.values)
def test_for_every_ground_there_are_words_and_an_article(ground: str) -> None:
    assert reason_paper.WORDS[ground] and reason_paper.ENGLISH[ground]
    assert ground in reason_paper.ARTICLES or article_words(ground)


def test_the_reason_is_stated_on_request_as_often_as_it_is_asked_for(
    cast: Any, at: Any, case: Any, tmp_path: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        issue(case, cast, at, kind="reason_statement", given={})
    assert refusal.value.field == "request_date"
    asked = {"request_date": "2026-06-01"}

    issue(case, cast, at, kind="reason_statement", given=asked)
    second = issue(case, cast, at, kind="reason_statement", given=asked, bilingual=True)
    documents.release(second, by=cast.document_clerk, at=at)

    found = words(second, at, tmp_path)
    for said in ("2026年6月1日", "2026年6月17日", "第三十七条", "您依法提前通知公司解除劳动合同", second.number):
        assert said in found
    for said in ("1June2026", "dissolvedon17June2026", "Yougavenoticeasthelawprovides"):
        assert said in found
    assert not re.search(r"[{}]|None", found)


def test_over_the_api_too_the_reason_is_stated_only_with_the_day_it_was_asked_for(
    cast: Any, at: Any, case: Any
) -> None:
    client, url = api_client(cast.hr_manager), f"/api/v1/cases/{case.pk}/papers/"
    told = [
        client.post(
            url, {"kind": "reason_statement", "fields": fields}, format="json", headers={"Idempotency-Key": f"k{nth}"}
        ).status_code
        for nth, fields in enumerate([{}, {"request_date": "2026-06-01"}, {"request_date": "2026-06-03"}])
    ]

    assert told == [422, 201, 201]
