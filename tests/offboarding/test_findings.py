"""Warnings pass with a written reason, refusals only by a reviewer who did not ask for the ending."""

from datetime import timedelta

import pytest

from ehr.access.models import RoleGrant
from ehr.errors import Forbidden, Refused
from ehr.notices.models import Notice
from ehr.record.models import Event
from ehr.units.models import OrgUnit
from employees.models import Employment, ProtectedStatus
from offboarding import operations as ops
from offboarding.models.decision import sha256
from offboarding.operations import people
from offboarding.rules import dates
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal_draft, approved, done, pending

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FINDINGS = "/api/v1/cases/%s/findings/"
WHY = "门店所在商场整体关闭, 有公告为证"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def warned(cast, at):
    """A reorganisation is often held to be the company's own choice."""
    return a_dismissal_draft(cast, at, ground="LCL40_3", reason="组织调整, 门店关闭")


@pytest.fixture
def protected(cast, at):
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind="maternity", start_date=at.date()
    )
    return employment


def protection_asked(cast, at):
    """Whoever asked for the ending tries by an answer whether there is one."""
    case = a_dismissal_draft(cast, at)
    body = {"gate": "submit", "code": "W_PROTECTED", "reason": WHY}
    path = f"/api/v1/cases/{case.pk}/findings/"
    return api_client(cast.head).post(path, body, format="json", HTTP_IDEMPOTENCY_KEY="a")


def explained(case, at, by, **given):
    said = {"gate": "submit", "code": "W_40_3_SELF_MADE_CHANGE", "reason": WHY} | given
    return ops.explain_finding(case=case, by=by, at=at, **said)


def test_a_warning_stops_it_until_somebody_wrote_why(cast, at, warned) -> None:
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=warned, by=cast.head, at=at)
    assert refusal.value.code == "W_40_3_SELF_MADE_CHANGE"

    explained(warned, at, cast.head)
    ops.submit_case(case=warned, by=cast.head, at=at)

    assert warned.state == "in_approval" and not warned.overridden


def test_the_words_are_kept_encrypted_and_their_digest_in_the_record(cast, at, warned) -> None:
    answer = explained(warned, at, cast.head)

    event = Event.objects.get(kind="offboarding.case.finding_explained")
    assert answer.decision.comment == WHY
    assert event.payload["reason_sha256"] == sha256(WHY)
    assert WHY not in str(event.payload)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "  "}, "B_REASON_MISSING"),
        ({"code": "W_PATTERN_LAYOFF"}, "B_NO_SUCH_FINDING"),
        ({"gate": "effect"}, "B_NO_SUCH_FINDING"),
        ({"gate": "effect", "code": "B_NO_SERVICE_PROOF"}, "B_NO_SUCH_FINDING"),  # what blocks is not explained away
    ],
)
def test_only_what_was_found_there_is_answered(cast, at, warned, given, code) -> None:
    with pytest.raises(Refused) as refusal:
        explained(warned, at, cast.head, **given)

    assert refusal.value.code == code


def test_it_is_answered_once(cast, at, warned) -> None:
    explained(warned, at, cast.head)

    with pytest.raises(Refused):
        explained(warned, at, cast.head)


def test_a_protection_is_answered_by_legal_alone(cast, at, protected) -> None:
    case = a_dismissal_draft(cast, at)
    with pytest.raises(Forbidden):
        explained(case, at, cast.head, code="W_PROTECTED")

    explained(case, at, cast.legal, code="W_PROTECTED")

    ops.submit_case(case=case, by=cast.head, at=at)
    assert case.state == "in_approval"


def test_an_answer_does_not_tell_whether_there_is_a_protection(cast, at) -> None:
    assert protection_asked(cast, at).status_code == 403


def test_nor_where_there_is_one(cast, at, protected) -> None:
    assert protection_asked(cast, at).status_code == 403


def test_whoever_only_reads_reasons_explains_nothing_else(cast, at, warned) -> None:
    with pytest.raises(Forbidden):
        explained(warned, at, cast.legal)


@pytest.mark.parametrize("given", [{"reason": "组织调整, 不再设岗"}, {"ground": "LCL39_2"}])
def test_with_other_facts_or_another_ground_it_is_asked_anew(cast, at, warned, given) -> None:
    explained(warned, at, cast.head)

    ops.amend_case(case=warned, by=cast.head, at=at, **given)
    ops.amend_case(case=warned, ground="LCL40_3", by=cast.head, at=at)

    assert "W_40_3_SELF_MADE_CHANGE" in [each.code for each in warned.stopping("submit", at=at)]


def test_the_same_facts_on_another_day_keep_their_answer(cast, at, warned) -> None:
    explained(warned, at, cast.head)

    day = at.date() + timedelta(days=60)
    ops.amend_case(case=warned, reason=warned.reason(), requested_last_working_date=day, by=cast.head, at=at)

    ops.submit_case(case=warned, by=cast.head, at=at)
    assert warned.state == "in_approval"


@pytest.mark.parametrize("days", [29, 28])
def test_a_short_notice_is_let_pass_for_its_day_alone(cast, at, days) -> None:
    def by_then(days):
        return {"requested_last_working_date": at.date() + timedelta(days=days)}

    case = a_dismissal_draft(cast, at, ground="LCL40_3", **by_then(29))
    overridden(case, at, cast.legal, code="B_NOTICE_SHORT", gate="effect")

    ops.amend_case(case=case, by=cast.head, at=at, **by_then(days))

    assert ("B_NOTICE_SHORT" in [each.code for each in case.stopping("effect", at=at)]) == (days == 28)


def test_nor_does_it_pass_when_the_days_are_changed_later(cast, at) -> None:
    day = at.date() + timedelta(days=29)
    case = a_dismissal_draft(cast, at, ground="LCL40_3", requested_last_working_date=day)
    overridden(case, at, cast.legal, code="B_NOTICE_SHORT", gate="effect")
    ops.submit_case(case=case, by=cast.head, at=at)
    case = approved(case, at)

    to_be = dates.on(filed_date=at.date(), day=day - timedelta(days=1))
    ops.change_dates(case=case, dates_to_be=to_be, by=cast.hr_manager, at=at)

    assert "B_NOTICE_SHORT" in [each.code for each in case.stopping("effect", at=at)]


def overridden(case, at, by, code="B_PROBATION_EXPIRED", **given):
    return ops.override_finding(case=case, by=by, at=at, **({"gate": "submit", "code": code, "reason": WHY} | given))


def test_let_pass_it_carries_the_word_from_then_on(cast, at) -> None:
    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(probation_end_date="2021-10-11")
    case = a_dismissal_draft(cast, at, ground="LCL39_1")

    overridden(case, at, cast.legal)
    ops.submit_case(case=case, by=cast.head, at=at)
    case = approved(case, at)
    done(case, cast, at, "union_notice")

    assert ops.issue_notice(case=case, by=cast.hr_manager, at=at).context["overridden"] is True
    assert "OVERRIDDEN" in sign_in(cast.hr_manager).get(case.url).content.decode()
    assert api_client(cast.hr_manager).get(f"/api/v1/cases/{case.pk}/").json()["overridden"] is True
    event = Event.objects.get(kind="offboarding.case.finding_overridden")
    assert (event.payload["code"], event.payload["reason_sha256"]) == ("B_PROBATION_EXPIRED", sha256(WHY))


@pytest.mark.parametrize("name", ["head", "hrbp", "hr_manager", "group_hr", "gm"])
def test_nobody_else_lets_it_pass(cast, at, name) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL39_1", by=cast.successor)

    with pytest.raises(Forbidden):
        overridden(case, at, cast.users[name])


def test_nor_does_whoever_asked_for_it(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL39_1", by=cast.legal)

    with pytest.raises(Refused) as refusal:
        overridden(case, at, cast.legal)

    assert refusal.value.code == "B_OWN_OVERRIDE"


def test_nor_whoever_wrote_it_anew(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL39_1")
    ops.amend_case(case=case, pay_in_lieu=False, by=cast.legal, at=at)

    with pytest.raises(Refused) as refusal:
        overridden(case, at, cast.legal)

    assert refusal.value.code == "B_OWN_OVERRIDE"


def test_nor_whoever_sent_it(cast, at) -> None:
    case = a_dismissal_draft(cast, at)
    ops.submit_case(case=case, by=cast.legal, at=at)

    with pytest.raises(Refused) as refusal:
        overridden(case, at, cast.legal, code="B_NO_SERVICE_PROOF", gate="effect")

    assert refusal.value.code == "B_OWN_OVERRIDE"


@pytest.mark.parametrize("ask", [ops.submit_case, ops.amend_case])
def test_whoever_let_it_pass_does_not_ask_for_it_afterwards(cast, at, ask) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL39_1")
    overridden(case, at, cast.legal)

    with pytest.raises(Refused) as refusal:
        ask(case=case, by=cast.legal, at=at)

    assert refusal.value.code == "B_OWN_OVERRIDE"


def test_the_page_offers_it_to_who_may(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL39_1")
    button = "放行并标记 OVERRIDDEN"
    assert button in sign_in(cast.legal).get(f"{case.url}wizard/check/").content.decode()

    ops.amend_case(case=case, pay_in_lieu=False, by=cast.legal, at=at)

    assert button not in sign_in(cast.legal).get(f"{case.url}wizard/check/").content.decode()


def test_the_permission_is_held_for_the_employer_not_for_a_region(cast, at) -> None:
    RoleGrant.objects.filter(user=cast.legal).update(unit=cast.unit["east"])
    case = a_dismissal_draft(cast, at, ground="LCL39_1")

    with pytest.raises(Forbidden):
        overridden(case, at, cast.legal)


def test_an_agreement_nobody_signed_stays_none(cast, at) -> None:
    case = a_dismissal_draft(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER")

    with pytest.raises(Refused) as refusal:
        overridden(case, at, cast.legal, code="B_NO_CONSENT", gate="effect")

    assert refusal.value.code == "B_NOT_OVERRIDABLE"


def test_let_pass_at_one_gate_it_is_asked_anew_at_the_next(cast, at, protected) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_3")

    overridden(case, at, cast.legal, code="B_PROTECTED_42")

    assert "B_PROTECTED_42" not in [each.code for each in case.stopping("submit", at=at)]
    assert "B_PROTECTED_42" in [each.code for each in case.stopping("effect", at=at)]


def test_by_api_and_by_page(cast, at, warned) -> None:
    body = {"gate": "submit", "code": "W_40_3_SELF_MADE_CHANGE", "reason": WHY}
    path = f"/api/v1/cases/{warned.pk}/findings/"
    found = {row["code"]: row for row in api_client(cast.head).get(path).json()["results"]}
    assert (found["W_40_3_SELF_MADE_CHANGE"]["level"], found["W_40_3_SELF_MADE_CHANGE"]["answer"]) == ("warn", "")

    assert sign_in(cast.head).post(f"{warned.url}findings/", body).status_code == 302

    found = {row["code"]: row for row in api_client(cast.head).get(path).json()["results"]}
    assert found["W_40_3_SELF_MADE_CHANGE"]["answer"] == "explained"
    again = api_client(cast.head).post(path, body, format="json", HTTP_IDEMPOTENCY_KEY="b")
    assert (again.status_code, again.json()["code"]) == (422, "B_NO_SUCH_FINDING")


@pytest.mark.parametrize(
    ("name", "shows"),
    [("head", "发送时检查"), ("hr_manager", "受保护情形：请转法务"), ("legal", "处于孕期、产期或哺乳期")],
)
def test_only_legal_reads_which_protection_it_is(cast, at, protected, name, shows) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_3")

    page = sign_in(cast.users[name]).get(f"{case.url}wizard/check/").content.decode()

    assert shows in page
    assert ("孕期" in page) == (name == "legal")


@pytest.mark.parametrize(("name", "tells"), [("head", False), ("hr_manager", True)])
def test_nor_does_the_day_of_a_paper_tell_when_an_illness_ended(cast, at, name, tells) -> None:
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment,
        data_key=employment.person.data_key,
        kind="medical_period",
        start_date=at.date() - timedelta(days=90),
        end_date=at.date() - timedelta(days=1),
    )
    case = a_dismissal_draft(cast, at, ground="LCL40_1")  # another job was offered before that day

    page = sign_in(cast.users[name]).get(f"{case.url}wizard/evidence/").content.decode()
    found = api_client(cast.users[name]).get(FINDINGS % case.pk).json()["results"]

    assert ("日期不对" in page) is tells
    assert ("B_MISSING_EVIDENCE:E_ALT_JOB_ARRANGED" in [row["code"] for row in found]) is tells
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)
    assert refusal.value.code == "B_MISSING_EVIDENCE:E_ALT_JOB_ARRANGED"


@pytest.mark.parametrize("kind", ["maternity", "occupational_hazard"])
def test_nor_do_two_codes_together_say_that_it_is_the_exam(cast, at, kind) -> None:
    employment = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind=kind, start_date=at.date()
    )
    case = a_dismissal_draft(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER")

    read = {
        name: [row["code"] for row in api_client(cast.users[name]).get(FINDINGS % case.pk).json()["results"]]
        for name in ("hr_manager", "legal")
    }
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)

    assert refusal.value.code == "W_PROTECTED"
    assert "B_PROTECTED_42" not in read["hr_manager"]
    assert ("B_PROTECTED_42" in read["legal"]) == (kind == "occupational_hazard")


def test_a_manager_learns_nothing_by_asking_the_api(cast, at, protected) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_3")

    answer = api_client(cast.head).get(f"/api/v1/cases/{case.pk}/findings/")

    assert "PROTECT" not in answer.content.decode()


def test_nor_from_the_record_of_the_case(cast, at, protected) -> None:
    case = a_dismissal_draft(cast, at)
    explained(case, at, cast.legal, code="W_PROTECTED")

    answer = api_client(cast.head).get(f"/api/v1/cases/{case.pk}/timeline/").content.decode()

    assert "finding_explained" in answer and "PROTECT" not in answer


def test_why_a_protection_was_let_pass_is_not_read_by_those_who_decide(cast, at, protected) -> None:
    case = a_dismissal_draft(cast, at)
    explained(case, at, cast.legal, code="W_PROTECTED", reason="孕期, 但旷工属实")
    ops.submit_case(case=case, by=cast.head, at=at)
    asked = pending(case)

    page = sign_in(asked.approver).get(f"{case.url}approvals/{asked.pk}/").content.decode()

    assert "孕期" not in page


def test_of_an_employer_that_no_unit_stands_for_legal_of_the_person_lets_it_pass(cast, at) -> None:
    OrgUnit.objects.update(legal_entity=None)
    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(probation_end_date="2021-10-11")
    case = a_dismissal_draft(cast, at, ground="LCL39_1")

    overridden(case, at, cast.legal)

    assert case.finding_answers.filter(is_override=True).exists()


def test_of_an_employer_that_no_unit_stands_for_its_lawyers_hear_of_the_union(cast, at) -> None:
    OrgUnit.objects.update(legal_entity=None)

    people.tell_union(cast.employer, has_union=False, reason="已撤销", at=at)

    assert Notice.objects.filter(user=cast.legal, kind="offboarding.union_gone").exists()


def test_where_no_lawyer_reaches_the_unit_of_the_employer_those_of_its_people_hear_of_the_union(cast, at) -> None:
    RoleGrant.objects.filter(user=cast.legal).update(unit=cast.unit["retail"])

    people.tell_union(cast.employer, has_union=False, reason="已撤销", at=at)

    assert Notice.objects.filter(user=cast.legal, kind="offboarding.union_gone").exists()
