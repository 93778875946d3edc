"""A non-compete after the exit: LCL 23, 24; JI1 36-40."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from ehr.errors import Forbidden, Refused, WrongState
from ehr.identity.backends import DOOR
from ehr.notices.models import Notice
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, NonCompete, Obligation
from offboarding.rules import non_compete as rules
from offboarding.timeline import items
from tests.access.cast import api_client, sign_in
from tests.factories.identity import a_proven_contact
from tests.factories.offboarding import a_resignation, approved, done, duties_of, on
from tests.factories.settlements import paid_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = date(2026, 6, 17)
UNPAID = "offboarding.non_compete_unpaid"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(cast, at) -> Case:
    return approved(a_resignation(cast, at), at)


def a_clause(**said: Any) -> ops.Clause:
    return ops.Clause(
        **{"basis": "confidentiality", "months": 12, "monthly": Decimal(9000), "reason": "双方已书面确认", **said}
    )


def in_force(case: Case, cast: Any, at: Any, **said: Any) -> NonCompete:
    return ops.activate_non_compete(case=case, clause=a_clause(**said), by=cast.legal, at=at)


def ended(case: Case) -> Case:
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    return Case.objects.for_page().get(pk=case.pk)


def months_of(case: Case) -> list[Obligation]:
    return list(Obligation.objects.for_work().filter(case=case, kind="non_compete_pay").order_by("nth"))


def clause_of(case: Case) -> NonCompete:
    clause = NonCompete.objects.get(case=case)
    clause.case = Case.objects.for_page().get(pk=case.pk)
    return clause


def test_decided_before_the_end_it_begins_with_the_end(case, cast, at) -> None:
    in_force(case, cast, at)
    assert not case.obligations.exists()
    assert case.tracks.get(kind="non_compete").state == "done"

    ended(case)

    clause = clause_of(case)
    assert (clause.from_date, clause.until_date) == (date(2026, 6, 18), date(2027, 6, 17))
    assert [(row.nth, row.due_date) for row in months_of(case)[:2]] == [(1, date(2026, 7, 17)), (2, date(2026, 8, 17))]
    assert len(months_of(case)) == 12


def test_its_days_follow_the_day_on_which_it_really_ended(case, cast, at) -> None:
    in_force(case, cast, at)
    Case.objects.filter(pk=case.pk).update(termination_date=LAST + timedelta(days=3))

    ops.keep_clock(at=on(LAST + timedelta(days=4), hour=0))

    assert clause_of(case).from_date == LAST + timedelta(days=4)


def test_two_years_are_the_most(case, cast, at) -> None:
    clause = in_force(case, cast, at, months=36, reason="合同约定三十六个月, 超出部分不执行")

    assert (clause.months, "W_NC_OVER_24M" in clause.codes) == (24, True)


def test_a_warning_of_the_law_needs_a_reason(case, cast, at) -> None:
    clause = a_clause(months=36, reason="")

    with pytest.raises(Refused) as refusal:
        ops.activate_non_compete(case=case, clause=clause, by=cast.hr_manager, at=at)

    assert refusal.value.code == "B_REASON_MISSING"
    assert not NonCompete.objects.exists()


def test_who_may_not_see_pay_learns_nothing_of_it_from_amounts_tried_out(case, cast, at) -> None:
    told = []
    for monthly in (Decimal(1), Decimal(90000)):
        with pytest.raises(Refused) as refusal:
            in_force(case, cast, at, monthly=monthly, reason="")
        told.append((refusal.value.code, refusal.value.detail))
    assert len(set(told)) == 1

    in_force(case, cast, at)
    NonCompete.objects.update(codes=["W_NC_BELOW_30PCT", "W_NC_OVER_24M"])
    ended(case)

    page = sign_in(cast.legal).get(f"/cases/{case.pk}/after/")
    assert page.context["non_compete"].codes == ["W_NC_OVER_24M"]
    assert api_client(cast.legal).get(f"/api/v1/cases/{case.pk}/non-compete/").json()["codes"] == ["W_NC_OVER_24M"]


def test_whoever_pays_reads_how_much(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    ops.end_non_compete(
        clause=clause_of(case), state="released", day=date(2026, 8, 1), by=cast.legal, at=on(date(2026, 8, 1))
    )
    month, extra = months_of(case)[0], Obligation.objects.for_work().get(case=case, kind="non_compete_extra")

    assert "9,000.00" in sign_in(cast.hr_manager).get(month.url).content.decode()
    assert "27,000.00" in sign_in(cast.hr_manager).get(extra.url).content.decode()
    assert "27,000.00" not in sign_in(cast.auditor).get(extra.url).content.decode()


def test_legal_sees_the_amount_they_decide_on_and_those_who_only_look_do_not(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    page, wire = f"/cases/{case.pk}/after/", f"/api/v1/cases/{case.pk}/non-compete/"

    assert "9,000.00" in sign_in(cast.legal).get(page).content.decode()
    assert "9,000.00" in sign_in(cast.legal).get(months_of(case)[0].url).content.decode()
    assert Decimal(api_client(cast.legal).get(wire).json()["monthly"]) == 9000
    assert "9,000.00" not in sign_in(cast.auditor).get(page).content.decode()
    assert api_client(cast.auditor).get(wire).json()["monthly"] is None


def paid(case: Case, cast: Any, at: Any, wage: int) -> Case:
    paid_for(cast.employment["leaver"], at, wage=Decimal(wage))
    return Case.objects.for_page().get(pk=case.pk)


@pytest.mark.parametrize(
    ("wage", "amount", "formula"),
    [
        (31_200, "9,360.00", "max(30% × 31200.00, 2740.00) = 9360.00"),
        (8_000, "2,740.00", "max(30% × 8000.00, 2740.00) = 2740.00"),
    ],
)
def test_where_nothing_was_agreed_the_greater_of_both_is_owed_with_its_arithmetic(
    case, cast, at, wage, amount, formula
) -> None:
    in_force(paid(case, cast, at, wage), cast, at, monthly=None, reason="未约定补偿")
    ended(case)

    for page in (f"/cases/{case.pk}/after/", months_of(case)[0].url):
        text = sign_in(cast.hr_manager).get(page).content.decode()
        assert amount in text and formula in text and "解释（一）》第36条" in text
    assert api_client(cast.hr_manager).get(f"/api/v1/cases/{case.pk}/non-compete/").json()["formula"] == formula


def test_the_law_s_floor_tells_the_wage_so_only_who_may_see_pay_reads_it(case, cast, at, monkeypatch) -> None:
    """Legal decides on it and may not see pay: of 9,360 it would be no art to say that the wage is 31,200."""
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    paid(case, cast, at, 31_200)
    wire = f"/api/v1/cases/{case.pk}/non-compete/"
    said = {"decision": "activate", "basis": "confidentiality", "months": 12, "reason": "未约定补偿"}

    answer = api_client(cast.legal, HTTP_IDEMPOTENCY_KEY="one").post(wire, said, format="json")
    ended(case)

    assert (answer.status_code, answer.json()["monthly"], answer.json()["formula"]) == (201, None, None)
    assert "I_NC_NO_AGREED_COMP" in answer.json()["codes"]
    seen = sign_in(cast.legal).get(f"/cases/{case.pk}/after/").content.decode()
    assert "30%" in seen and "9,360" not in seen and "31200" not in seen
    assert "9,360" not in sign_in(cast.legal).get(months_of(case)[0].url).content.decode()
    assert Decimal(api_client(cast.hr_manager).get(wire).json()["monthly"]) == 9360


@pytest.mark.parametrize("basis", ["none", "", "sales"])
def test_it_binds_only_those_the_law_names(case, cast, at, basis) -> None:
    with pytest.raises(Refused) as refusal:
        in_force(case, cast, at, basis=basis)

    assert refusal.value.code == "B_NC_INELIGIBLE"


def test_without_an_amount_or_pay_on_file_somebody_says_it(case, cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        in_force(case, cast, at, monthly=None)

    assert (refusal.value.code, refusal.value.field) == ("B_NC_NO_AVERAGE", "monthly")


def test_an_amount_that_nothing_measured_says_so_and_needs_a_reason(case, cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        ops.activate_non_compete(case=case, clause=a_clause(reason=""), by=cast.hr_manager, at=at)
    assert refusal.value.code == "B_REASON_MISSING"

    clause = in_force(case, cast, at)

    assert "W_NC_NO_AVERAGE" in clause.codes
    assert "补录工资" in sign_in(cast.legal).get(f"/cases/{case.pk}/after/").content.decode()


def test_up_to_the_end_a_decision_is_corrected_and_both_are_on_record(case, cast, at) -> None:
    in_force(case, cast, at)
    ops.waive_non_compete(case=case, by=cast.hr_manager, at=at)
    in_force(case, cast, at, months=6)

    ended(case)

    assert (clause_of(case).months, len(months_of(case))) == (6, 6)
    said = Event.objects.filter(subject=case.ref, kind="offboarding.case.non_compete_decided").order_by("id")
    assert [event.payload["state"] for event in said] == ["active", "waived", "active"]


@pytest.mark.parametrize("first", ["active", "waived"])
def test_once_it_is_over_it_is_decided_once(case, cast, at, first) -> None:
    in_force(case, cast, at)
    if first == "waived":
        ops.waive_non_compete(case=case, by=cast.legal, at=at)
    left = ended(case)

    with pytest.raises(WrongState):
        ops.waive_non_compete(case=left, by=cast.hr_manager, at=on(date(2026, 6, 20)))


def test_waived_before_the_last_day_costs_nothing(case, cast, at) -> None:
    ops.waive_non_compete(case=case, by=cast.hr_manager, at=at)

    ended(case)

    assert not case.obligations.filter(kind__startswith="non_compete").exists()


def test_waived_afterwards_costs_three_months(case, cast, at) -> None:
    left = ended(case)

    ops.waive_non_compete(case=left, clause=a_clause(), by=cast.hr_manager, at=on(date(2026, 6, 20)))

    assert [row.nth for row in months_of(case)] == [1]
    extra = case.obligations.get(kind="non_compete_extra")
    assert (extra.article, extra.role, extra.due_date) == ("JI1 39", "finance", date(2026, 7, 20))
    assert [row.key for row in duties_of(cast.finance, "offboarding.obligation")] == ["non_compete_extra"]


@pytest.mark.parametrize(
    ("monthly", "month", "extra"), [("9000.00", "9,000.00", "27,000.00"), (None, "9,360.00", "28,080.00")]
)
def test_what_a_late_waiver_costs_is_read_like_the_months_of_a_clause_in_force(
    case, cast, at, monkeypatch, monthly, month, extra
) -> None:
    paid(case, cast, at, 31_200)
    ended(case)
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2026, 6, 20)))
    wire, said = f"/api/v1/cases/{case.pk}/non-compete/", {"decision": "waive", "monthly": monthly}

    api_client(cast.hr_manager, HTTP_IDEMPOTENCY_KEY="one").post(wire, said, format="json")

    duties = {row.kind: row for row in case.obligations.filter(kind__startswith="non_compete")}
    finance, legal = sign_in(cast.finance), sign_in(cast.legal)
    for kind, amount in (("non_compete_pay", month), ("non_compete_extra", extra)):
        assert amount in finance.get(duties[kind].url).content.decode()
        assert (amount in legal.get(duties[kind].url).content.decode()) is (monthly is not None)


def test_a_late_waiver_whose_price_nobody_knows_asks_for_the_amount(case, cast, at, monkeypatch) -> None:
    left = ended(case)
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2026, 6, 20)))

    answer = sign_in(cast.hr_manager).post(f"/cases/{left.pk}/non-compete/", {"decision": "waive"})

    assert (answer.status_code, NonCompete.objects.count()) == (422, 0)
    assert "请填写约定的金额" in answer.content.decode()


def test_the_amount_stands_in_no_event_and_is_stored_encrypted(case, cast, at) -> None:
    in_force(case, cast, at)

    said = " ".join(str(event.payload) for event in Event.objects.filter(subject=case.ref))
    assert "9000" not in said
    event = Event.objects.get(kind="offboarding.case.non_compete_decided")
    assert (event.payload["state"], event.payload["months"]) == ("active", 12)


def test_each_month_is_asked_of_finance_five_days_ahead(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)

    ops.keep_clock(at=on(date(2026, 7, 11)))
    assert not duties_of(cast.finance, "offboarding.obligation")
    ops.keep_clock(at=on(date(2026, 7, 12)))

    (asked,) = duties_of(cast.finance, "offboarding.obligation")
    assert asked.key == "non_compete_pay:1"
    page = sign_in(cast.finance).get(f"/cases/{case.pk}/after/").content.decode()
    assert "2026-07-17" in page and "2028-06-17" not in page


def test_three_unpaid_months_alarm_legal_and_a_payment_ends_it(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    ops.keep_clock(at=on(date(2026, 9, 17)))
    assert not duties_of(cast.legal, UNPAID)

    ops.keep_clock(at=on(date(2026, 9, 18)))
    assert ops.keep_clock(at=on(date(2026, 9, 18), hour=11))["unpaid"] == 0
    assert len(duties_of(cast.legal, UNPAID)) == 1 and len(duties_of(cast.hr_manager, UNPAID)) == 1

    ops.finish_obligation(obligation=months_of(case)[0], note="已补发", by=cast.finance, at=on(date(2026, 9, 18)))
    assert not duties_of(cast.legal, UNPAID)


def test_the_company_ends_it_early_and_owes_three_months(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    day = date(2026, 10, 20)

    ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(day))

    assert [row.outcome for row in months_of(case)] == [""] * 5 + ["cancelled"] * 7
    assert case.obligations.get(kind="non_compete_end").outcome == "cancelled"
    assert case.obligations.get(kind="non_compete_extra").due_date == date(2026, 11, 20)
    assert NonCompete.objects.get(case=case).state == "released"


def test_the_person_may_end_it_only_after_three_unpaid_months(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    early, late = date(2026, 9, 1), date(2026, 9, 18)
    with pytest.raises(Refused) as refusal:
        ops.end_non_compete(clause=clause_of(case), state="freed", day=early, by=cast.legal, at=on(early))
    assert refusal.value.code == "B_NC_NOT_UNPAID"

    ops.end_non_compete(clause=clause_of(case), state="freed", day=late, by=cast.legal, at=on(late))

    assert not case.obligations.filter(kind="non_compete_extra").exists()
    assert [row.is_open for row in months_of(case)[:4]] == [True, True, True, True]


def test_a_death_ends_it_from_its_own_day_and_nobody_is_asked_to_declare(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    heard = on(date(2026, 10, 20))
    ops.keep_clock(at=heard)  # the declaration of the first quarter was asked for, and is late
    assert duties_of(cast.leaver, "offboarding.obligation")

    ops.end_non_compete(clause=clause_of(case), state="died", day=date(2026, 8, 1), by=cast.legal, at=heard)

    assert [row.outcome for row in months_of(case)] == [""] * 2 + ["cancelled"] * 10
    assert not case.obligations.filter(kind="non_compete_extra").exists()
    assert not case.obligations.running().filter(kind="non_compete_declaration").exists()
    assert duties_of(cast.leaver, "offboarding.obligation") == []
    cast.leaver.refresh_from_db()
    assert not cast.leaver.is_active and not cast.leaver.may_use_door(heard)


def test_an_early_end_is_one_line_that_says_what_is_no_longer_owed(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    day = date(2026, 8, 1)

    ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(day))

    said = Event.objects.filter(subject=case.ref, at=on(day), kind__startswith="offboarding.case")
    (event,) = said
    assert (event.kind, event.payload["months_gone"]) == ("offboarding.case.non_compete_ended", 10)
    assert len(event.payload["duties_gone"]) == case.obligations.filter(outcome="cancelled").count() == 15
    (line,) = items(said)
    assert "10" in line["small"]


def test_of_what_is_over_the_page_says_what_is_unpaid_and_no_right_to_end_it(case, cast, at, monkeypatch) -> None:
    in_force(case, cast, at)
    ended(case)
    day = date(2026, 7, 1)
    ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(day))
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2026, 7, 20)))

    page = sign_in(cast.legal).get(f"/cases/{case.pk}/after/").content.decode()

    assert "有 1 个月的应付补偿尚未支付" in page and "三个月" not in page.split("义务与期限")[0]


def test_the_form_says_what_an_early_end_spares(case, cast, at, monkeypatch) -> None:
    in_force(case, cast, at)
    ended(case)
    monkeypatch.setattr("ehr.clock.now", lambda: on(date(2027, 6, 1)))

    page = sign_in(cast.legal).get(f"/cases/{case.pk}/non-compete/ending/").content.decode()

    assert "可免付尚未开始的 0 个月补偿" in page


def test_what_fell_away_does_not_count_as_done(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    day = date(2026, 8, 1)
    ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(day))

    page = sign_in(cast.hr_manager).get(f"/cases/{case.pk}/after/")

    assert len(page.context["parts"]["gone"]) == 15 and not page.context["parts"]["done"]
    assert "15 项不再需要" in page.content.decode()


@pytest.mark.parametrize("decision", ["active", "waived"])
def test_no_form_is_offered_that_would_be_refused(case, cast, at, decision) -> None:
    if decision == "active":
        in_force(case, cast, at)
    else:
        ops.waive_non_compete(case=case, by=cast.legal, at=at)
    ended(case)
    browser = sign_in(cast.legal)

    assert browser.get(f"/cases/{case.pk}/non-compete/").status_code == 409
    assert browser.get(f"/cases/{case.pk}/non-compete/ending/").status_code == (200 if decision == "active" else 409)


def test_before_the_approval_nobody_decides_and_no_button_says_so(cast, at) -> None:
    asked = a_resignation(cast, at)
    browser = sign_in(cast.hr_manager)

    assert f"/cases/{asked.pk}/non-compete/" not in browser.get(f"/cases/{asked.pk}/after/").content.decode()
    assert browser.get(f"/cases/{asked.pk}/non-compete/").status_code == 409


def test_a_decision_is_not_given_back_but_decided_anew(case, cast, at) -> None:
    in_force(case, cast, at)
    track = case.tracks.select_related("case__employment__person", "case__unit").get(kind="non_compete")

    with pytest.raises(Refused) as refusal:
        ops.return_track(track=track, note="再看", by=cast.hr_manager, at=at)

    assert refusal.value.code == "B_TRACK_BY_ITSELF"
    assert 'value="return"' not in sign_in(cast.hr_manager).get(track.url).content.decode()


def test_a_day_in_hindsight_takes_back_no_month_that_is_owed(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)

    ops.end_non_compete(
        clause=clause_of(case), state="released", day=date(2026, 6, 18), by=cast.legal, at=on(date(2026, 10, 20))
    )

    assert [row.outcome for row in months_of(case)] == [""] * 5 + ["cancelled"] * 7


def test_the_person_ends_it_on_no_day_before_the_third_month_was_due(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)

    with pytest.raises(Refused) as refusal:
        ops.end_non_compete(
            clause=clause_of(case), state="freed", day=date(2026, 9, 17), by=cast.legal, at=on(date(2026, 10, 20))
        )

    assert refusal.value.code == "B_NC_NOT_UNPAID"
    assert all(row.is_open for row in months_of(case))


def test_after_its_term_nobody_ends_it_early(case, cast, at) -> None:
    in_force(case, cast, at, months=6)
    ended(case)

    with pytest.raises(WrongState):
        ops.end_non_compete(
            clause=clause_of(case), state="released", day=date(2026, 12, 1), by=cast.legal, at=on(date(2026, 12, 18))
        )

    assert all(row.is_open for row in months_of(case))


@pytest.mark.parametrize("day", [LAST, date(2027, 6, 18), date(2026, 12, 24)])
def test_it_ends_on_a_day_of_its_term_that_has_come(case, cast, at, day) -> None:
    in_force(case, cast, at)
    ended(case)

    with pytest.raises(Refused):
        ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(date(2026, 8, 1)))


def test_only_legal_and_the_manager_of_hr_decide(case, cast, at) -> None:
    form = {"decision": "waive"}

    for nobody in (cast.hrbp, cast.finance, cast.auditor):
        assert sign_in(nobody).post(f"/cases/{case.pk}/non-compete/", form).status_code == 403

    assert sign_in(cast.legal).post(f"/cases/{case.pk}/non-compete/", form).status_code == 302
    assert NonCompete.objects.get(case=case).state == "waived"


def test_nobody_decides_on_their_own(case, cast, at) -> None:
    with pytest.raises(Forbidden):
        ops.waive_non_compete(case=case, by=cast.leaver, at=at)


def test_the_form_says_what_is_missing(case, cast) -> None:
    answer = sign_in(cast.legal).post(f"/cases/{case.pk}/non-compete/", {"decision": "activate"})

    assert answer.status_code == 422
    assert {"basis", "months"} <= set(answer.context["form"].errors)


def test_the_page_shows_term_and_amount_to_those_who_may_see_pay(case, cast, at) -> None:
    in_force(case, cast, at)
    ended(case)
    address = f"/cases/{case.pk}/after/"

    assert "9,000.00" in sign_in(cast.hr_manager).get(address).content.decode()
    page = sign_in(cast.auditor).get(address).content.decode()
    assert "2027-06-17" in page and "9,000.00" not in page


@pytest.fixture
def inside(case, cast, at) -> Client:
    in_force(case, cast, at)
    ended(case)
    ops.keep_clock(at=on(date(2026, 9, 4)))
    cast.leaver.refresh_from_db()
    client = Client()
    client.force_login(cast.leaver, backend=DOOR)
    return client


def test_the_quarter_is_declared_from_behind_the_narrow_door(inside, case, cast) -> None:
    duty = case.obligations.get(kind="non_compete_declaration", nth=1)
    address = f"/door/declarations/{duty.pk}/"
    assert f'href="{address}"' in inside.get("/door/duties/").content.decode()
    assert inside.post(address, {}).status_code == 422
    paper = SimpleUploadedFile("声明.pdf", b"%PDF-1.7 x", content_type="application/pdf")

    answer = inside.post(address, {"keeps": "on", "note": "在读研", "file": paper})

    duty.refresh_from_db()
    assert (answer.status_code, duty.outcome, duty.done_by, duty.note) == (302, "done", cast.leaver, "在读研")
    assert duty.files.count() == 1
    assert address not in inside.get("/door/duties/").content.decode()


def test_hr_who_follows_the_link_of_a_late_declaration_finds_its_page(inside, case, cast) -> None:
    duty = Obligation.objects.for_work().get(case=case, kind="non_compete_declaration", nth=1)

    answer = sign_in(cast.hrbp).get(f"/door/declarations/{duty.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, duty.url)


def test_what_was_not_asked_yet_or_is_another_s_is_not_there(inside, case, cast, at) -> None:
    later = case.obligations.get(kind="non_compete_declaration", nth=2)
    pay = case.obligations.get(kind="non_compete_pay", nth=1)

    assert inside.get(f"/door/declarations/{later.pk}/").status_code == 404
    assert inside.get(f"/door/declarations/{pay.pk}/").status_code == 404


def test_the_person_reads_behind_the_door_when_the_next_month_is_paid(inside, case) -> None:
    page = inside.get("/door/exit/").content.decode()

    assert "2026-07-17" in page and "2026-08-17" not in page


def test_hr_reads_that_nobody_can_be_asked_who_proved_no_address(inside, case, cast, at) -> None:
    duty = Obligation.objects.for_work().get(case=case, kind="non_compete_declaration", nth=1)
    assert "系统联系不上本人" in sign_in(cast.hrbp).get(duty.url).content.decode()

    a_proven_contact(cast.leaver, "yuanhang@private.example", at=at)

    assert "系统联系不上本人" not in sign_in(cast.hrbp).get(duty.url).content.decode()


def test_hr_records_a_declaration_that_came_on_paper(inside, case, cast) -> None:
    duty = Obligation.objects.for_work().get(case=case, kind="non_compete_declaration", nth=1)

    ops.finish_obligation(obligation=duty, note="纸质声明已收", by=cast.hrbp, at=on(date(2026, 9, 5)))

    duty.refresh_from_db()
    assert (duty.outcome, duty.done_by) == ("done", cast.hrbp)


def test_three_months_before_its_end_legal_is_asked(inside, case, cast) -> None:
    ops.keep_clock(at=on(date(2027, 3, 16)))
    assert "non_compete_end" not in {row.key for row in duties_of(cast.legal)}

    ops.keep_clock(at=on(date(2027, 3, 17)))

    assert "non_compete_end" in {row.key for row in duties_of(cast.legal)}


def test_the_same_over_the_api(case, cast) -> None:
    address = f"/api/v1/cases/{case.pk}/non-compete/"
    said = {"decision": "activate", "basis": "senior_technician", "months": 6, "monthly": "8000.00", "reason": "约定"}
    client = api_client(cast.legal, HTTP_IDEMPOTENCY_KEY="one")

    answer = client.post(address, said, format="json")

    assert (answer.status_code, answer.json()["months"]) == (201, 6)
    assert client.get(address).json()["state"] == "active"
    assert api_client(cast.auditor).get(address).json()["monthly"] is None


def test_where_no_clause_was_agreed_nothing_is_owed_and_its_track_is_done(case, cast, at) -> None:
    ended(case)

    ops.note_no_clause(case=case, by=cast.legal, at=on(LAST + timedelta(days=2)))

    assert NonCompete.objects.get(case=case).state == "none"
    assert case.tracks.get(kind="non_compete").state in ("done", "cancelled")
    (decided,) = case.obligations.filter(kind__startswith="non_compete")
    assert (decided.kind, decided.outcome) == ("non_compete_decision", "done")


def closed(case: Case, cast: Any, at: Any) -> Case:
    """All that is required is done, and nobody decided on the non-compete."""
    done(case, cast, at, "settlement", "accounts", "assets", "documents", "social_insurance")
    case.tracks.filter(kind="handover").update(state="done")
    left = ended(case)
    assert left.state == "closed"
    return left


def test_a_decision_nobody_made_is_still_asked_for_once_the_case_is_closed(case, cast, at) -> None:
    left = closed(case, cast, at)

    duty = Obligation.objects.for_work().get(case=left, kind="non_compete_decision")
    assert (duty.is_open, duty.due_date, duty.role) == (True, date(2026, 7, 17), "hr_legal")
    (asked,) = [row for row in duties_of(cast.legal, "offboarding.track") if row.key == "non_compete"]
    assert asked.due_at.astimezone(on(LAST).tzinfo).date() == duty.due_date
    page = sign_in(cast.legal).get(f"/cases/{left.pk}/after/").content.decode()
    assert f'href="/cases/{left.pk}/non-compete/"' in page

    ops.waive_non_compete(case=left, clause=a_clause(), by=cast.legal, at=on(date(2026, 6, 20)))

    duty.refresh_from_db()
    assert (duty.outcome, duty.done_by) == ("done", cast.legal)
    assert not [row for row in duties_of(cast.legal) if row.key.startswith("non_compete")]


def test_what_was_decided_in_time_leaves_no_duty_to_decide(case, cast, at) -> None:
    ops.note_no_clause(case=case, by=cast.legal, at=at)

    assert not closed(case, cast, at).obligations.filter(kind="non_compete_decision").exists()


def test_a_decision_is_no_duty_done_by_hand(case, cast, at) -> None:
    left = ended(case)
    duty = Obligation.objects.for_work().get(case=left, kind="non_compete_decision")

    with pytest.raises(WrongState):
        ops.finish_obligation(obligation=duty, note="不用了", by=cast.legal, at=at)


def test_its_end_is_told_to_legal_and_to_the_person_twice_each_once(case, cast, at) -> None:
    in_force(case, cast, at, months=6)
    ended(case)
    told = []

    for day in (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18), date(2026, 12, 10), date(2026, 12, 17)):
        ops.keep_clock(at=on(day))
        ops.keep_clock(at=on(day, hour=12))
        told.append(Notice.objects.filter(kind="offboarding.own_non_compete_ending", user=cast.leaver).count())

    assert told == [0, 1, 1, 2, 2]
    assert Notice.objects.filter(kind="offboarding.non_compete_ending", user=cast.legal).count() == 2
    mine = Notice.objects.filter(user=cast.leaver, kind="offboarding.own_non_compete_ending").first()
    assert (mine.url, "2026-12-17" in mine.title) == ("/door/", True)


def test_of_an_end_that_was_slept_through_only_the_nearest_mark_is_told(case, cast, at) -> None:
    in_force(case, cast, at, months=6)
    ended(case)

    ops.keep_clock(at=on(date(2026, 12, 14)))
    ops.keep_clock(at=on(date(2026, 12, 15)))

    assert Notice.objects.filter(kind="offboarding.own_non_compete_ending").count() == 1


def test_of_what_was_ended_early_no_end_is_told(case, cast, at) -> None:
    in_force(case, cast, at, months=6)
    ended(case)
    day = date(2026, 11, 1)
    ops.end_non_compete(clause=clause_of(case), state="released", day=day, by=cast.legal, at=on(day))

    ops.keep_clock(at=on(date(2026, 11, 20)))

    assert not Notice.objects.filter(kind__endswith="non_compete_ending").exists()


def test_the_track_of_a_non_compete_is_finished_by_the_decision_alone(case, cast, at) -> None:
    track = case.tracks.select_related("case__employment__person").get(kind="non_compete")

    with pytest.raises(Refused) as refusal:
        ops.finish_track(track=track, note="已启动 12 个月", by=cast.legal, at=at)
    page = sign_in(cast.legal).get(track.url)

    assert refusal.value.code == "B_TRACK_BY_ITSELF"
    assert f"/cases/{case.pk}/after/" in page.content.decode()
    assert 'value="done"' not in page.content.decode()


@pytest.mark.parametrize(("decision", "state"), [("waive", "waived"), ("none", "none")])
def test_a_decision_without_a_clause_is_said_over_the_api(case, cast, at, decision, state) -> None:
    answer = api_client(cast.legal).post(
        f"/api/v1/cases/{case.pk}/non-compete/", {"decision": decision}, format="json", HTTP_IDEMPOTENCY_KEY="one"
    )

    assert (answer.status_code, answer.json()["state"]) == (201, state)


def test_a_penalty_beyond_five_times_the_compensation_needs_a_reason_and_is_told(case, cast, at) -> None:
    """NC: twelve months of 9,000 make 108,000."""
    high = {"penalty": Decimal("540000.01")}
    with pytest.raises(Refused):
        ops.activate_non_compete(case=case, clause=a_clause(**high, reason=""), by=cast.hr_manager, at=at)

    in_force(case, cast, at, **high)
    ended(case)

    assert "W_NC_PENALTY_HIGH" in clause_of(case).codes
    page = sign_in(cast.legal).get(f"/cases/{case.pk}/after/").content.decode()
    assert "540,000.01" in page and "违约金超过补偿总额" in page


def test_within_five_times_nothing_is_said_of_the_penalty(case, cast, at) -> None:
    in_force(case, cast, at, penalty=Decimal(540000))

    assert "W_NC_PENALTY_HIGH" not in clause_of(case).codes


def test_of_the_floor_a_penalty_that_is_high_would_tell_the_average_wage() -> None:
    codes = ["I_NC_NO_AGREED_COMP", "W_NC_PENALTY_HIGH"]

    assert rules.told(codes, sees_pay=False) == codes[:1]
    assert rules.told(codes, sees_pay=True) == codes
    assert rules.told(codes[1:], sees_pay=False) == codes[1:]


def test_the_penalty_is_kept_encrypted_and_told_to_those_who_decide(case, cast, at) -> None:
    address = f"/api/v1/cases/{case.pk}/non-compete/"
    said = {"decision": "activate", "basis": "senior_technician", "months": 6, "monthly": "8000.00", "reason": "约定"}
    client = api_client(cast.legal, HTTP_IDEMPOTENCY_KEY="one")

    answer = client.post(address, said | {"penalty": "300000.00"}, format="json")

    assert (answer.status_code, answer.json()["penalty"]) == (201, "300000.00")
    assert "W_NC_PENALTY_HIGH" in answer.json()["codes"]
    assert api_client(cast.auditor).get(address).json()["penalty"] is None
    assert "300000" not in str(Event.objects.filter(subject=case.ref).values_list("payload", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT penalty::text FROM offboarding_noncompete")
        assert "300000" not in cursor.fetchone()[0]
