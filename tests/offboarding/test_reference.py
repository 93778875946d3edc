"""Dated figures: entered by one, confirmed by another, and every running exit gone through again."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.http import Http404

from ehr.deadlines.models import Deadline
from ehr.errors import Refused, WrongState
from ehr.record.models import Event
from employees.models import Employment, Person
from offboarding import operations as ops
from offboarding.models import ReferenceChange, ReferenceRow, ReferenceRun, ReferenceTable
from offboarding.models.reference_tables import tables_in_force
from offboarding.operations.settling import current
from offboarding.reference import shipped
from tests.factories.offboarding import a_dismissal_draft
from tests.factories.reference import a_row, an_average, confirmed_row, figures_unconfirmed, run_out
from tests.factories.settlements import a_parting, calculated, confirmed, page_of, submitted

pytestmark = pytest.mark.django_db
SHANGHAI = {"city": "上海", "as_of": date(2026, 6, 30)}


def test_what_ships_is_in_force_as_the_files_have_it(cast) -> None:
    figures_unconfirmed()

    found, files = tables_in_force(), shipped()

    for name in ReferenceTable.values:
        assert sorted(getattr(found, name), key=str) == sorted(getattr(files, name), key=str)
    assert found.calendar == files.calendar
    assert ops.load_shipped() == 0


def test_a_draft_changes_nothing_until_a_second_person_confirms_it(cast, at) -> None:
    before = tables_in_force().average_wage(**SHANGHAI).monthly
    row = an_average("13000", by=cast.group_hr, at=at)
    ops.ask_reference(row=row, by=cast.group_hr, at=at)

    assert tables_in_force().average_wage(**SHANGHAI).monthly == before
    assert Deadline.objects.still_open().filter(kind="offboarding.reference_review").count() == 1

    ops.confirm_references(rows=[a_row(row)], by=cast.legal, at=at)
    assert tables_in_force().average_wage(**SHANGHAI).monthly == Decimal(13000)
    assert not Deadline.objects.still_open().filter(kind="offboarding.reference_review").exists()


def test_nothing_is_kept_beside_a_draft_that_was_thrown_away_meanwhile(cast, at) -> None:
    row = an_average("13000", by=cast.group_hr, at=at)
    ops.discard_reference(row=a_row(row), by=cast.group_hr, at=at)

    with pytest.raises(Http404):
        ops.add_source(row=row, name="源.pdf", size=9, content=BytesIO(b"%PDF-1.7 "), by=cast.group_hr, at=at)


@pytest.mark.parametrize("deed", ["ask", "confirm", "give_back", "discard"])
def test_a_draft_that_was_thrown_away_meanwhile_is_told_as_gone(cast, at, deed) -> None:
    row = an_average("13000", by=cast.group_hr, at=at)
    ops.ask_reference(row=row, by=cast.group_hr, at=at)
    seen = a_row(row)
    ops.discard_reference(row=a_row(row), by=cast.group_hr, at=at)
    said = {"give_back": {"reason": "旧文件"}, "discard": {}}.get(deed, {"by": cast.legal, "at": at})

    with pytest.raises(WrongState):
        getattr(seen, deed)(**said)


@pytest.mark.parametrize("who", ["entered", "asked"])
def test_neither_who_entered_nor_who_asked_confirms(cast, at, who) -> None:
    row = an_average("13000", by=cast.group_hr, at=at)
    ops.ask_reference(row=row, by=cast.legal, at=at)
    culprit = {"entered": cast.group_hr, "asked": cast.legal}[who]

    with pytest.raises(Refused) as refused:
        ops.confirm_references(rows=[a_row(row)], by=culprit, at=at)

    assert refused.value.code == "B_SECOND_PERSON"
    assert a_row(row).status == "draft"


def test_a_correction_replaces_and_the_old_row_stays_readable(cast, at) -> None:
    first = confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    second = confirmed_row(an_average("13100", by=cast.group_hr, at=at), cast, at)

    assert second.replaces == first
    assert (a_row(first).status, a_row(first).values["monthly"]) == ("superseded", "13000.00")
    with pytest.raises(WrongState):
        ops.ask_reference(row=a_row(first), by=cast.group_hr, at=at)


def test_one_gives_it_back_with_a_reason(cast, at) -> None:
    row = an_average("13000", by=cast.group_hr, at=at)
    ops.ask_reference(row=row, by=cast.group_hr, at=at)

    ops.return_reference(row=a_row(row), reason="公告里是 13,100", by=cast.legal, at=at)

    assert (a_row(row).returned, a_row(row).is_waiting) == ("公告里是 13,100", False)
    assert "13,100" not in str(list(Event.objects.filter(kind__contains="reference").values_list("payload", flat=True)))


def test_nobody_is_paid_by_a_figure_nobody_confirmed(cast, at, settings) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)
    figures_unconfirmed()
    submitted(settlement, cast, at)

    with pytest.raises(Refused) as refused:
        ops.confirm_settlement(settlement=settlement, by=cast.finance, at=at)

    assert refused.value.code == "B_REF_UNCONFIRMED"
    for row in ReferenceRow.objects.filter(adcode="310000"):
        confirmed_row(row, cast, at)
    settlement = page_of(settlement.case).settlements.get()
    ops.confirm_settlement(settlement=settlement, by=cast.finance, at=at)
    assert settlement.state == "confirmed"


def test_a_new_average_wage_is_a_new_version_with_what_changed(cast, at) -> None:
    case = a_parting(cast, at, wage=Decimal(60000))
    before = calculated(case, cast, at).sum

    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run = run_out(at)

    change = ReferenceChange.objects.get()
    assert (change.case, change.outcome, change.before) == (case, "changed", before)
    assert change.after > before
    assert (current(case).cause, current(case).calculated_by) == (
        "reference",
        case.settlements.get(nth=1).calculated_by,
    )
    assert current(case).sum == change.after
    severance = next(line for line in change.lines if line["code"] == "severance")
    assert severance["article"].startswith("LCL 46")
    assert severance["after"] - severance["before"] == Decimal("9339.00")  # 5.5 x 3 x (13,000 - 12,434)
    assert (run.state, run.cases_total, run.cases_done) == ("done", 1, 1)
    assert str(before) not in str(ReferenceChange.objects.values())


def test_what_finance_confirmed_is_flagged_and_not_changed(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at, wage=Decimal(60000)), cast, at), cast, at)

    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run_out(at)

    change = ReferenceChange.objects.get()
    assert (change.outcome, change.settlement) == ("flagged", settlement)
    assert change.after > settlement.sum
    settlement.refresh_from_db()
    assert (settlement.state, settlement.case.settlements.count()) == ("confirmed", 1)
    assert Event.objects.filter(kind="offboarding.case.settlement_flagged").count() == 1


def test_a_pass_that_was_cut_off_goes_on_after_the_last_case(cast, at) -> None:
    case = a_parting(cast, at, wage=Decimal(60000))
    calculated(case, cast, at)
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    run = ReferenceRun.objects.get()
    run.begin(total=1)
    run.step(case.pk)

    run_out(at)

    assert (ReferenceRun.objects.get().state, ReferenceChange.objects.count()) == ("done", 0)


def test_what_waits_takes_the_next_row_along(cast, at) -> None:
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    confirmed_row(an_average("13100", by=cast.group_hr, at=at), cast, at)

    assert len(ReferenceRun.objects.get().keys) == 2


def test_a_new_retirement_age_is_told_of_the_cases_it_protects(cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_3")
    Person.objects.filter(pk=case.employment.person_id).update(birth_date=date(1979, 1, 10), gender="male")
    Employment.objects.filter(pk=case.employment_id).update(hire_date=date(2008, 1, 1), retirement_category="male_60")
    said = {"table": "retirement_ages", "category": "M60", "base_years": "50", "step": "4", "max_delay": "36"}
    said |= {"effective_from": date(2026, 1, 1), "source": "试"}
    confirmed_row(ops.enter_row(said=said, by=cast.group_hr, at=at), cast, at)

    run_out(at)

    assert list(ReferenceChange.objects.values_list("case", "outcome")) == [(case.pk, "law")]


def test_a_calendar_year_that_was_loaded_counts_in_the_last_wage(cast, at) -> None:
    from ehr.deadlines.calendar_editing import load_year
    from ehr.record import deliver_all
    from ehr.units.year_files import Listed

    days = {date(2027, 2, 5): Listed(is_workday=False), date(2027, 2, 14): Listed(is_workday=True)}
    load_year(year=2027, listed=days, source="国办发明电", by=cast.group_hr, at=at)
    deliver_all()

    calendar = tables_in_force().calendar
    assert not calendar.is_workday(date(2027, 2, 5))
    assert ReferenceRun.objects.get().year == 2027


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"monthly": "-1"}, "B_REF_NUMBER", "monthly"),
        ({"monthly": "NaN"}, "B_REF_NUMBER", "monthly"),
        ({"monthly": "12.345"}, "B_REF_NUMBER", "monthly"),
        ({"monthly": ""}, "B_REF_EMPTY", "monthly"),
        ({"stat_year": "23"}, "B_REF_YEAR", "stat_year"),
        ({"calibre": "x"}, "B_REF_WORD", "calibre"),
        ({"adcode": ""}, "B_REF_EMPTY", "adcode"),
        ({"source": " "}, "B_REF_SOURCE", "source"),
    ],
)
def test_a_figure_that_can_not_be_is_refused(cast, at, changes, code, field) -> None:
    with pytest.raises(Refused) as refused:
        an_average("13000", by=cast.group_hr, at=at, **changes)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    "broken",
    ["36000,3,0;144000,10,2519;,20,16919", "36000,3,0;144000,10,2520", "36000,3;x", "", "Infinity,3,0;,10,Infinity"],
)
def test_tax_bands_must_meet(cast, at, broken) -> None:
    said = {"table": "tax_bands", "effective_from": date(2027, 1, 1), "source": "试", "rows": broken}

    with pytest.raises(Refused):
        ops.enter_row(said=said, by=cast.group_hr, at=at)


def test_a_whole_set_of_tax_bands_holds_from_its_day(cast, at) -> None:
    said = {"table": "tax_bands", "effective_from": date(2027, 1, 1), "source": "试"}
    confirmed_row(ops.enter_row(said=said | {"rows": "36000,5,0\n,10,1800"}, by=cast.group_hr, at=at), cast, at)

    assert [row.rate_percent for row in tables_in_force().tax_bands_on(date(2027, 3, 1))] == [5, 10]
    assert len(tables_in_force().tax_bands_on(date(2026, 3, 1))) == 7


def test_thirty_settlements_in_one_pass(cast, at) -> None:
    from tests.factories.settlements import many_partings

    many_partings(30, cast, at, wage=Decimal(60000))
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)

    run = run_out(at)

    assert (run.cases_done, run.changes.filter(outcome="changed").count()) == (30, 30)
