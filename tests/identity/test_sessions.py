"""A session ends when it should: access closed, idle too long, too old - and never writes for it."""

import time
from datetime import datetime
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ehr.identity import idle
from ehr.identity.models import User
from ehr.record.models import Event
from tests.access.cast import a_user, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGE = "/notices/"


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_closing_access_ends_a_session_that_is_already_open_at_its_next_request(at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    laptop, phone = sign_in(user), sign_in(user)
    assert is_in(laptop) and is_in(phone)

    user.close_access(at=at)

    assert not is_in(laptop) and not is_in(phone)
    assert laptop.get(PAGE).headers["Location"].startswith("/accounts/login/")
    assert Event.objects.filter(kind="identity.user.access_closed").count() == 1


def test_closing_access_is_one_update(at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    with CaptureQueriesContext(connection) as statements:
        user.close_access(at=at)

    updates = [one["sql"] for one in statements if one["sql"].startswith("UPDATE")]
    assert len(updates) == 1 and "access_epoch" in updates[0]


def test_after_the_last_day_the_password_opens_nothing(at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    user.set_password("a-long-password-2026")
    user.save()
    user.close_access(at=at)
    client = Client()

    answer = client.post("/accounts/login/", {"login": "zhou.yuanhang", "password": "a-long-password-2026"})

    assert answer.status_code == 200
    assert not is_in(client)


def test_an_open_password_reset_gives_nobody_a_way_back_in(at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    user.close_access(at=at)

    Client().post("/accounts/password/reset/", {"email": user.email})
    user.set_password("another-password-2026")
    user.save()

    client = Client()
    client.post("/accounts/login/", {"login": "zhou.yuanhang", "password": "another-password-2026"})
    assert not is_in(client)


def test_hired_again_the_old_session_stays_dead(at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    old = sign_in(user)
    user.close_access(at=at)
    user.reopen_access(at=at)

    assert not is_in(old)
    assert is_in(sign_in(User.objects.get(pk=user.pk)))


def test_signing_out_everywhere_ends_the_other_browser_too() -> None:
    user = a_user("zhou.yuanhang")
    here, there = sign_in(user), sign_in(user)

    here.post("/me/settings/sessions/")

    assert not is_in(here) and not is_in(there)


@pytest.mark.parametrize(
    ("role", "idle_for", "stays"),
    [("hrbp", 29, True), ("hrbp", 31, False), ("finance", 31, False), (None, 31, True), (None, 12 * 60 + 1, False)],
)
def test_idle_sessions_end(monkeypatch: pytest.MonkeyPatch, role: str | None, idle_for: int, stays: bool) -> None:
    client = sign_in(a_user("somebody", **({role: None} if role else {})))
    assert is_in(client)

    later = time.time() + idle_for * 60
    monkeypatch.setattr(time, "time", lambda: later)

    assert is_in(client) is stays


def test_somebody_busy_is_not_signed_out_before_the_longest_time(monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(a_user("song.zhiwei", hrbp=None))
    start = time.time()
    for minutes in range(20, 12 * 60, 20):
        monkeypatch.setattr(time, "time", lambda now=start + minutes * 60: now)
        assert is_in(client), minutes

    monkeypatch.setattr(time, "time", lambda: start + 12 * 3600 + 60)
    assert not is_in(client)


def test_the_cookie_of_another_session_keeps_nobody_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = sign_in(a_user("one", hrbp=None)), sign_in(a_user("two", hrbp=None))
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start + 29 * 60)
    assert is_in(other)
    mine.cookies[idle.COOKIE] = other.cookies[idle.COOKIE].value

    monkeypatch.setattr(time, "time", lambda: start + 31 * 60)

    assert not is_in(mine)


def test_a_forged_time_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(a_user("one", hrbp=None))
    assert is_in(client)
    bound, _stamp, signature = client.cookies[idle.COOKIE].value.rsplit(":", 2)
    later = time.time() + 31 * 60
    client.cookies[idle.COOKIE] = f"{bound}:{signing.b62_encode(int(later))}:{signature}"

    monkeypatch.setattr(time, "time", lambda: later)

    assert not is_in(client)


def test_the_session_id_changes_at_sign_in() -> None:
    client = Client()
    client.get("/door/")
    session = client.session
    session["fixed"] = "by an attacker"
    session.save()
    fixed = session.session_key

    sign_in(a_user("one"), client)

    assert client.session.session_key != fixed


def test_no_get_writes_anything() -> None:
    client = sign_in(a_user("song.zhiwei", hrbp=None))
    for url in (PAGE, "/me/settings/", "/units/", "/api/v1/notices/", PAGE):
        with CaptureQueriesContext(connection) as statements:
            client.get(url)
        assert not [one for one in statements if not one["sql"].startswith(("SELECT", "(SELECT"))], url


def test_an_empty_signed_in_page_costs_at_most_four_statements() -> None:
    client = sign_in(a_user("song.zhiwei", hrbp=None))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as statements:
        answer = client.get("/landing-without-a-page/")

    assert answer.status_code == 404
    assert len(statements) <= 4, [one["sql"] for one in statements]


def test_static_and_health_ask_for_no_session(client: Client) -> None:
    with CaptureQueriesContext(connection) as statements:
        client.get("/healthz")

    assert not [one for one in statements if "session" in one["sql"]]


def test_the_cookies_are_for_the_browser_only() -> None:
    client = sign_in(a_user("one"))
    client.get(PAGE)

    seen: Any = client.cookies[idle.COOKIE]
    assert seen["httponly"] and seen["samesite"] == "Lax"


def test_a_form_that_comes_too_late_leads_back_to_its_page(cast: Any) -> None:
    stood_on = "http://testserver/me/?tab=x"

    answer = Client().post("/me/resignation/", {"reason": "x"}, headers={"Referer": stood_on}, follow=True)

    assert answer.redirect_chain == [("/accounts/login/?next=/me/%3Ftab%3Dx", 302)]
    assert "没有收下" in answer.content.decode()


@pytest.mark.parametrize("referer", ["", "https://evil.example/me/", "javascript:alert(1)"])
def test_the_way_back_leads_to_no_other_site(cast: Any, referer: str) -> None:
    answer = Client().post("/me/resignation/", headers={"Referer": referer} if referer else {})

    assert answer.headers["Location"] == "/accounts/login/?next=/"


def test_the_address_of_a_form_is_no_empty_page(cast: Any) -> None:
    answer = sign_in(cast.leaver).get("/me/resignation/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址只用来提交表单" in answer.content.decode()
