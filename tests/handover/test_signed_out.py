"""Signed out while somebody writes: the words wait for their writer, and for nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from handover.models import Handover
from tests.access.cast import sign_in
from tests.handover.conftest import open_one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD, WORDS = "long-enough-1", "写了很久，不想再写一遍"


@pytest.fixture
def running(cast: Any, at: Any, monkeypatch: Any) -> Handover:
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    for user in (cast.leaver, cast.successor):
        user.set_password(PASSWORD)
        user.save()
    return open_one(cast, at)


@pytest.fixture
def page(cast: Any, running: Handover, live_server: Any, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    key = sign_in(cast.leaver).session.session_key or ""
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_a_message_is_there_again_after_signing_in_anew(cast: Any, running: Handover, page: Page) -> None:
    talk = reverse("handover:messages", args=[running.pk])
    is_signed_out_while_writing(page, talk)

    signs_in(page, cast.leaver)

    expect(page).to_have_url(f"{page.url.partition('/handovers')[0]}{talk}")
    expect(page.locator(".ui-composer input[name=text]")).to_have_value(WORDS)
    page.locator(".ui-composer button").click()
    expect(page.locator(".ui-chat")).to_contain_text(WORDS)
    expect(page.locator(".ui-composer input[name=text]")).to_have_value("")


def test_whoever_else_signs_in_there_never_sees_it(cast: Any, running: Handover, page: Page) -> None:
    talk = reverse("handover:messages", args=[running.pk])
    is_signed_out_while_writing(page, talk)

    signs_in(page, cast.successor)

    expect(page.locator(".ui-composer input[name=text]")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('typed')") is None


def is_signed_out_while_writing(page: Page, talk: str) -> None:
    page.goto(talk)
    page.locator(".ui-composer input[name=text]").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    expect(page.locator("input[name=login]")).to_be_visible(timeout=20_000)


def signs_in(page: Page, user: Any) -> None:
    page.locator("input[name=login]").fill(user.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".ui-composer")).to_be_visible(timeout=20_000)
