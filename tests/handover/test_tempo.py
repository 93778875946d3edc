"""How long handovers take: means by the database, and a suggestion where the numbers carry it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from handover import queries
from handover.models import Handover, HandoverItem, Omission
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed
from tests.factories.painting import statements

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: Any, at: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def past(cast: Any, at: Any, family: str, *, count: int, days: int, last: str, unit: str = "sales_unit") -> None:
    """Signed within the year: everything handed in on the second day, the last thing confirmed the day before signing."""
    person = employed(
        f"{family}的人", unit=cast.unit[unit], employee_number=f"T-{family}", job_family=family, user=None
    )
    for number in range(count):
        end = at - timedelta(days=20 + number)
        begin = end - timedelta(days=days + number % 3 - 1)
        handover = Handover.objects.create(
            origin=f"offboarding.case:{family}-{number}", employment=person, head=cast.head, state="signed",
            last_working_date=end.date(), due_at=end, opened_at=begin, completed_at=begin + timedelta(days=1),
            signed_at=end, signed_by=cast.head,
        )  # fmt: skip
        rows = (("电脑", "thing", "asset_clerk", 4), (last, "account", "it", days + number % 3 - 2))
        for position, (title, kind, confirmer, lag) in enumerate(rows):
            HandoverItem.objects.create(
                handover=handover, key=f"k{position}", position=position, group="work", kind=kind, title=title,
                confirmer=confirmer, due_date=end.date(), state="confirmed", round=1,
                submitted_at=begin + timedelta(days=2), confirmed_at=begin + timedelta(days=lag),
            )  # fmt: skip


@pytest.fixture
def year(cast: Any, at: Any) -> None:
    past(cast, at, "rnd", count=15, days=13, last="代码仓库权限")
    past(cast, at, "sales", count=30, days=10, last="客户联系人")


def test_research_takes_longer_because_of_the_repository_and_the_arithmetic_stands_beside_it(
    cast: Any, year: None
) -> None:
    page = sign_in(cast.hrbp).get(reverse("handover:tempo")).content.decode()

    assert "研发比其他长 30%，因“代码仓库权限” → 提前 3 天整理" in page
    assert "13.0 天（15 份） ÷ 10.0 天（30 份） − 1 ＝ 30%" in page
    assert "15 份里有 15 份最后才确认这一项" in page


def test_means_by_family_kind_and_whoever_it_waits_for(cast: Any, at: Any, year: None) -> None:
    page = queries.tempo_of(cast.hrbp, at=at)

    assert (page.handovers, round(page.mean_days, 2)) == (45, 11.0)
    assert [(row.label, row.n, round(row.days, 1), row.share) for row in page.families] == [
        ("研发", 15, 13.0, 100),
        ("销售", 30, 10.0, 77),
    ]
    waits = {row.label: round(row.days, 1) for row in page.waits}
    assert waits == {"IT": 8.0, "资产管理员": 2.0, "离职的人": 2.0}
    assert page.waits[0].label == "IT"
    assert [(row.label, round(row.days, 1)) for row in page.kinds] == [("账号", 10.0), ("物品", 4.0)]
    assert [round(row.days, 1) for row in page.steps] == [8.0, 2.0, 1.0, 1.0]
    assert [(row.label, row.n) for row in page.units] == [("上海大客户部", 45)]


def test_omissions_are_counted_by_family(cast: Any, at: Any, year: None) -> None:
    for handover in Handover.objects.filter(origin__startswith="offboarding.case:sales")[:3]:
        Omission.objects.create(
            handover=handover, job_family="sales", kind="relation", topic="月结", title="月结", findings=[],
            filed_by=cast.hrbp, filed_at=at,
        )  # fmt: skip

    rows = queries.tempo_of(cast.hrbp, at=at).missed

    assert [(row.label, row.missed, row.items, round(row.rate, 2)) for row in rows] == [
        ("销售", 3, 60, 4.76),
        ("研发", 0, 30, 0.0),
    ]


def test_it_is_silent_while_support_is_thin(cast: Any, at: Any) -> None:
    past(cast, at, "rnd", count=11, days=13, last="代码仓库权限")
    past(cast, at, "sales", count=30, days=10, last="客户联系人")

    page = queries.tempo_of(cast.hrbp, at=at)

    assert page.told == []
    assert "没有特别突出的" in sign_in(cast.hrbp).get(reverse("handover:tempo")).content.decode()


def test_hr_sees_only_its_units_and_others_nothing(cast: Any, at: Any, year: None) -> None:
    past(cast, at, "general", count=4, days=40, last="钥匙", unit="supply")

    assert queries.tempo_of(cast.hrbp, at=at).handovers == 45
    assert queries.tempo_of(cast.group_hr, at=at).handovers == 49
    assert sign_in(cast.head).get(reverse("handover:tempo")).status_code == 403
    assert api_client(cast.auditor).get("/api/v1/handovers/tempo/").data["handovers"] == 49
    (told,) = api_client(cast.hrbp).get("/api/v1/handovers/tempo/").data["suggestions"]
    assert (told["family"], told["item"], told["lead_days"]) == ("rnd", "代码仓库权限", 3)


def test_what_is_older_than_a_year_is_forgotten(cast: Any, at: Any, year: None) -> None:
    assert queries.tempo_of(cast.hrbp, at=at + timedelta(days=400)).handovers == 0


def test_the_page_costs_the_same_at_any_size(cast: Any, at: Any, year: None) -> None:
    browser, path = sign_in(cast.hrbp), reverse("handover:tempo")
    few = statements(browser, path)

    for family in ("store", "finance", "operations"):
        past(cast, at, family, count=20, days=9, last="钥匙", unit="store")

    assert few == statements(browser, path)
    assert few <= 12
