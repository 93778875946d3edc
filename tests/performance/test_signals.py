"""Feeds of other systems: in bulk, once by source id, and nothing that the law keeps out."""

from datetime import date
from decimal import Decimal

import pytest

from performance.models import AttendanceMonth, MonthlyResult
from tests.access.cast import api_client, sign_in

pytestmark = pytest.mark.django_db

PERFORMANCE, ATTENDANCE = "/api/v1/signals/performance/", "/api/v1/signals/attendance/"


def result(number: str, **facts) -> dict:
    return {"source_id": f"erp-{number}", "employee_number": number, "month": "2026-04", "target_ratio": "0.78"} | facts


def send(user, url, *rows):
    return api_client(user).post(url, {"source": "erp", "rows": list(rows)}, format="json")


def test_results_are_taken_once(cast):
    number = cast.employment["leaver"].employee_number

    first, second = (send(cast.admin, PERFORMANCE, result(number)).json() for _ in range(2))

    assert (first["created"], second["created"], second["unchanged"]) == (1, 0, 1)
    assert MonthlyResult.objects.get().target_ratio == Decimal("0.7800")


def test_a_later_report_of_the_month_replaces_the_earlier(cast):
    number = cast.employment["leaver"].employee_number
    send(cast.admin, PERFORMANCE, result(number))

    answer = send(cast.admin, PERFORMANCE, result(number, source_id="erp-2", target_ratio="1.08")).json()

    assert answer["updated"] == 1
    assert MonthlyResult.objects.get().target_ratio == Decimal("1.0800")


def test_an_unknown_person_stops_nobody_else(cast):
    number = cast.employment["leaver"].employee_number

    answer = send(cast.admin, PERFORMANCE, result("NOBODY"), result(number)).json()

    assert answer["created"] == 1
    assert answer["rejected"] == [{"source_id": "erp-NOBODY", "reason": "employee_unknown"}]


def test_two_rows_of_one_month_in_a_call_leave_the_last(cast):
    number = cast.employment["leaver"].employee_number

    send(cast.admin, PERFORMANCE, result(number), result(number, source_id="b", target_ratio="0.9"))

    assert MonthlyResult.objects.get().source_id == "b"


def test_attendance_knows_personal_leave_and_overtime(cast):
    number = cast.employment["leaver"].employee_number
    row = {
        "source_id": "a1",
        "employee_number": number,
        "month": "2026-04",
        "leave_days": "1.5",
        "overtime_hours": "38",
    }

    assert send(cast.admin, ATTENDANCE, row).status_code == 200

    kept = AttendanceMonth.objects.get()
    assert (kept.month, kept.leave_days, kept.overtime_hours) == (date(2026, 4, 1), Decimal("1.5"), Decimal("38.0"))


@pytest.mark.parametrize("field", ["sick_days", "maternity_days", "parental_days", "care_days"])
def test_protected_leave_is_refused_at_the_door(cast, field):
    number = cast.employment["leaver"].employee_number
    row = {"source_id": "a1", "employee_number": number, "month": "2026-04", field: "3"}

    assert send(cast.admin, ATTENDANCE, row).status_code == 422
    assert not AttendanceMonth.objects.exists()


def test_no_column_can_hold_protected_leave():
    names = {field.name for field in AttendanceMonth._meta.get_fields()}

    assert not [name for name in names if any(word in name for word in ("sick", "maternity", "parental", "care"))]


@pytest.mark.parametrize("who", ["leaver", "head", "hrbp", "finance", "auditor"])
def test_only_feeds_may_report(cast, who):
    assert send(getattr(cast, who), PERFORMANCE, result("X")).status_code == 403


def test_an_id_of_the_source_means_one_month(cast):
    number = cast.employment["leaver"].employee_number
    send(cast.admin, PERFORMANCE, result(number))

    answer = send(cast.admin, PERFORMANCE, result(number, month="2026-03"))

    assert answer.status_code == 422
    assert MonthlyResult.objects.count() == 1


def test_a_wrong_month_is_named(cast):
    answer = send(cast.admin, PERFORMANCE, result("X", month="2026-13"))

    assert answer.status_code == 422


@pytest.mark.parametrize(("who", "status"), [("leaver", 200), ("head", 200), ("hrbp", 200), ("stranger", 404)])
def test_results_are_seen_by_the_person_and_those_above(cast, who, status):
    answer = sign_in(getattr(cast, who)).get(f"/employees/{cast.employment['leaver'].pk}/results/")

    assert answer.status_code == status
