"""What stands on file about protections, as the law's rules read it."""

from datetime import date, timedelta

import pytest

from ehr.errors import Refused
from employees.models import ProtectedStatus
from offboarding import operations as ops
from offboarding.models.law_facts import Plan, facts_of
from offboarding.rules.compliance.facts import WorkInjury
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal_draft

pytestmark = pytest.mark.django_db
NOTICE, LAST_DAY = date(2026, 8, 3), date(2026, 9, 2)


@pytest.fixture
def on_file(cast):
    employment = cast.employment["leaver"]

    def put(kind, *, start=NOTICE - timedelta(days=60), end=None, grade=None) -> None:
        ProtectedStatus.objects.create(
            employment=employment,
            data_key=employment.data_key,
            kind=kind,
            injury_grade=grade,
            start_date=start,
            end_date=end,
        )

    return put


def judged(cast):
    plan = Plan(kind="dismissal", ground="LCL40_2", reason="", notice_date=NOTICE, last_day=LAST_DAY)
    return facts_of(cast.employment["leaver"], plan).law.employee


@pytest.mark.parametrize(
    ("end", "protects"),
    [
        (None, True),
        (NOTICE - timedelta(days=1), False),
        (NOTICE + timedelta(days=1), False),
        (LAST_DAY, False),
        (LAST_DAY + timedelta(days=1), True),
    ],
)
def test_a_hazard_protects_until_the_leaving_check_up(cast, on_file, end, protects) -> None:
    on_file("occupational_hazard", end=end)

    assert judged(cast).hazard_exposure is protects


def test_a_check_up_does_not_cover_the_exposure_after_it(cast, on_file) -> None:
    on_file("occupational_hazard", end=NOTICE)
    on_file("occupational_hazard", start=NOTICE)

    assert judged(cast).hazard_exposure is True


def test_a_suspected_disease_is_the_first_item_and_not_the_sixth(cast, on_file) -> None:
    on_file("suspected_disease")

    assert judged(cast).suspected_occ_disease is True
    assert judged(cast).other_protection == ""


@pytest.mark.parametrize(
    ("grades", "injury"),
    [
        ([], None),
        ([None], WorkInjury(in_treatment=True)),
        (["7"], WorkInjury(grade=7)),
        (["10", "6", "8"], WorkInjury(grade=6)),
        (["6", None], WorkInjury(in_treatment=True)),
    ],
)
def test_an_injury_under_treatment_comes_before_the_worst_grade(cast, on_file, grades, injury) -> None:
    for grade in grades:
        on_file("work_injury", grade=grade)

    assert judged(cast).work_injury == injury


@pytest.mark.parametrize(
    ("kind", "statute"), [("kept_first", ""), ("maternity", ""), ("union", "TUL 19"), ("other", "LCL 42(6)")]
)
def test_only_what_another_statute_protects_is_the_sixth_item(cast, on_file, kind, statute) -> None:
    on_file(kind)

    assert judged(cast).other_protection == statute


@pytest.mark.slow
def test_what_legal_enters_stops_the_next_dismissal_and_what_is_taken_back_does_not(cast, at, monkeypatch) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    case = a_dismissal_draft(cast, at, ground="LCL40_2")
    row = ProtectedStatus.enter(cast.employment["leaver"], kind="maternity", start_date=at.date(), by=cast.legal, at=at)

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)
    by_hr, by_legal = (
        sign_in(user).get(f"{case.url}wizard/check/").content.decode() for user in (cast.hr_manager, cast.legal)
    )
    row.take_back(reason="登记有误", by=cast.legal, at=at)
    ops.submit_case(case=case, by=cast.head, at=at)

    assert refusal.value.code == "B_PROTECTED_42"
    assert "孕期" in by_legal and "孕期" not in by_hr
    assert case.state == "in_approval"
