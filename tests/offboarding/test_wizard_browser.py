"""The wizard in a real browser: an ending asked for step by step, and the six that the law stops, each with its article."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from offboarding.models import Case
from tests.access.cast import sign_in
from tests.offboarding import test_the_same_refusal as situations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PDF = {"mimeType": "application/pdf", "buffer": b"%PDF-1.7 a paper"}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

Enter = Callable[[Any], Page]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def enter(live_server: Any, browser: Browser) -> Iterator[Enter]:
    contexts = []

    def come_in(user: Any, *, width: int = 1440) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="zh-CN", color_scheme="light"
        )
        key = sign_in(user).session.session_key or ""
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield come_in
    for context in contexts:
        context.close()


def go_on(page: Page, words: str = "保存，下一步") -> None:
    page.locator("main").get_by_role("button", name=words).click()


def at_step(page: Page, step: str) -> None:
    expect(page).to_have_url(re.compile(f"/wizard/{step}/$"))


def test_a_dismissal_is_asked_for_step_by_step_and_waits_in_between(cast, at, enter) -> None:
    employment = cast.employment["leaver"]
    page = enter(cast.head)
    page.goto(f"/cases/new/?employment={employment.pk}")
    page.get_by_label("离职类型").select_option("dismissal")
    page.get_by_label("事实").fill("连续旷工三天, 两次书面警告")
    go_on(page)

    at_step(page, "ground")
    expect(page.locator("main")).to_contain_text("《劳动合同法》第39条第2项")
    page.get_by_label("严重违反规章制度").check()
    go_on(page)

    at_step(page, "evidence")
    page.goto("/inbox/")  # called away
    page.goto(f"/cases/new/?employment={employment.pk}")
    page.locator("main").get_by_role("link", name="辞退").click()
    expect(page.get_by_label("事实")).to_have_value("连续旷工三天, 两次书面警告")

    page.locator("ol.ui-steps").get_by_role("link", name="证据").click()
    for age, paper in (
        (40, "E_RULEBOOK"),
        (39, "E_RULE_DEMOCRATIC"),
        (38, "E_RULE_PUBLICITY"),
        (3, "E_MISCONDUCT_FACTS"),
    ):
        form = page.locator(f"section[aria-labelledby='p-{paper}'] form")
        form.locator("input[name=dated]").fill((at.date() - timedelta(days=age)).isoformat())
        form.locator("input[name=file]").set_input_files({"name": f"{paper}.pdf", **PDF})
        form.locator("button[type=submit]").click()
        expect(page.locator(f"section[aria-labelledby='p-{paper}'] .ui-file")).to_be_visible()
    page.get_by_role("link", name="下一步").click()

    at_step(page, "check")
    expect(page.locator("main")).to_contain_text("可以提交")
    page.get_by_role("link", name="下一步").click()
    at_step(page, "union")
    expect(page.locator("main")).to_contain_text("《劳动合同法》第43条")
    page.get_by_role("link", name="下一步").click()
    at_step(page, "dates")
    page.get_by_label("最后工作日").fill((at.date() + timedelta(days=10)).isoformat())
    go_on(page)
    at_step(page, "money")
    page.get_by_role("link", name="下一步").click()
    at_step(page, "summary")
    expect(page.locator("main table")).to_contain_text("离职证明")
    go_on(page, "提交审批")

    expect(page).to_have_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    assert Case.objects.get(employment=employment).state == "in_approval"


# situation → what the reader finds on the page of the check
SHOWN = {
    "B_PROBATION_EXPIRED": "《劳动合同法》第39条第1项",
    "B_PROTECTED_42": "《劳动合同法》第42条",
    "B_NO_UNION_NOTICE": "《劳动合同法》第43条",
    "B_MISSING_EVIDENCE:E_APPRAISAL_2": "《劳动合同法》第40条第2项",
    "B_NOTICE_SHORT": "《劳动合同法》第40条",
    "B_41_NO_BRIEFING": "《劳动合同法》第41条",
}


@pytest.mark.parametrize("code", SHOWN)
def test_each_of_the_six_shows_its_article(cast, at, enter, monkeypatch, code) -> None:
    stopped = situations.SITUATIONS[code](cast, at)
    monkeypatch.setattr("ehr.clock.now", lambda: stopped.at)
    page = enter(cast.hr_manager)

    page.goto(f"{stopped.case.url}wizard/check/")

    finding = page.locator(".ui-finding", has_text=re.compile(rf"{re.escape(code)}$", re.MULTILINE)).first
    expect(finding.locator(".ui-cite", has_text=SHOWN[code]).first).to_be_visible()
    if stopped.action == "submit":
        page.goto(f"{stopped.case.url}wizard/summary/")
        go_on(page, "提交审批")
        expect(page.locator("main .ui-code", has_text=code).first).to_be_visible()
        assert Case.objects.get(pk=stopped.case.pk).state == "draft"


def test_twenty_agreements_look_like_a_layoff_until_somebody_writes_why(cast, at, enter) -> None:
    case = situations.twenty_agreements(cast, at)
    page = enter(cast.hrbp)
    page.goto(f"{case.url}wizard/check/")
    finding = page.locator(".ui-finding", has_text="W_PATTERN_LAYOFF").first  # before sending; the other: on its day
    expect(finding.locator(".ui-cite", has_text="《劳动合同法》第41条")).to_be_visible()

    finding.get_by_label("为什么仍然这样做").fill("各人自愿, 条件优于法定")
    finding.get_by_role("button", name="写下理由").click()

    expect(finding).to_contain_text("已说明理由")
    page.goto(f"{case.url}wizard/summary/")
    go_on(page, "提交审批")
    expect(page).to_have_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))


@pytest.mark.parametrize("step", ["facts", "ground", "evidence", "check", "union", "dates", "money", "summary"])
def test_every_step_fits_the_phone(cast, at, enter, step) -> None:
    case = situations.performance_without_second_appraisal(cast, at).case
    page = enter(cast.hr_manager, width=360)

    page.goto(f"{case.url}wizard/{step}/")

    expect(page.locator("main h1").first).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
