"""Six endings the law stops, and four ways of asking for each: every way refuses with the same code.

All of them go through the one writer of a case; without its call of the law every test here turns red."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from ehr import documents
from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.errors import Refused
from employees.models import ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case, LawCheck
from offboarding.models.case_law import Unlawful
from offboarding.operations import asking_law, many
from offboarding.rules import dates
from offboarding.rules.gates import Finding, Gate
from offboarding.rules.kinds import Starter
from offboarding.rules.lifecycle import Action
from offboarding.words import finding_words
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed
from tests.factories.offboarding import (
    a_dismissal_draft,
    a_resignation,
    add_paper,
    approved,
    decide,
    done,
    on,
    proven,
    served,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WITHOUT_BRIEFING = ("E_UNION_BRIEFING",)


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A case that stands before its gate, and the moment at which somebody wants it to pass."""

    case: Case
    action: str
    at: Any


def probation_ground_after_probation(cast: Any, at: Any) -> Stopped:
    return Stopped(case=drafted(cast, at, ground="LCL39_1"), action="submit", at=at)


def pregnant_under_article_40(cast: Any, at: Any) -> Stopped:
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind="maternity", start_date=at.date()
    )
    return Stopped(case=drafted(cast, at, ground="LCL40_3"), action="submit", at=at)


def performance_without_second_appraisal(cast: Any, at: Any) -> Stopped:
    case = drafted(cast, at, ground="LCL40_2", without=("E_APPRAISAL_2",))
    return Stopped(case=case, action="submit", at=at)


def article_39_without_union_notice(cast: Any, at: Any) -> Stopped:
    case = drafted(cast, at)
    ops.submit_case(case=case, by=case.started_by, at=at)
    return Stopped(case=approved(case, at), action="issue_notice", at=at)


def notice_one_day_short(cast: Any, at: Any) -> Stopped:
    """Served on the day of filing, to end on the twenty-ninth day after it."""
    last_day = at.date() + timedelta(days=29)
    case = drafted(cast, at, ground="LCL40_2", requested_last_working_date=last_day)
    ops.submit_case(case=case, by=case.started_by, at=at)
    case = approved(case, at)
    done(case, cast, at, "union_notice")
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)
    served(case, cast, at)
    return Stopped(case=case, action="end_employment", at=on(last_day + timedelta(days=1)))


def twenty_layoffs_without_briefing(cast: Any, at: Any) -> Stopped:
    """Nineteen drafts of others, across the days of one window, and this one."""
    for nth in range(19):
        employment = employed(f"员工{nth}", unit=cast.unit["sales_unit"])
        ops.request_ending(
            kind="layoff",
            employment=employment,
            ground="LCL41_2",
            reason="生产经营严重困难",
            requested_last_working_date=at.date() + timedelta(days=30 + nth),
            starter=Starter.HR,
            by=cast.hr_manager,
            at=at,
        )
    case = drafted(
        cast, at, kind="layoff", ground="LCL41_2", starter=Starter.HR, by=cast.hrbp, without=WITHOUT_BRIEFING
    )
    return Stopped(case=case, action="submit", at=at)


def drafted(cast: Any, at: Any, *, without: tuple[str, ...] = (), **fields: Any) -> Case:
    return a_dismissal_draft(cast, at, without=without, **fields)


# --- four ways ------------------------------------------------------------------------------------------------
def by_verb(cast: Any, stopped: Stopped) -> str:
    verbs: dict[str, Callable[[Case], None]] = {
        "submit": lambda case: case.submit(
            dates=dates.on(filed_date=stopped.at.date(), day=case.requested_last_working_date), by=None, at=stopped.at
        ),
        "issue_notice": lambda case: case.confirm(Action.ISSUE_NOTICE, at=stopped.at),
        "end_employment": lambda case: case.end_employment(by=None, at=stopped.at),
    }
    with pytest.raises(Refused) as refusal:
        verbs[stopped.action](stopped.case)
    return refusal.value.code


PATHS = {"submit": "submission", "issue_notice": "notice", "end_employment": "ending"}


def by_page(cast: Any, stopped: Stopped) -> str:
    answer = sign_in(cast.hr_manager).post(f"{stopped.case.url}{PATHS[stopped.action]}/")

    assert answer.status_code == 422
    shown = answer.content.decode()
    return next((code for code in CODES if finding_words(code) in shown), "")


def by_api(cast: Any, stopped: Stopped) -> str:
    path = f"/api/v1/cases/{stopped.case.pk}/{PATHS[stopped.action]}/"
    answer = api_client(cast.hr_manager).post(path, {}, format="json", HTTP_IDEMPOTENCY_KEY="one")

    assert answer.status_code == 422
    return str(answer.json()["code"])


def by_batch(cast: Any, stopped: Stopped) -> str:
    """By somebody who may know of protections; what the others are told has a test of its own."""
    RoleGrant.objects.create(user=cast.hr_manager, role=Role.HR_LEGAL, unit=cast.unit["group"])
    body = {"action": stopped.action, "cases": [str(stopped.case.pk)]}
    answer = api_client(cast.hr_manager).post("/api/v1/cases/many/", body, format="json", HTTP_IDEMPOTENCY_KEY="many")

    [outcome] = answer.json()["results"]
    return str(outcome["code"])


SITUATIONS = {
    "B_PROBATION_EXPIRED": probation_ground_after_probation,
    "B_PROTECTED_42": pregnant_under_article_40,
    "B_NO_UNION_NOTICE": article_39_without_union_notice,
    "B_MISSING_EVIDENCE:E_APPRAISAL_2": performance_without_second_appraisal,
    "B_NOTICE_SHORT": notice_one_day_short,
    "B_41_NO_BRIEFING": twenty_layoffs_without_briefing,
}
CODES = list(SITUATIONS)
WAYS = [by_verb, by_page, by_api, by_batch]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", CODES)
def test_every_way_refuses_with_the_same_code(cast, at, monkeypatch, code, way) -> None:
    stopped = SITUATIONS[code](cast, at)
    monkeypatch.setattr("ehr.clock.now", lambda: stopped.at)
    before = Case.objects.get(pk=stopped.case.pk).state

    assert way(cast, stopped) == code

    after = Case.objects.get(pk=stopped.case.pk)
    assert (after.state, after.employment_ended_at) == (before, None)


def test_the_same_twenty_dressed_as_agreements_need_a_written_reason(cast, at) -> None:
    case = twenty_agreements(cast, at)
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.hrbp, at=at)
    assert refusal.value.code == "W_PATTERN_LAYOFF"

    ops.explain_finding(
        case=case, gate="submit", code="W_PATTERN_LAYOFF", reason="各人自愿, 条件优于法定", by=cast.hrbp, at=at
    )
    ops.submit_case(case=case, by=cast.hrbp, at=at)

    assert case.state == "in_approval"


def twenty_agreements(cast: Any, at: Any) -> Case:
    """Nineteen of others and one more, which has every paper an agreement must have."""
    for nth in range(19):
        employment = employed(f"员工{nth}", unit=cast.unit["sales_unit"])
        agreement(cast, at, employment, day=at.date() + timedelta(days=30 + nth))
    case = agreement(cast, at, cast.employment["leaver"], day=at.date() + timedelta(days=30))
    add_paper(case, "E_PROPOSER_RECORD", at=at, dated=at.date())
    return case


def agreement(cast: Any, at: Any, employment: Any, *, day: date) -> Case:
    return ops.request_ending(
        kind="mutual_agreement",
        employment=employment,
        ground="LCL36_EMPLOYER",
        reason="业务收缩, 双方协商",
        requested_last_working_date=day,
        starter=Starter.HR,
        by=cast.hrbp,
        at=at,
    )


def test_a_batch_goes_on_where_one_is_stopped(cast, at) -> None:
    stopped = probation_ground_after_probation(cast, at).case
    fine = proven(
        ops.request_ending(
            kind="dismissal",
            employment=cast.employment["successor"],
            ground="LCL39_2",
            reason="连续旷工三天",
            requested_last_working_date=at.date() + timedelta(days=30),
            by=cast.head,
            at=at,
        ),
        at,
    )

    outcomes = ops.do_many(action="submit", cases=[stopped, fine], by=cast.hr_manager, at=at)

    assert [outcome.code for outcome in outcomes] == ["B_PROBATION_EXPIRED", ""]
    assert Case.objects.get(pk=fine.pk).state == "in_approval"


def test_a_list_tells_of_a_protection_only_whoever_may_know_of_it(cast, at, monkeypatch) -> None:
    stopped = pregnant_under_article_40(cast, at)
    monkeypatch.setattr("ehr.clock.now", lambda: stopped.at)
    body = {"action": "submit", "cases": [str(stopped.case.pk)]}

    answer = api_client(cast.hr_manager).post("/api/v1/cases/many/", body, format="json", HTTP_IDEMPOTENCY_KEY="many")

    [told] = answer.json()["results"]
    assert (told["code"], told["article"]) == ("to_legal", "")
    assert told["detail"] == finding_words("to_legal")
    assert "42" not in str({name: told[name] for name in ("code", "detail", "article")})


@pytest.mark.parametrize("action", ["issue_notice", "end_employment"])
def test_nor_do_the_later_gates_of_a_list(cast, at, monkeypatch, action) -> None:
    case = a_dismissal_draft(cast, at)

    def refuse(**_said: Any) -> None:
        raise Unlawful([Finding(code="B_EXTEND_45", gate=Gate.EFFECT, article="LCL 45")])

    monkeypatch.setitem(many.DEEDS, action, refuse)

    [outcome] = ops.do_many(action=action, cases=[case], by=cast.hr_manager, at=at)

    assert (outcome.code, outcome.article) == ("to_legal", "")


def test_what_is_sent_in_a_list_counts_as_asked(cast, at, monkeypatch) -> None:
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 1)
    case = performance_without_second_appraisal(cast, at).case

    told = [ops.do_many(action="submit", cases=[case], by=cast.hr_manager, at=at)[0].code for _nth in range(2)]

    assert told == ["B_MISSING_EVIDENCE:E_APPRAISAL_2", "B_TOO_MANY_CHECKS"]
    assert LawCheck.objects.get().employment == case.employment


def test_nor_is_one_sent_for_ever_to_see_what_stops_it(cast, at, monkeypatch) -> None:
    """A refusal takes back what was sent, not that it was asked: by the wizard and by the API."""
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 1)
    case = performance_without_second_appraisal(cast, at).case

    page = sign_in(cast.hr_manager).post(f"/cases/{case.pk}/submission/", {"once": "a"})
    answer = api_client(cast.hr_manager).post(
        f"/api/v1/cases/{case.pk}/submission/", {}, format="json", HTTP_IDEMPOTENCY_KEY="b"
    )

    assert page.status_code == 422
    assert answer.json()["code"] == "B_TOO_MANY_CHECKS"
    assert LawCheck.objects.get().by == cast.hr_manager


def test_a_batch_sends_nobodys_notice_for_them(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "return", comment="请补充日期")

    [outcome] = ops.do_many(action="submit", cases=[case], by=cast.hr_manager, at=at)

    assert outcome.code == "forbidden"
    assert Case.objects.get(pk=case.pk).state == "returned"
