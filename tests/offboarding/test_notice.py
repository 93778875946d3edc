"""The notice of termination: after the union, before the proof of service, hidden from its person until told."""

import pytest

from ehr import documents, record
from ehr.documents.models import Document
from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.notice_paper import article_words, facts_of
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved, done, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def dismissal(cast, at):
    return approved(a_dismissal(cast, at), at)


@pytest.fixture
def ready(dismissal, cast, at):
    done(dismissal, cast, at, "union_notice")
    return dismissal


def issued(case, cast, at) -> Document:
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)
    return notice


def test_it_waits_for_the_union(cast, at, dismissal) -> None:
    with pytest.raises(Refused) as refusal:
        ops.issue_notice(case=dismissal, by=cast.hr_manager, at=at)

    assert (refusal.value.code, refusal.value.article) == ("B_NO_UNION_NOTICE", "LCL 43")
    assert not Document.objects.exists()


def test_it_says_the_facts_the_article_and_the_way_to_a_remedy(cast, at, ready) -> None:
    notice = ops.issue_notice(case=ready, by=cast.hr_manager, at=at)

    assert notice.state == "waiting"
    assert notice.context["facts"] == ["连续旷工三天, 两次书面警告。"]
    assert notice.context["article"] == "第三十九条第（二）项"
    assert notice.context["union_step"] == "公司已于2026年5月18日将解除理由书面通知工会。"
    assert notice.context["arbitration"].endswith("劳动人事争议仲裁委员会")
    event = Event.objects.get(kind="offboarding.case.notice_prepared")
    assert event.payload["document_number"] == notice.number


def test_there_is_one(cast, at, ready) -> None:
    ops.issue_notice(case=ready, by=cast.hr_manager, at=at)

    with pytest.raises(WrongState):
        ops.issue_notice(case=ready, by=cast.hr_manager, at=at)


@pytest.mark.parametrize("kind", ["resignation", "mutual_agreement"])
def test_other_endings_have_none(cast, at, kind) -> None:
    if kind == "resignation":
        case = approved(a_resignation(cast, at), at)
    else:
        case = approved(a_dismissal(cast, at, kind=kind, ground="LCL36_EMPLOYER"), at)

    with pytest.raises(WrongState):
        ops.issue_notice(case=case, by=cast.hr_manager, at=at)


def test_its_person_cannot_write_it(cast, at, ready) -> None:
    with pytest.raises(Forbidden):
        ops.issue_notice(case=ready, by=cast.leaver, at=at)


def test_its_person_sees_it_once_told(cast, at, ready) -> None:
    notice = issued(ready, cast, at)
    assert notice not in Document.objects.visible_to(cast.leaver)

    ops.tell_in_person(case=ready, by=cast.hr_manager, at=at)

    assert notice in Document.objects.visible_to(cast.leaver)


def test_sealed_after_the_talk_it_shows_at_once(cast, at, ready) -> None:
    notice = ops.issue_notice(case=ready, by=cast.hr_manager, at=at)
    ops.tell_in_person(case=ready, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)

    record.deliver_all()

    assert notice in Document.objects.visible_to(cast.leaver)


def test_the_proof_of_service_names_it(cast, at, ready) -> None:
    notice = issued(ready, cast, at)

    proof = served(ready, cast, at, method="ems", reference="EMS 1")

    assert proof.document == notice


def test_an_unsealed_notice_cannot_be_served(cast, at, ready) -> None:
    ops.issue_notice(case=ready, by=cast.hr_manager, at=at)

    with pytest.raises(Refused) as refusal:
        served(ready, cast, at)

    assert refusal.value.code == "B_NOTICE_NOT_SEALED"


def test_given_up_the_notice_no_longer_counts(cast, at, ready) -> None:
    notice = issued(ready, cast, at)

    ops.withdraw(case=ready, reason="误会", by=cast.hr_manager, at=at)

    notice.refresh_from_db()
    assert notice.state == "revoked"


def test_the_page_offers_it_in_its_order(cast, at, ready) -> None:
    browser = sign_in(cast.hr_manager)
    before = browser.get(ready.url).content.decode()
    order = before.split('class="p-order"')[1].split("</ol>")[0]
    assert order.count('data-state="done"') == 2  # decided, union
    assert "出具通知书" in before

    assert browser.post(f"{ready.url}notice/").status_code == 302

    after = browser.get(ready.url).content.decode()
    assert "待盖章" in after
    assert "出具通知书" not in after


def test_the_same_by_api(cast, at, dismissal) -> None:
    caller, path = api_client(cast.hr_manager), f"/api/v1/cases/{dismissal.pk}/notice/"
    refused = caller.post(path, HTTP_IDEMPOTENCY_KEY="a")
    assert (refused.status_code, refused.json()["code"]) == (422, "B_NO_UNION_NOTICE")

    done(dismissal, cast, at, "union_notice")
    made = caller.post(path, HTTP_IDEMPOTENCY_KEY="b")

    assert (made.status_code, made.json()["kind"]) == (201, "termination_notice")
    assert caller.post(path, HTTP_IDEMPOTENCY_KEY="c").status_code == 409


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        ("LCL39_6", "第三十九条第（六）项"),
        ("LCL40_3", "第四十条第（三）项"),
        ("LCL41_1", "第四十一条第一款第（一）项"),
        ("LCL37", ""),
    ],
)
def test_the_article_in_the_laws_words(ground, words) -> None:
    assert article_words(ground) == words


def test_each_line_and_clause_is_a_fact() -> None:
    assert facts_of("3月2日旷工；3月3日旷工。\n\n 3月5日书面警告 ") == [
        "3月2日旷工。",
        "3月3日旷工。",
        "3月5日书面警告。",
    ]


def test_the_page_names_the_step_that_was_reached(cast, at, dismissal) -> None:
    browser = sign_in(cast.hr_manager)
    assert "已批准" in browser.get(dismissal.url).content.decode()

    done(dismissal, cast, at, "union_notice")
    assert "已告知工会" in browser.get(dismissal.url).content.decode()

    issued(dismissal, cast, at)
    assert "已出具通知" in browser.get(dismissal.url).content.decode()
