"""The record of an exit has many readers: what a line is about decides who reads it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ehr.deadlines.sweeping import sweep
from ehr.notices.models import Notice
from ehr.record.models import Event
from offboarding import events
from offboarding import operations as ops
from offboarding.models import Case, EvidencePack, Obligation
from offboarding.operations.after_exit import open_duties
from offboarding.operations.packing import _read_by
from offboarding.pack import contents
from offboarding.rules import non_compete
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KINDS = {
    "dispute": {"offboarding.case.dispute_recorded", "offboarding.case.dispute_followed"},
    "clause": {"offboarding.case.non_compete_decided"},
    "duty": {"offboarding.case.obligation_finished"},
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def case(cast, at) -> Case:
    """A dispute followed, a clause decided, a day of either settled: while everybody still works there."""
    case = approved(a_resignation(cast, at), at)
    row = ops.record_dispute(
        case=case,
        facts=ops.DisputeFacts(
            about="wages", body="arbitration", filed_date=at.date(), received_date=at.date(), claim=Decimal(900)
        ),
        by=cast.legal,
        at=at,
    )
    ops.follow_dispute(dispute=row, edition=1, said={"office": "上海"}, by=cast.legal, at=at)
    answer = Obligation.objects.for_work().get(case=case, kind="dispute_defence")
    ops.finish_obligation(obligation=answer, note="已答辩", by=cast.legal, at=at)
    ops.activate_non_compete(
        case=case,
        clause=ops.Clause(basis="confidentiality", months=6, monthly=Decimal(9000), reason="双方已确认"),
        by=cast.legal,
        at=at,
    )
    open_duties(case, [non_compete.release_pay(released=date(2026, 5, 18))], at=at)
    return Case.objects.for_page().get(pk=case.pk)


def told_to(user: Any, case: Case) -> set[str]:
    """Over the API: every page of it."""
    answer = api_client(user).get(f"/api/v1/cases/{case.pk}/timeline/?page_size=200")
    assert answer.status_code == 200 and answer.json()["next"] is None
    kinds = {row["kind"] for row in answer.json()["results"]}
    return {name for name, of in KINDS.items() if kinds & of}


READERS = [
    ("legal", {"dispute", "clause", "duty"}),
    ("hr_manager", {"dispute", "clause", "duty"}),
    ("auditor", {"dispute", "clause", "duty"}),
    ("hrbp", {"clause", "duty"}),
    ("head", set()),
    ("gm", set()),
    ("finance", set()),
    ("leaver", {"clause"}),
]


@pytest.mark.parametrize(("name", "expected"), READERS)
def test_over_the_api_each_reads_what_they_may_see(case, cast, name, expected) -> None:
    assert told_to(cast.users[name], case) == expected


@pytest.mark.parametrize(("name", "expected"), READERS)
def test_on_the_pages_too(case, cast, name, expected) -> None:
    browser = sign_in(cast.users[name])
    pages = [f"{case.url}timeline/", *([] if name == "leaver" else [case.url])]

    for page in pages:
        said = browser.get(page).content.decode()
        assert ("更新了劳动争议" in said) == ("dispute" in expected)
        assert ("登记了劳动争议" in said) == ("dispute" in expected)
        assert ("决定了竞业限制" in said) == ("clause" in expected)
        assert ("争议：提交答辩" in said) == ("duty" in expected)


@pytest.mark.parametrize("name", ["head", "gm", "leaver", "finance"])
def test_a_to_do_that_comes_and_goes_tells_of_it_to_nobody_else(case, cast, name) -> None:
    def told(user: Any) -> set[str]:
        rows = api_client(user).get(f"/api/v1/cases/{case.pk}/timeline/?page_size=200").json()["results"]
        return {row["payload"].get("deadline_kind", "") for row in rows}

    assert "offboarding.obligation" in told(cast.legal)
    assert "offboarding.obligation" not in told(cast.users[name])
    assert "offboarding.track" in told(cast.users[name])


@pytest.mark.parametrize(("name", "reads"), [("legal", True), ("hrbp", True), ("head", False), ("finance", False)])
def test_the_paper_of_a_non_compete_tells_of_it_as_well(case, cast, at, name, reads) -> None:
    about = {"document_id": str(case.pk), "document_number": "JY-2026-0001", "edition": 1}
    case.note(events.PaperPrepared, by=cast.hrbp, at=at, document_kind="noncompete_notice", **about)
    case.note(events.PaperPrepared, by=cast.hrbp, at=at, document_kind="union_letter", **about)

    rows = api_client(cast.users[name]).get(f"/api/v1/cases/{case.pk}/timeline/?page_size=200").json()["results"]

    kinds = {row["payload"]["document_kind"] for row in rows if row["kind"] == events.PaperPrepared.kind}
    assert kinds == {"union_letter", *(["noncompete_notice"] if reads else [])}


def test_who_takes_over_reads_nothing_of_it(case, cast, at) -> None:
    case.choose_successor(cast.successor)
    track = case.tracks.get(kind="assets")
    track.owner = cast.successor
    track.save()

    assert told_to(cast.successor, case) == set()


def test_legal_reads_nothing_of_a_dispute_about_their_own_exit(cast, at) -> None:
    own = approved(a_resignation(cast, at, who="legal"), at)
    facts = ops.DisputeFacts(about="wages", body="arbitration", filed_date=at.date(), received_date=at.date())
    ops.record_dispute(case=own, facts=facts, by=cast.group_hr, at=at)

    assert told_to(cast.legal, own) == set()
    assert told_to(cast.group_hr, own) == {"dispute"}


def test_the_record_of_a_pack_leaves_out_the_same(case, cast, monkeypatch) -> None:
    monkeypatch.setattr("ehr.record.extract.sealed_rows", lambda refs: Event.objects.filter(subject__in=refs))

    def kinds(user: Any) -> set[str]:
        pack = EvidencePack(asked_by=user, case=case)
        return {row.kind for row in _read_by(pack, contents.refs_of(case))}

    assert KINDS["dispute"] <= kinds(cast.legal)
    assert not KINDS["dispute"] & kinds(cast.hrbp)
    assert not (KINDS["dispute"] | KINDS["clause"] | KINDS["duty"]) & kinds(cast.head)


def test_a_line_says_which_dispute_it_is_about(case, cast) -> None:
    page = sign_in(cast.legal).get(f"{case.url}timeline/").content.decode()

    assert "第 1 起" in page
    assert Event.objects.filter(kind__in=KINDS["dispute"]).count() == 2


def test_who_is_told_of_a_late_day_may_see_it(case, cast, at) -> None:
    facts = ops.DisputeFacts(about="wages", body="arbitration", filed_date=at.date(), hearing_date=at.date())
    ops.record_dispute(case=case, facts=facts, by=cast.legal, at=at)
    for days in range(1, 12):
        sweep(at=at + timedelta(days=days))

    told = {notice.user for notice in Notice.objects.all() if "开庭" in str(notice.params)}
    assert cast.legal in told and not told & {cast.head, cast.leaver, cast.gm, cast.successor}
    assert all(Obligation.objects.visible_to(user).filter(kind="dispute_hearing").exists() for user in told)
