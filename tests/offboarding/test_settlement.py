"""The pay of an exit from calculation to the last payment: LCL 47, 50(2); WPR 9, 16."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from employees.models import Contract, Employment, Person
from offboarding import operations as ops
from offboarding.models import Decision, Settlement, Track
from offboarding.operations.settling import current
from offboarding.queries.settlement_page import settlement_page
from offboarding.rules.pay_inputs import PayInputs
from tests.factories.offboarding import done, duties_of, on
from tests.factories.settlements import a_leaving, a_parting, calculated, confirmed, page_of, paid_for, submitted

pytestmark = pytest.mark.django_db
REASON = {"W_TAX_SCOPE": "已电话咨询主管税务所"}


def amounts(settlement: Settlement) -> dict[str, Decimal]:
    return {line.code: line.sum for line in settlement.lines.all() if line.sum is not None}


def pay(settlement: Settlement, when: str, cast: Any, at: Any, **said: Any) -> None:
    facts = {"paid_date": at.date(), "reference": "ICBC-1"} | said
    ops.record_payment(settlement=settlement, when=when, by=cast.finance, at=at, **facts)


def test_a_resignation_pays_wages_and_leave(cast, at) -> None:
    case = a_leaving(cast, at)

    settlement = calculated(case, cast, at)

    assert case.termination_date == date(2026, 6, 17)
    assert amounts(settlement) == {
        "leave_payout": Decimal("1839.08"),  # floor(168 / 365 x 5 - 1) = 1 day of 20,000 / 21.75, twice
        "final_wage": Decimal("11954.02"),  # 13 paid days of 21.75
    }
    assert settlement.sum == Decimal("13793.10")


def test_the_days_of_leave_grow_with_full_years_only(cast, at) -> None:
    """Nine years and eight months are ten for severance, but not yet ten for leave (ALR 3)."""
    case = a_leaving(cast, at, hire_date=date(2016, 10, 1))

    settlement = calculated(case, cast, at)

    assert amounts(settlement)["leave_payout"] == Decimal("1839.08")  # floor(168 / 365 x 5 - 1) = 1 day


@pytest.mark.parametrize(
    ("first", "days"),
    [(date(2006, 6, 17), "4"), (date(2006, 6, 18), "4"), (date(2016, 6, 18), "3")],
)
def test_work_for_others_counts_for_leave(cast, at, first, days) -> None:
    """ALR 3: twenty years of all work are fifteen days, ten are ten; here there is hardly one."""
    case = a_leaving(cast, at, hire_date=date(2025, 9, 1))
    Person.objects.filter(pk=case.employment.person_id).update(first_work_date=first)

    settlement = calculated(page_of(case), cast, at)

    assert days in settlement.lines.get(code="leave_payout").formula


def test_under_a_year_here_somebody_says_whether_there_was_work_before(cast, at) -> None:
    """No leave at all would be a guess (ALM 3)."""
    case = a_leaving(cast, at, hire_date=date(2025, 9, 1))

    assert [gap["code"] for gap in calculated(case, cast, at).gaps] == ["leave_entitlement"]
    assert calculated(case, cast, at, entitlement_days=0).gaps == []


def test_both_may_sign_for_less_than_the_law_gives(cast, at) -> None:
    case = a_parting(cast, at)
    lawful = amounts(calculated(case, cast, at))["severance"]

    settlement = calculated(case, cast, at, agreed=lawful - 1)

    assert amounts(settlement)["severance"] == lawful - 1
    with pytest.raises(Refused) as refused:
        submitted(settlement, cast, at)
    assert (refused.value.code, refused.value.field) == ("B_WARNING_REASON", "W_BELOW_STATUTORY")


def test_an_intern_gets_wages_and_neither_leave_nor_severance(cast, at) -> None:
    """Compliance 1.0."""
    case = a_parting(cast, at)
    Employment.objects.filter(pk=case.employment_id).update(relation="intern")

    settlement = calculated(page_of(case), cast, at)

    assert {code for code, sum in amounts(settlement).items() if sum} == {"final_wage"}
    assert "W_OUT_OF_SCOPE" in settlement.codes


def test_amounts_and_formulas_lie_under_the_key_and_not_in_the_record(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)

    raw = list(Settlement.objects.filter(pk=settlement.pk).values())
    told = str(list(Event.objects.filter(subject=settlement.case.ref).values_list("payload", flat=True)))
    for line in settlement.lines.all():
        if line.amount:
            assert line.amount.lstrip("-") not in told
    assert str(settlement.total) not in str(raw)
    assert settlement.data_key_id == settlement.case.employment.data_key_id


@pytest.mark.parametrize(
    ("facts", "gap"), [({"months": 0}, "pay_months"), ({"place_of_performance": "拉萨"}, "average_wage")]
)
def test_a_missing_figure_is_named_and_stops_the_submission(cast, at, facts, gap) -> None:
    settlement = calculated(a_parting(cast, at, **facts), cast, at)

    assert gap in [each["code"] for each in settlement.gaps]
    assert (settlement.sum, settlement.lines.count()) == (None, 0)
    with pytest.raises(Refused) as refused:
        submitted(settlement, cast, at)
    assert refused.value.code == "B_SETTLEMENT_GAP"


@pytest.mark.parametrize(
    ("inputs", "code", "field"),
    [
        ({"ex_gratia": Decimal(1)}, "B_GIFT_REASON", "ex_gratia_reason"),
        ({"loss": Decimal(1)}, "B_DEDUCTION_BASIS", "loss_basis"),
        ({"assets": Decimal(1)}, "B_DEDUCTION_BASIS", "assets_basis"),
        ({"court_order": Decimal(1)}, "B_DEDUCTION_BASIS", "court_order_basis"),
        ({"other_pay": Decimal(1)}, "B_OTHER_PAY_BASIS", "other_pay_basis"),
        ({"agreed": Decimal(1)}, "B_AGREED_GROUND", "agreed"),
        ({"agreed": Decimal(1), "ex_gratia": Decimal(1), "ex_gratia_reason": "x"}, "B_AGREED_ALONE", "ex_gratia"),
    ],
)
def test_what_is_added_needs_its_reason(cast, at, inputs, code, field) -> None:
    with pytest.raises(Refused) as refused:
        calculated(a_leaving(cast, at), cast, at, **inputs)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_warning_needs_a_written_reason(cast, at) -> None:
    settlement = calculated(a_parting(cast, at), cast, at, ex_gratia=Decimal(5000), ex_gratia_reason="双方约定")

    with pytest.raises(Refused) as refused:
        submitted(settlement, cast, at)
    assert (refused.value.code, refused.value.field) == ("B_WARNING_REASON", "W_TAX_SCOPE")

    submitted(settlement, cast, at, **REASON)
    settlement.refresh_from_db()
    assert settlement.reasons == REASON


def test_who_calculated_never_confirms(cast, at) -> None:
    settlement = ops.calculate_settlement(
        case=a_leaving(cast, at), inputs=PayInputs(used_days=Decimal(1)), by=cast.finance, at=at
    )
    submitted(settlement, cast, at)

    with pytest.raises(Refused) as refused:
        ops.confirm_settlement(settlement=settlement, by=cast.finance, at=at)
    assert refused.value.code == "B_SECOND_PERSON"


def test_nobody_settles_for_themself(cast, at) -> None:
    case = a_leaving(cast, at, who="hrbp")

    with pytest.raises(Forbidden):
        calculated(case, cast, at)


def test_finance_returns_with_a_reason_that_stays_encrypted(cast, at) -> None:
    settlement = submitted(calculated(a_leaving(cast, at), cast, at), cast, at)

    ops.return_settlement(settlement=settlement, reason="年假天数不对", by=cast.finance, at=at)

    assert settlement.state == "draft"
    event = Event.objects.get(kind="offboarding.case.settlement_returned")
    assert "年假" not in str(event.payload) and event.payload["reason_sha256"]
    assert duties_of(cast.finance, "offboarding.settlement_confirm") == []


def test_wages_are_due_on_the_last_day_and_severance_waits_for_the_handover(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    case = settlement.case

    due = {row.when: row.due_date for row in settlement.payments.all()}
    assert due == {"last_day": case.termination_date, "handover": None}
    assert [row.key for row in duties_of(cast.finance, "offboarding.settlement_payment")] == ["last_day"]
    with pytest.raises(Refused) as refused:
        pay(settlement, "handover", cast, at)
    assert (refused.value.code, refused.value.article) == ("B_HANDOVER_OPEN", "LCL 50(2)")

    done(case, cast, at, "handover")

    assert settlement.payments.get(when="handover").due_date == case.termination_date
    assert {row.key for row in duties_of(cast.finance, "offboarding.settlement_payment")} == {"last_day", "handover"}


def test_an_employer_who_delays_the_handover_pays_on_the_last_day(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at, employer_delays=True), cast, at)

    assert settlement.payments.get(when="handover").due_date == settlement.case.termination_date


def test_the_last_payment_finishes_the_track(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    done(settlement.case, cast, at, "handover")
    track = Track.objects.get(case=settlement.case, kind="settlement")

    pay(settlement, "last_day", cast, at)
    track.refresh_from_db()
    assert track.state != "done"
    pay(settlement, "handover", cast, at)

    track.refresh_from_db()
    settlement.refresh_from_db()
    assert (track.state, settlement.state) == ("done", "paid")
    assert duties_of(cast.finance, "offboarding.settlement_payment") == []
    with pytest.raises(WrongState):
        pay(settlement, "last_day", cast, at)


def test_the_track_is_not_finished_by_hand_once_there_is_a_settlement(cast, at) -> None:
    case = a_leaving(cast, at)
    calculated(case, cast, at)

    with pytest.raises(Refused) as refused:
        done(case, cast, at, "settlement")
    assert refused.value.code == "B_TRACK_BY_ITSELF"


def test_a_payment_cannot_lie_ahead(cast, at) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    with pytest.raises(Refused) as refused:
        pay(settlement, "last_day", cast, at, paid_date=at.date() + timedelta(days=1))
    assert refused.value.code == "B_DATE_TO_COME"


def test_nothing_was_paid_before_the_exit_was_filed(cast, at) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    filed = settlement.case.filed_date

    with pytest.raises(Refused) as refused:
        pay(settlement, "last_day", cast, at, paid_date=filed - timedelta(days=1))
    pay(settlement, "last_day", cast, at, paid_date=filed)

    assert (refused.value.code, refused.value.field) == ("B_DATE_BEFORE_FILED", "paid_date")
    assert filed.isoformat() in refused.value.detail
    assert settlement.payments.get(when="last_day").paid_date == filed


def test_an_unpaid_wage_is_red_after_the_last_day(cast, at) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    duty = Deadline.objects.get(kind="offboarding.settlement_payment", subject=settlement.case.ref)

    late = on(settlement.case.termination_date, hour=19)
    assert duty.due_at < late
    assert settlement.payments.get().is_late(settlement.case.termination_date + timedelta(days=1))


def test_new_dates_draw_a_new_version_that_somebody_has_to_confirm_again(cast, at) -> None:
    first = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    case = first.case

    ops.change_dates(
        case=case,
        dates_to_be=replace(
            case.dates,
            last_working_date=date(2026, 6, 10),
            termination_date=date(2026, 6, 10),
            paid_until_date=date(2026, 6, 10),
        ),
        by=cast.hrbp,
        at=at,
    )

    second = current(case)
    assert (second.nth, second.state, second.cause) == (2, "draft", "dates")
    assert amounts(second)["final_wage"] < amounts(first)["final_wage"]
    first.refresh_from_db()
    assert first.state == "superseded"
    assert duties_of(cast.finance, "offboarding.settlement_payment") == []
    with pytest.raises(Refused) as refused:
        ops.confirm_settlement(settlement=second, by=cast.hrbp, at=at)
    assert refused.value.code == "B_SECOND_PERSON"


def test_dates_that_change_no_amount_draw_no_version(cast, at) -> None:
    settlement = calculated(a_leaving(cast, at), cast, at)

    assert ops.recalculate(settlement.case, cause="dates", by=None, at=at) is False
    assert settlement.case.settlements.count() == 1


def test_what_was_paid_before_is_not_paid_twice(cast, at) -> None:
    first = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    before = first.sum
    pay(first, "last_day", cast, at)
    paid_for(cast.employment["leaver"], at, wage=Decimal(30000))
    case = page_of(first.case)

    assert ops.recalculate(case, cause="pay", by=None, at=at)

    second = confirmed(current(case), cast, at)
    assert second.payments.get().sum == second.sum - before
    assert Track.objects.get(case=case, kind="settlement").state == "returned"


def test_only_legal_makes_it_unlawful_and_it_stays_so(cast, at) -> None:
    case = a_parting(cast, at)
    calculated(case, cast, at)

    judged = ops.judge_ending(
        case=case, unlawful=True, agreement_void=True, reason="协议系胁迫签订", by=cast.legal, at=at
    )
    again = calculated(case, cast, at, unlawful=False)

    assert amounts(judged)["damages"] == Decimal("220000.00")  # 2 x 5.5 x 20,000
    assert "damages" in amounts(again) and "severance" not in amounts(again)
    assert "胁迫" not in str(list(Event.objects.values_list("payload", flat=True)))


def test_what_the_employer_did_not_end_costs_no_double_severance(cast, at) -> None:
    resigned, agreed = a_leaving(cast, at, who="successor"), a_parting(cast, at)

    with pytest.raises(Refused) as nothing_ended:
        ops.judge_ending(case=resigned, unlawful=True, agreement_void=True, reason="x", by=cast.legal, at=at)
    with pytest.raises(Refused) as agreement:
        ops.judge_ending(case=agreed, unlawful=True, reason="x", by=cast.legal, at=at)
    holds = ops.judge_ending(case=resigned, unlawful=False, reason="辞职有效", by=cast.legal, at=at)

    assert (nothing_ended.value.code, nothing_ended.value.article) == ("B_NO_EMPLOYER_ENDING", "LCL 48, 87")
    assert (agreement.value.code, agreement.value.article) == ("B_AGREEMENT_STANDS", "JI1 35")
    assert "damages" not in amounts(holds)
    assert not Decision.objects.filter(case=agreed, kind="judgement").exists()


@pytest.mark.parametrize(("judgements", "owed"), [([True], {"last_day": "110000.00"}), ([True, False], {})])
def test_what_was_paid_as_n_counts_towards_2n_and_the_other_way_round(cast, at, judgements, owed) -> None:
    case = a_parting(cast, at)
    drawn = confirmed(calculated(case, cast, at), cast, at)
    done(case, cast, at, "handover")

    for unlawful in judgements:
        for payment in drawn.payments.all():
            pay(drawn, payment.when, cast, at)
        ops.judge_ending(case=case, unlawful=unlawful, agreement_void=True, reason="仲裁", by=cast.legal, at=at)
        drawn = confirmed(current(case), cast, at, **REASON)

    assert {row.when: row.amount for row in drawn.payments.all()} == owed


def test_a_version_that_was_replaced_meanwhile_is_not_paid(cast, at) -> None:
    read = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)
    calculated(page_of(read.case), cast, at, used_days=Decimal(0))

    with pytest.raises(WrongState):
        pay(read, "last_day", cast, at)

    assert read.payments.get().paid_date is None


def test_what_a_signature_or_a_payment_finished_is_not_given_back_by_hand(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)
    done(settlement.case, cast, at, "handover")
    track = Track.objects.select_related("case__employment__person", "case__unit").get(
        case=settlement.case, kind="handover"
    )

    with pytest.raises(Refused) as refused:
        ops.return_track(track=track, note="再看", by=cast.hr_manager, at=at)

    assert refused.value.code == "B_TRACK_BY_ITSELF"


def test_a_running_exit_only(cast, at) -> None:
    case = a_leaving(cast, at)
    ops.withdraw(case=case, reason="", by=cast.leaver, at=at)
    asked = case.withdrawals.first()
    assert asked
    ops.answer_withdrawal(case=case, agree=True, by=cast.hrbp, at=at)

    with pytest.raises(WrongState):
        calculated(case, cast, at)


@pytest.mark.parametrize(
    ("terms", "months"),
    [
        (None, "11"),  # nothing on file: to the end of the first year (LCL 14(3), 82)
        ({"signed_date": date(2024, 7, 1)}, "3"),  # from 1 April to 30 June
        ({"signed_date": date(2024, 4, 1)}, ""),
        ({}, ""),  # by its first day
    ],
)
def test_months_without_a_written_contract_are_a_risk_to_know_of_and_in_no_sum(cast, at, terms, months) -> None:
    case = a_leaving(cast, at, hire_date=date(2024, 3, 1))
    case.employment.contracts.all().delete()
    if terms is not None:
        Contract.objects.create(employment=case.employment, kind="open", start_date=date(2024, 3, 1), **terms)
    settlement = calculated(case, cast, at)

    page = settlement_page(cast.users["hr_manager"], page_of(case), at=at)

    assert (page.second_wage.lines[0].formula.split(" × ")[1][:2].strip() if page.second_wage else "") == months
    assert "double_wage" not in amounts(settlement)


def test_the_leaver_is_not_shown_what_the_company_fears(cast, at) -> None:
    case = a_leaving(cast, at, hire_date=date(2024, 3, 1))
    case.employment.contracts.all().delete()
    confirmed(calculated(case, cast, at), cast, at)

    assert settlement_page(cast.users["leaver"], page_of(case), at=at).second_wage is None
