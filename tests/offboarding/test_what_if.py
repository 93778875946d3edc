"""Rehearsing an ending without opening a case: who may ask, what is kept, what is never told."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr.errors import Forbidden, Refused
from ehr.record.models import Event
from employees.models import ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case, LawCheck
from offboarding.operations import asking_law
from tests.access.cast import api_client, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST_DAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def ask(cast: Any, at: Any, *names: str, by: str = "hr_manager", **given: Any) -> Any:
    question = ops.Question(**({"kind": "dismissal", "ground": "LCL40_2", "last_day": LAST_DAY, "reason": "x"} | given))
    return ops.ask_law(
        employments=[cast.employment[name] for name in names], question=question, by=cast.users[by], at=at
    )


def protect(cast: Any, at: Any, kind: str) -> None:
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind=kind, start_date=at.date()
    )


def test_it_opens_nothing_and_is_kept_without_its_answer(cast, at) -> None:
    [answer] = ask(cast, at, "leaver")

    assert answer.verdict == "PASS"
    assert "B_MISSING_EVIDENCE:E_APPRAISAL_2" in [each.code for each in answer.to_do]
    assert answer.earliest == at.date() + timedelta(days=30)
    assert not Case.objects.exists()
    event = Event.objects.get(kind="offboarding.law.asked")
    assert event.payload == {"employment_id": str(cast.employment["leaver"].pk)}
    assert event.actor == cast.hr_manager


@pytest.mark.parametrize(
    "kind", ["maternity", "medical_period", "work_injury", "occupational_hazard", "union", "other"]
)
def test_no_answer_says_which_protection_it_is(cast, at, kind) -> None:
    protect(cast, at, kind)

    [answer] = ask(cast, at, "leaver", by="legal")

    assert [(each.code, each.article) for each in answer.in_the_way] == [("B_PROTECTED_42", "LCL 42")]


@pytest.mark.parametrize("kind", ["maternity", "occupational_hazard", "other"])
def test_nor_does_an_agreement_tell_a_missing_examination_from_a_pregnancy(cast, at, kind) -> None:
    """Of the two only the exam of occupational health stops an agreement (ODL 35); legal alone is told so."""
    protect(cast, at, kind)
    said = {"kind": "mutual_agreement", "ground": "LCL36_EMPLOYER"}

    [answer] = ask(cast, at, "leaver", **said)
    [full] = ask(cast, at, "leaver", by="legal", **said)

    assert (answer.verdict, [each.code for each in answer.in_the_way]) == ("WARN", ["W_PROTECTED"])
    assert ("B_PROTECTED_42" in [each.code for each in full.in_the_way]) == (kind == "occupational_hazard")


def test_a_list_is_for_legal_only(cast, at) -> None:
    with pytest.raises(Forbidden):
        ask(cast, at, "leaver", "successor")

    assert len(ask(cast, at, "leaver", "successor", by="legal")) == 2
    assert LawCheck.objects.count() == 2


def test_nobody_asks_about_themself(cast, at) -> None:
    with pytest.raises(Forbidden):
        ask(cast, at, "hr_manager")


def test_not_for_ever(cast, at, monkeypatch) -> None:
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 2)
    ask(cast, at, "leaver")
    ask(cast, at, "successor")

    with pytest.raises(Refused) as refusal:
        ask(cast, at, "leaver")
    assert refusal.value.code == "B_TOO_MANY_CHECKS"

    assert ask(cast, at + timedelta(minutes=61), "leaver")


def test_a_long_list_is_never_cut_short(cast, at) -> None:
    said = {"kind": "dismissal", "ground": "LCL40_2", "last_day": "2026-06-30", "reason": "x"}
    everybody = [each.employee_number for each in cast.employment.values()]
    last = [*everybody[:1], *(f"NOBODY{nth}" for nth in range(50))]

    answer = sign_in(cast.legal).post("/cases/what-if/", said | {"numbers": "\n".join(last[::-1])})

    assert answer.status_code == 422


def test_on_the_page_the_article_stands_beside_the_answer(cast, at) -> None:
    protect(cast, at, "maternity")
    number = cast.employment["leaver"].employee_number
    said = {"numbers": number, "kind": "dismissal", "ground": "LCL40_2", "last_day": "2026-06-30", "reason": "不胜任"}

    page = sign_in(cast.hr_manager).post("/cases/what-if/", said).content.decode()

    assert "《劳动合同法》第42条" in page and "B_PROTECTED_42" in page
    assert "怀孕" not in page


def test_a_number_out_of_reach_reads_like_one_that_does_not_exist(cast, at) -> None:
    said = {"kind": "dismissal", "ground": "LCL40_2", "last_day": "2026-06-30"}
    browser = sign_in(cast.hr_manager)

    answers = [
        browser.post("/cases/what-if/", said | {"numbers": number})
        for number in (cast.employment["stranger"].employee_number, "NOBODY")
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert not LawCheck.objects.exists()


def test_the_same_by_api(cast, at) -> None:
    body = {
        "employee_numbers": [cast.employment["leaver"].employee_number],
        "kind": "dismissal",
        "ground": "LCL39_1",
        "last_day": "2026-06-30",
        "reason": "不符合录用条件",
    }

    answer = api_client(cast.legal).post("/api/v1/law-questions/", body, format="json", HTTP_IDEMPOTENCY_KEY="a")

    assert answer.status_code == 201
    [row] = answer.json()["results"]
    assert (row["verdict"], row["in_the_way"][0]["code"]) == ("BLOCK", "B_PROBATION_EXPIRED")


def test_the_facts_may_be_written_down_later(cast, at) -> None:
    [answer] = ask(cast, at, "leaver", reason="")

    assert answer.verdict == "PASS"
    assert "B_REASON_MISSING" in [each.code for each in answer.to_do]
    assert not answer.in_the_way


def test_its_page_leads_back_to_the_board(cast) -> None:
    page = sign_in(cast.hr_manager).get("/cases/what-if/").content.decode()

    assert "离职看板" in page.split('class="ui-crumbs">')[1].split("</ol>")[0]
