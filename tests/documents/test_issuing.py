import threading
from typing import Any

import pytest
from django.db import connection, transaction

from ehr import access, deadlines, documents, record
from ehr.documents import issuing
from ehr.documents.models import Document, DocumentState, StandingRelease
from ehr.errors import Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_numbers_run_without_a_gap_per_company_kind_and_year(issue: Any) -> None:
    numbers = [issue().number for _ in range(3)] + [issue(kind="test_letter").number]

    assert numbers == ["HC-ZM-2026-000001", "HC-ZM-2026-000002", "HC-ZM-2026-000003", "HC-TX-2026-000001"]


def test_a_paper_that_is_not_committed_gives_its_number_back(issue: Any) -> None:
    issue()
    with pytest.raises(RuntimeError), transaction.atomic():
        issue()
        raise RuntimeError

    assert issue().number == "HC-ZM-2026-000002"


def test_the_year_of_the_number_is_the_year_in_beijing(issue: Any) -> None:
    from datetime import UTC, datetime

    assert issue(at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC)).number == "HC-ZM-2027-000001"


def test_a_sealed_paper_waits_for_a_document_clerk(issue: Any, cast: Any) -> None:
    document = issue()

    assert document.state == DocumentState.WAITING
    waiting = deadlines.Deadline.objects.still_open().get(subject=record.ref(document))
    assert waiting.role == access.Role.DOCUMENT_CLERK


def test_release_issues_it_and_closes_the_clerks_duty(issue: Any, cast: Any, at: Any) -> None:
    document = issue()

    issuing.release(document, by=cast.document_clerk, at=at)

    assert Document.objects.get().state == DocumentState.ISSUED
    assert not deadlines.Deadline.objects.still_open().filter(subject=record.ref(document)).exists()


def test_a_standing_release_for_resignations_seals_at_once_and_only_those(issue: Any, cast: Any, at: Any) -> None:
    StandingRelease.give(
        entity=cast.employer, kind="certificate", occasion="resignation", by=cast.document_clerk, at=at
    )

    assert issue(occasion="resignation").state == DocumentState.ISSUED
    assert issue(occasion="dismissal").state == DocumentState.WAITING


def test_an_ended_standing_release_covers_nothing_any_more(issue: Any, cast: Any, at: Any) -> None:
    release = StandingRelease.give(entity=cast.employer, kind="certificate", occasion="resignation", by=None, at=at)
    release.end(by=cast.document_clerk, at=at)

    assert issue(occasion="resignation").state == DocumentState.WAITING


def test_a_paper_with_a_blank_field_gets_no_number(issue: Any) -> None:
    from tests.documents.conftest import CONTEXT

    with pytest.raises(Refused) as refused:
        issue(context=CONTEXT | {"post": ""})

    assert refused.value.field == "post"
    assert issue().number.endswith("000001")


def test_nobody_releases_their_own_paper(issue: Any, cast: Any, at: Any) -> None:
    document = issue()

    with pytest.raises(access.Forbidden):
        issuing.release(document, by=cast.leaver, at=at)


def test_a_second_release_is_refused_with_what_is_allowed(issue: Any, cast: Any, at: Any) -> None:
    document = issue()
    issuing.release(document, by=cast.document_clerk, at=at)

    with pytest.raises(WrongState) as wrong:
        issuing.release(Document.objects.get(pk=document.pk), by=cast.document_clerk, at=at)

    assert wrong.value.allowed == ("revoke",)


def test_a_new_edition_replaces_the_old_one_when_it_is_issued(issue: Any, somebody: Any, cast: Any, at: Any) -> None:
    from tests.documents.conftest import CONTEXT

    first = issue()
    issuing.release(first, by=cast.document_clerk, at=at)
    second = documents.reissue(first, holder=somebody, context=CONTEXT | {"post": "经理"}, by=None, at=at)
    assert Document.objects.get(pk=first.pk).state == DocumentState.ISSUED

    issuing.release(second, by=cast.document_clerk, at=at)

    assert Document.objects.get(pk=first.pk).state == DocumentState.SUPERSEDED
    assert second.edition == 2


def test_the_record_holds_hashes_and_no_words_of_the_paper(issue: Any, cast: Any, at: Any) -> None:
    document = issue()
    issuing.revoke(document, reason="岗位写错", by=cast.document_clerk, at=at)

    told = [str(event.payload) for event in record.timeline([record.ref(document)])]
    assert len(told) >= 2
    assert not any("岗位写错" in text or "采购专员" in text or "㛃" in text for text in told)


def test_what_a_paper_says_is_unreadable_in_the_table(issue: Any) -> None:
    issue()

    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM documents_document")
        raw = bytes(cursor.fetchone()[0])
    assert "采购专员".encode() not in raw


@pytest.mark.django_db(transaction=True)
def test_papers_issued_at_the_same_time_get_different_numbers(issue: Any) -> None:
    numbers: list[str] = []

    def one() -> None:
        try:
            numbers.append(issue().number)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(numbers) == [f"HC-ZM-2026-{n:06d}" for n in range(1, 7)]
