"""Two months in a row under 80 % of the target: an event and a word to HR, once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ehr.notices.models import Notice
from ehr.record.models import Event
from performance.models import Shortfall
from performance.operations import take_results
from tests.factories.employees import employed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 2, 2, 0, tzinfo=UTC)


def report(cast: Any, who: str = "leaver", **ratios: str) -> None:
    number = cast.employment[who].employee_number
    rows = [
        {
            "source_id": f"{who}-{month}",
            "employee_number": number,
            "month": date(2026, int(month[1:]), 1),
            "target_ratio": Decimal(ratio),
            "score": None,
        }
        for month, ratio in ratios.items()
    ]
    take_results(rows, source="erp", at=AT)


def alarms() -> int:
    return Event.objects.filter(kind="performance.result.fell_short").count()


def test_the_second_month_under_80_percent_alarms_hr(cast: Any) -> None:
    report(cast, m3="0.75")
    assert alarms() == 0

    report(cast, m4="0.70")

    assert Event.objects.get(kind="performance.result.fell_short").payload["month"] == "2026-04-01"
    notice = Notice.objects.get(kind="performance.fell_short")
    assert (notice.user, notice.params["name"]) == (cast.hrbp, "周远航")
    assert "0.7" not in str(notice.params)


def test_it_is_said_once_however_often_it_is_reported(cast: Any) -> None:
    for _ in range(3):
        report(cast, m2="0.79", m3="0.75", m4="0.70")

    assert (alarms(), Notice.objects.filter(kind="performance.fell_short").count()) == (1, 1)


def test_a_correction_takes_it_back_and_a_second_one_brings_it_again(cast: Any) -> None:
    report(cast, m3="0.75", m4="0.70")
    report(cast, m4="0.85")
    assert not Shortfall.objects.standing().exists()

    report(cast, m4="0.65")

    assert Shortfall.objects.standing().count() == 1
    assert alarms() == 2
    assert Event.objects.filter(kind="performance.shortfall.cleared").count() == 1


def test_an_old_month_is_kept_but_alarms_nobody(cast: Any) -> None:
    number = cast.employment["leaver"].employee_number
    rows = [
        {
            "source_id": f"o{m}",
            "employee_number": number,
            "month": date(2025, m, 1),
            "target_ratio": Decimal("0.5"),
            "score": None,
        }
        for m in (3, 4)
    ]
    take_results(rows, source="erp", at=AT)

    assert Shortfall.objects.count() == 1
    assert not Notice.objects.filter(kind="performance.fell_short").exists()


def test_hr_is_not_told_of_itself(cast: Any) -> None:
    report(cast, "hrbp", m3="0.75", m4="0.70")

    assert not Notice.objects.filter(kind="performance.fell_short", user=cast.hrbp).exists()


def test_exactly_hr_sees_the_list(cast: Any) -> None:
    report(cast, m3="0.75", m4="0.70")

    seeing = {name for name, user in cast.users.items() if Shortfall.objects.visible_to(user).exists()}
    assert seeing == {"hrbp", "hr_manager", "group_hr"}


def test_who_would_hear_of_many_at_once_hears_the_number(cast: Any) -> None:
    people = [employed(f"新人{n}", unit=cast.unit["sales_unit"], employee_number=f"N-{n}") for n in range(5)]
    rows = [
        {
            "source_id": f"{person.employee_number}-{month}",
            "employee_number": person.employee_number,
            "month": date(2026, month, 1),
            "target_ratio": Decimal("0.7"),
            "score": None,
        }
        for person in people
        for month in (3, 4)
    ]

    take_results(rows, source="erp", at=AT)

    notice = Notice.objects.get(user=cast.hrbp)
    assert (notice.kind, notice.params["n"]) == ("performance.many_fell_short", 5)
    assert alarms() == 5
