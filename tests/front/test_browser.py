"""The frame in a real browser, under the real policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from ehr.identity.models import User

THEME = "document.documentElement.dataset.bsTheme"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COUNT_SENDING = """() => {
  window.sent = 0;
  document.addEventListener("submit", (event) => {
    window.sent += event.defaultPrevented ? 0 : 1;
    event.preventDefault();
  });
}"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def gallery(live_server: Any, browser: Browser, settings: Any, complaints: list[str]) -> Iterator[Page]:
    settings.EHR_DEMO = True
    user = User.objects.create_user("he.shuyao", "long-enough-1", display_name="何书瑶")
    client = Client()
    client.force_login(user, backend="ehr.identity.backends.PasswordBackend")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", color_scheme="light")
    context.add_cookies([{"name": "sessionid", "value": client.session.session_key or "", "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/ui/")
    yield page
    context.close()


def test_every_component_shows_under_the_policy_at_every_width_and_in_both_lights(
    gallery: Page, complaints: list[str]
) -> None:
    wider = {}
    for width in (360, 768, 1200, 1440):
        for light in ("light", "dark"):
            gallery.emulate_media(color_scheme=light)
            gallery.set_viewport_size({"width": width, "height": 800})
            wider[width, light] = gallery.evaluate(SIDEWAYS)
            expect(gallery.locator(f"html[data-bs-theme={light}]")).to_be_attached()
    drawn = gallery.locator("main .ui-chip .ui-icon use").first.evaluate("use => use.getBBox().width")
    assert (complaints, set(wider.values())) == ([], {0})
    assert drawn > 0


def test_the_page_answers_to_mouse_and_keys(gallery: Page) -> None:
    gallery.locator("main .ui-page__head [data-open=sample]").click()
    gallery.locator("#sample [data-fill]").click()
    assert gallery.locator("#sample-words").input_value() == "本人希望提前"
    gallery.locator("#sample footer [data-close]").click()
    assert not gallery.locator("#sample").is_visible()

    gallery.locator("[data-row-all]").check()
    assert gallery.locator("[data-bulk-count]").inner_text() == "2"
    gallery.locator("[data-bulk-clear]").click()
    assert not gallery.locator("[data-bulk]").is_visible()

    gallery.locator("main").focus()
    gallery.keyboard.press("j")
    first = gallery.evaluate("document.activeElement.textContent")
    gallery.keyboard.press("j")
    assert gallery.evaluate("document.activeElement.textContent") != first
    gallery.keyboard.press("/")
    assert gallery.evaluate("document.activeElement.name") == "q"

    gallery.locator(".ui-top [data-theme-toggle]").click()
    gallery.reload()
    assert gallery.evaluate(THEME) == "dark"


def test_a_form_on_its_way_cant_be_sent_again(gallery: Page) -> None:
    gallery.evaluate(COUNT_SENDING)
    for _ in range(3):
        gallery.locator("#wrong button[type=submit]").evaluate("button => button.click()")
    assert gallery.evaluate("sent") == 1
    assert gallery.locator("#wrong button[type=submit]").get_attribute("aria-busy") == "true"
