"""Roles that need a second factor reach nothing without it, whichever way they came in."""

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from rest_framework.test import APIClient

from ehr.access.models import RoleGrant
from ehr.access.roles import PRIVILEGED, Role
from ehr.identity.models import ApiToken, User
from ehr.identity.operations import enrol_totp
from tests.access.cast import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "a-long-password-2026"
BACKEND = "ehr.identity.backends.PasswordBackend"


def somebody(role: str | None = "hrbp") -> User:
    user = a_user("song.zhiwei", **({role: None} if role else {}))
    user.set_password(PASSWORD)
    user.save()
    return user


def code_for(secret: str) -> str:
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now))


def by_password(client: Client) -> Any:
    return client.post("/accounts/login/", {"login": "song.zhiwei", "password": PASSWORD})


def test_an_employee_comes_in_with_the_password_alone() -> None:
    somebody(role=None)
    client = Client()

    assert by_password(client).status_code == 302
    assert client.get("/notices/").status_code == 200


def test_hr_is_asked_for_the_code_after_the_password() -> None:
    secret = enrol_totp(somebody())
    client = Client()

    assert by_password(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/notices/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})

    assert client.get("/notices/").status_code == 200


def test_a_code_works_once() -> None:
    secret = enrol_totp(somebody())
    code = code_for(secret)
    for works in (True, False):
        client = Client()
        by_password(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert (client.get("/notices/").status_code == 200) is works


def test_guessing_codes_is_stopped() -> None:
    secret = enrol_totp(somebody())
    client = Client()
    by_password(client)
    for _guess in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})

    assert client.get("/notices/").status_code == 302


@pytest.mark.parametrize("role", sorted(PRIVILEGED))
def test_whoever_has_none_yet_must_enrol_before_anything_else(role: str) -> None:
    somebody(role=role)
    client = Client()
    by_password(client)

    for url in ("/notices/", "/me/settings/", "/units/", "/accounts/password/change/", "/accounts/2fa/"):
        assert client.get(url).headers["Location"].startswith("/accounts/2fa/totp/activate/"), url
    assert client.get("/api/v1/notices/").status_code == 403
    assert client.post("/me/settings/channels/").headers["Location"].startswith("/accounts/2fa/totp/activate/")


@pytest.mark.django_db(transaction=True)
def test_enrolling_opens_the_house() -> None:
    somebody()
    client = Client()
    by_password(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})

    assert Authenticator.objects.filter(type="totp").count() == 1
    assert client.get("/notices/").status_code == 200


def test_the_secret_rests_encrypted() -> None:
    secret = enrol_totp(somebody())

    assert secret not in str(Authenticator.objects.get().data)


def test_a_role_given_during_a_session_asks_for_the_factor_at_once() -> None:
    user = somebody(role=None)
    client = Client()
    by_password(client)
    assert client.get("/notices/").status_code == 200

    RoleGrant.objects.create(user=user, role=Role.FINANCE)

    assert client.get("/notices/").headers["Location"].startswith("/accounts/2fa/totp/activate/")


def test_with_a_factor_but_a_session_without_it_the_code_is_asked() -> None:
    secret = enrol_totp(somebody())
    client = Client()
    client.force_login(User.objects.get(), backend=BACKEND)

    assert client.get("/notices/").headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    client.post("/accounts/2fa/reauthenticate/?next=/notices/", {"code": code_for(secret)})

    assert client.get("/notices/").status_code == 200


def test_a_token_does_not_skip_it(at: datetime) -> None:
    user = somebody()
    _row, plain = ApiToken.issue(user=user, at=datetime.now(tz=at.tzinfo))
    api = APIClient(HTTP_AUTHORIZATION=f"Bearer {plain}")
    assert api.get("/api/v1/notices/").status_code == 401

    enrol_totp(user)

    assert api.get("/api/v1/notices/").status_code == 200


def test_a_password_reset_does_not_skip_it(mailoutbox: list[Any]) -> None:
    user = somebody()
    enrol_totp(user)
    User.objects.update(email="song@hengchuan.example")
    client = Client()
    client.post("/accounts/password/reset/", {"email": "song@hengchuan.example"})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    client.get(link, follow=True)
    set_url = client.get(link).headers["Location"]
    client.post(set_url, {"password1": "another-password-2026", "password2": "another-password-2026"}, follow=True)

    assert User.objects.get().check_password("another-password-2026")
    assert client.get("/notices/").status_code == 302


def test_whoever_must_have_one_cannot_remove_it() -> None:
    secret = enrol_totp(somebody())
    client = Client()
    by_password(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})

    client.post("/accounts/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(type="totp").exists()


def test_wrong_passwords_lock_this_address_and_nobody_elses() -> None:
    somebody(role=None)
    here, there = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for _try in range(6):
        here.post("/accounts/login/", {"login": "song.zhiwei", "password": "wrong-password"})
    by_password(here)
    assert here.get("/notices/").status_code == 302

    by_password(there)

    assert there.get("/notices/").status_code == 200


def test_a_forwarded_address_does_not_unlock() -> None:
    somebody(role=None)
    client = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(6):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        client.post("/accounts/login/", {"login": "song.zhiwei", "password": "wrong"}, headers=headers)

    client.post(
        "/accounts/login/", {"login": "song.zhiwei", "password": PASSWORD}, headers={"X-Forwarded-For": "192.0.2.99"}
    )

    assert client.get("/notices/").status_code == 302
