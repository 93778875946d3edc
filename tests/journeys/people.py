"""A person at a device: what they type, press and see."""

import base64
import hashlib
import hmac
import os
import re
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from demo.cast import CAST, PASSWORD, TOTP_SECRET
from tests.journeys import pictures

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
WAIT_MS = 30_000
NAMES = {member.username: member.name for member in CAST}

expect.set_options(timeout=WAIT_MS)


@dataclass
class Person:
    username: str
    page: Page
    url: str
    taps: int = 0

    @classmethod
    def at_a_device(
        cls, browser: Browser, url: str, username: str, *, phone: bool, zone: str = "Asia/Shanghai"
    ) -> "Person":
        device: dict[str, Any] = (
            {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {"viewport": DESK}
        )
        context = browser.new_context(**device, locale="zh-CN", timezone_id=zone, color_scheme="light")
        context.set_default_timeout(WAIT_MS)
        return cls(username, context.new_page(), url)

    @property
    def name(self) -> str:
        return NAMES[self.username]

    # --- Coming in ----------------------------------------------------------------------------------------
    def sign_in(self) -> None:
        self.go("/accounts/login/")
        self.page.locator("input[name=login]").fill(self.username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/login/"))
        if "/2fa/" in self.page.url:
            self.page.locator("input[name=code]").fill(totp(TOTP_SECRET))
            self.page.get_by_role("button", name="登录", exact=True).click()
            expect(self.page).not_to_have_url(re.compile("/2fa/"))

    # --- Doing --------------------------------------------------------------------------------------------
    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)

    def follow(self, words: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=words).first.click()

    def press(self, words: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=words, exact=True).first.click()
        self.taps += 1

    def write(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label).first.fill(text)

    def forward(self, words: str) -> None:
        """By the demo's clock, as anybody may."""
        before = self.page.locator(".ui-demo").inner_text()
        self.press(words, within=".ui-demo")
        expect(self.page.locator(".ui-demo")).not_to_have_text(before, use_inner_text=True)

    # --- Seeing -------------------------------------------------------------------------------------------
    def sees(self, words: str, *, within: str = "main") -> None:
        expect(self.page.locator(within)).to_contain_text(words)

    def sees_not(self, words: str, *, within: str = "main") -> None:
        expect(self.page.locator(within)).not_to_contain_text(words)

    def waits_until(self, row: Locator, words: str) -> None:
        """A list that does not move by itself is loaded again until it says so."""
        end = time.monotonic() + WAIT_MS / 1000
        while words not in row.inner_text():
            assert time.monotonic() < end, f"{words!r} never came; last: {row.inner_text()!r}"
            self.page.reload()

    def reloads_until(self, shown: Locator) -> None:
        end = time.monotonic() + WAIT_MS / 1000
        while not shown.count():
            assert time.monotonic() < end, (
                f"{shown} never came; the page says {self.page.locator('main').inner_text()!r}"
            )
            self.page.reload()

    def shoot(self, name: str, *widths: int) -> None:
        """For the README, with EHR_SCREENSHOTS=1; without widths as wide as this device is."""
        if os.environ.get("EHR_SCREENSHOTS") == "1":
            for width in widths or [(self.page.viewport_size or DESK)["width"]]:
                pictures.take(self.page, f"{name}-{width}", width)

    def downloads(self, words: str, folder: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.locator("main").get_by_role("link", name=words).first.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


def totp(secret: str) -> str:
    """RFC 6238, as the authenticator on a phone shows it."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
