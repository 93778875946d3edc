from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from ehr.identity.models import ApiToken, User
from ehr.record.models import Event
from tests.access.cast import a_user, sign_in

pytestmark = pytest.mark.django_db
URL = "/api/v1/notices/"


def issued(user: User, **options: str) -> tuple[ApiToken, APIClient]:
    token, plain = ApiToken.issue(user=user, at=timezone.now(), **options)  # type: ignore[arg-type]
    return token, APIClient(HTTP_AUTHORIZATION=f"Bearer {plain}")


def test_a_token_opens_what_its_owner_may_open() -> None:
    _token, api = issued(a_user("one"))

    assert api.get(URL).status_code == 200
    assert api.get("/api/v1/org-units/").status_code == 403


def test_the_table_keeps_a_hash_only() -> None:
    token, plain = ApiToken.issue(user=a_user("one"), at=timezone.now())

    kept = str(ApiToken.objects.filter(pk=token.pk).values().get())
    assert plain not in kept and plain.startswith(token.prefix)


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Bearer ehr_x y", "bearer ehr_nothing"])
def test_a_wrong_token_is_401_and_says_how_to_come_in(header: str) -> None:
    answer = APIClient(HTTP_AUTHORIZATION=header).get(URL)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_closing_access_kills_tokens_at_once() -> None:
    user = a_user("one")
    _token, api = issued(user)
    user.close_access(at=timezone.now())
    assert api.get(URL).status_code == 401

    user.reopen_access(at=timezone.now())

    assert api.get(URL).status_code == 401


def test_a_token_ends_after_ninety_days_and_when_revoked() -> None:
    user = a_user("one")
    token, api = issued(user)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api.get(URL).status_code == 401

    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert api.get(URL).status_code == 200
    sign_in(user).post(f"/me/settings/tokens/{token.pk}/revocation/")
    assert api.get(URL).status_code == 401
    assert Event.objects.filter(kind="identity.token.revoked").count() == 1


def test_a_reading_token_writes_nothing() -> None:
    _token, api = issued(a_user("one"), scope="read")

    assert api.get(URL).status_code == 200
    answer = api.post("/api/v1/notices/01a20108-9b64-7174-8bb0-b5168be76414/reading/", HTTP_IDEMPOTENCY_KEY="k")
    assert answer.status_code == 403


def test_a_token_for_signals_reads_nothing() -> None:
    _token, api = issued(a_user("one"), scope="signals")

    assert api.get(URL).status_code == 403


def test_the_second_request_writes_nothing() -> None:
    _token, api = issued(a_user("one"))
    api.get(URL)
    with CaptureQueriesContext(connection) as statements:
        api.get(URL)

    assert not [one for one in statements if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(statements) <= 4


def test_the_command_prints_the_token_once() -> None:
    a_user("one")
    out = StringIO()
    call_command("create_api_token", "one", "--scope", "read", stdout=out)

    plain = out.getvalue().strip()
    assert APIClient(HTTP_AUTHORIZATION=f"Bearer {plain}").get(URL).status_code == 200
    assert ApiToken.objects.get().scope == "read"


def test_the_command_refuses_who_left() -> None:
    a_user("one").close_access(at=timezone.now())

    with pytest.raises(CommandError):
        call_command("create_api_token", "one")
