"""The sheet in the browser and by the API: who sees which figure, and every button once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from offboarding.models import Settlement
from offboarding.operations.settling import current
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import done
from tests.factories.painting import statements
from tests.factories.settlements import a_leaving, a_parting, calculated, confirmed, submitted

pytestmark = pytest.mark.django_db
TOTAL = "123,793.10"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def text(browser: Any, settlement: Settlement) -> str:
    return browser.get(settlement.url).content.decode()


def test_the_sheet_shows_each_step_with_its_article_and_source(cast, at) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)

    page = text(sign_in(cast.hrbp), settlement)

    assert settlement.sum == Decimal("123793.10")  # N 5.5 x 20,000, one day of leave, 13 days of June
    for shown in (
        TOTAL,
        "20000.00 × 5.5 = 110000.00",
        "《劳动合同法》第47条",
        "上海 2024 年社会平均工资",
        "交接办结时",
    ):
        assert shown in page, shown


@pytest.mark.parametrize(
    ("who", "sees"), [("finance", True), ("hr_manager", True), ("legal", False), ("auditor", False)]
)
def test_amounts_only_for_who_may_see_pay(cast, at, who, sees) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)

    page = text(sign_in(cast.users[who]), settlement)
    answer = api_client(cast.users[who]).get(f"/api/v1/cases/{settlement.case_id}/settlement/").json()

    assert (TOTAL in page) is sees
    assert ("110000.00" in page) is sees
    assert answer["total"] == ("123793.10" if sees else None)
    assert {line["formula"] is not None for line in answer["lines"]} == {sees}


def test_the_manager_never_sees_it(cast, at) -> None:
    settlement = confirmed(calculated(a_leaving(cast, at), cast, at), cast, at)

    assert sign_in(cast.head).get(settlement.url).status_code == 403
    assert settlement.url not in sign_in(cast.head).get(settlement.case.url).content.decode()


def test_the_leaver_sees_their_own_once_it_is_confirmed(cast, at) -> None:
    settlement = calculated(a_leaving(cast, at), cast, at)
    before = text(sign_in(cast.leaver), settlement)

    confirmed(settlement, cast, at)

    assert "13,793.10" not in before
    assert "13,793.10" in text(sign_in(cast.leaver), settlement)


def test_a_quiet_case_shows_nothing_to_its_person(cast, at) -> None:
    settlement = confirmed(calculated(a_parting(cast, at), cast, at), cast, at)

    assert sign_in(cast.leaver).get(settlement.url).status_code == 404


def test_from_calculation_to_the_last_payment_in_the_browser(cast, at) -> None:
    case = a_parting(cast, at)
    hr, finance, url = sign_in(cast.hrbp), sign_in(cast.finance), f"{case.url}settlement/"
    done(case, cast, at, "handover")

    gift = {"used_days": "1", "ex_gratia": "5000", "ex_gratia_reason": "双方约定"}
    assert hr.post(url, gift).status_code == 302
    assert hr.post(f"{url}submission/", {"version": 1}).status_code == 422
    assert hr.post(f"{url}submission/", {"version": 1, "W_TAX_SCOPE": "已咨询税务所"}).status_code == 302
    assert finance.post(f"{url}confirmation/", {"version": 1, "decision": "return", "comment": ""}).status_code == 422
    assert finance.post(f"{url}confirmation/", {"version": 1, "decision": "confirm"}).status_code == 302
    for when in ("last_day", "handover"):
        slip = {"version": 1, "paid_date": at.date().isoformat(), "reference": "ICBC-7"}
        assert finance.post(f"{url}payments/{when}/", slip).status_code == 302

    drawn = current(case)
    assert drawn and drawn.state == "paid"
    assert case.tracks.get(kind="settlement").state == "done"
    assert "ICBC-7" in text(hr, drawn)
    assert finance.post(f"{url}payments/last_day/", slip).status_code == 409


def test_what_is_missing_stands_on_the_page_and_is_filled_in_there(cast, at) -> None:
    case = a_parting(cast, at, months=10)
    settlement = calculated(case, cast, at)
    hr = sign_in(cast.hrbp)
    assert "2025-06" in text(hr, settlement)

    said = {"month": "2025-06", "gross": "20000", "overtime": "0"}
    assert hr.post(f"{settlement.url}pay-months/", said).status_code == 302

    assert TOTAL in text(hr, settlement)


def test_a_bonus_that_the_gross_pay_does_not_hold_is_refused_beside_its_field(cast, at) -> None:
    settlement = calculated(a_parting(cast, at, months=10), cast, at)
    hr, url = sign_in(cast.hrbp), f"{settlement.url}pay-months/"
    said = {"month": "2025-06", "gross": "20000", "overtime": "8000", "annual_bonus": "12000.01"}

    refused = hr.post(url, said)
    taken = hr.post(url, said | {"annual_bonus": "12000"})

    assert refused.status_code == 422 and "与加班费之和不能超过应得工资" in refused.content.decode()
    assert taken.status_code == 302
    assert settlement.case.employment.pay_months.get(month=date(2025, 6, 1)).annual_bonus == "12000"


def test_a_version_shows_what_changed_since_the_one_before(cast, at) -> None:
    settlement = calculated(a_leaving(cast, at), cast, at)
    calculated(settlement.case, cast, at, used_days=Decimal(0))
    hr = sign_in(cast.hrbp)

    newest, first = text(hr, settlement), hr.get(f"{settlement.url}versions/1/").content.decode()

    assert "与第 1 版比较" in newest and "3,678.16" in newest and "1,839.08" in newest
    assert "1,839.08" in first and "3,678.16" not in first
    assert hr.get(f"{settlement.url}versions/9/").status_code == 404


def test_only_legal_judges_and_the_page_says_twice(cast, at) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)
    said = {"unlawful": "yes", "reason": "协议系胁迫签订", "agreement_void": "on"}

    assert sign_in(cast.hr_manager).post(f"{settlement.url}judgement/", said).status_code == 403
    assert sign_in(cast.legal).post(f"{settlement.url}judgement/", said).status_code == 302

    assert "2 × 20000.00 × 5.5 = 220000.00" in text(sign_in(cast.hrbp), settlement)


def test_a_resignation_is_not_judged_unlawful_in_the_browser_nor_by_the_api(cast, at) -> None:
    settlement = calculated(a_leaving(cast, at), cast, at)
    url = f"/api/v1/cases/{settlement.case_id}/settlement/judgement/"

    page = sign_in(cast.legal).post(f"{settlement.url}judgement/", {"unlawful": "yes", "reason": "x"})
    answer = api_client(cast.legal).post(
        url, {"unlawful": True, "reason": "x"}, format="json", HTTP_IDEMPOTENCY_KEY="j1"
    )

    assert page.status_code == 422
    assert "用人单位没有解除或终止" in page.content.decode()
    assert "协议无效或已被撤销" not in page.content.decode()
    assert (answer.status_code, answer.json()["code"]) == (422, "B_NO_EMPLOYER_ENDING")
    assert current(settlement.case).nth == 1


def test_who_calculated_gets_no_button_and_no_way(cast, at) -> None:
    case = a_leaving(cast, at)
    finance, url = sign_in(cast.finance), f"{case.url}settlement/"
    finance.post(url, {"used_days": "1"})
    finance.post(f"{url}submission/", {"version": 1})

    assert 'value="confirm"' not in finance.get(url).content.decode()
    assert finance.post(f"{url}confirmation/", {"version": 1, "decision": "confirm"}).status_code == 422


def test_the_same_by_api(cast, at) -> None:
    case = a_leaving(cast, at)
    hr, finance, url = api_client(cast.hrbp), api_client(cast.finance), f"/api/v1/cases/{case.pk}/settlement/"

    def send(client: Any, path: str, body: dict[str, Any]) -> Any:
        return client.post(url + path, body, format="json", HTTP_IDEMPOTENCY_KEY=f"k{path}{body}"[:60])

    assert hr.get(url).status_code == 409
    assert send(hr, "", {"loss": "5"}).json()["code"] == "B_DEDUCTION_BASIS"
    assert send(hr, "", {"used_days": "1"}).json()["total"] == "13793.10"
    assert send(hr, "submission/", {"version": 1}).json()["state"] == "submitted"
    assert send(hr, "confirmation/", {"version": 1, "decision": "confirm"}).status_code == 403
    assert (
        send(finance, "confirmation/", {"version": 1, "decision": "confirm"}).json()["payments"][0]["amount"]
        == "13793.10"
    )
    slip = {"version": 1, "when": "last_day", "paid_date": at.date().isoformat(), "reference": "1"}
    assert send(finance, "payments/", slip).json()["state"] == "paid"


def test_a_newer_version_is_not_confirmed_or_paid_from_the_page_of_the_one_before(cast, at) -> None:
    first = submitted(calculated(a_leaving(cast, at), cast, at), cast, at)
    finance, url = sign_in(cast.finance), first.url
    shown = text(finance, first)
    submitted(calculated(first.case, cast, at, used_days=Decimal(0)), cast, at)

    answer = finance.post(f"{url}confirmation/", {"version": 1, "decision": "confirm"})
    blind = finance.post(f"{url}confirmation/", {"decision": "confirm"})

    assert 'name="version" value="1"' in shown
    assert (answer.status_code, blind.status_code, current(first.case).state) == (409, 409, "submitted")
    assert "第 2 版" in answer.content.decode()
    assert "现在可以做的：" in answer.content.decode() and "退回" in answer.content.decode()
    finance.post(f"{url}confirmation/", {"version": 2, "decision": "confirm"})
    slip = {"version": 1, "paid_date": at.date().isoformat(), "reference": "ICBC-7"}
    assert finance.post(f"{url}payments/last_day/", slip).status_code == 409
    assert current(first.case).payments.get().paid_date is None


def test_nor_by_api(cast, at) -> None:
    first = submitted(calculated(a_leaving(cast, at), cast, at), cast, at)
    submitted(calculated(first.case, cast, at, used_days=Decimal(0)), cast, at)
    url = f"/api/v1/cases/{first.case_id}/settlement/confirmation/"

    def send(body: dict[str, Any]) -> Any:
        key = f"k{body}"[:60]
        return api_client(cast.finance).post(url, body, format="json", HTTP_IDEMPOTENCY_KEY=key)

    stale = send({"decision": "confirm", "version": 1})
    assert (stale.status_code, stale.json()["allowed"]) == (409, ["calculate", "confirm", "return"])
    assert send({"decision": "confirm"}).json()["errors"].keys() == {"version"}
    assert send({"decision": "confirm", "version": 2}).json()["state"] == "confirmed"


def test_the_page_costs_the_same_with_many_versions(cast, at) -> None:
    settlement = calculated(a_parting(cast, at), cast, at)
    hr = sign_in(cast.hrbp)
    calculated(settlement.case, cast, at, used_days=Decimal(2))
    few = statements(hr, settlement.url)

    for days in range(3, 9):
        calculated(settlement.case, cast, at, used_days=Decimal(days))

    assert statements(hr, settlement.url) == few <= 12


def test_the_case_page_shows_state_and_total_only_to_those_who_may(cast, at) -> None:
    settlement = submitted(calculated(a_leaving(cast, at), cast, at), cast, at)

    def shown(user: Any) -> tuple[bool, bool]:
        page = sign_in(user).get(settlement.case.url).content.decode()
        return "13,793.10" in page, settlement.url in page

    assert shown(cast.hrbp) == (True, True)
    assert shown(cast.legal) == (False, True)
    assert shown(cast.head) == (False, False)
