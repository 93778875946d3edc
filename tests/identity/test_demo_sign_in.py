from typing import Any

import pytest
from django.test import Client

from ehr.identity.sessions import FACTOR
from tests.access.cast import a_user

pytestmark = pytest.mark.django_db
URL = "/demo/sign-in/"
WHO = {"username": "song.zhiwei"}


@pytest.fixture(autouse=True)
def cast() -> None:
    a_user("song.zhiwei", hrbp=None)
    a_user("outsider", admin=None)


def test_one_click_signs_in_a_member_of_the_cast(settings: Any) -> None:
    settings.EHR_DEMO = True
    client = Client()
    assert "song.zhiwei" in client.get("/accounts/login/").content.decode()

    assert client.post(URL, WHO).status_code == 302

    assert client.get("/notices/").status_code == 200


def test_it_says_who_each_of_them_is(settings: Any) -> None:
    settings.EHR_DEMO = True

    assert "<small>HRBP</small>" in Client().get("/accounts/login/").content.decode()


def test_outside_the_demo_it_is_not_there() -> None:
    client = Client()

    assert client.post(URL, WHO).status_code == 404
    assert "song.zhiwei" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "client", [Client(REMOTE_ADDR="10.0.0.1"), Client(HTTP_X_FORWARDED_FOR="127.0.0.1"), Client(REMOTE_ADDR="")]
)
def test_from_another_machine_it_is_not_there(settings: Any, client: Client) -> None:
    settings.EHR_DEMO = True

    assert client.post(URL, WHO).status_code == 404


def test_it_knows_only_the_cast(settings: Any) -> None:
    settings.EHR_DEMO = True

    assert Client().post(URL, {"username": "outsider"}).status_code == 404


def test_it_needs_the_csrf_token(settings: Any) -> None:
    settings.EHR_DEMO = True

    assert Client(enforce_csrf_checks=True).post(URL, WHO).status_code == 403


def test_it_sends_nobody_to_another_site(settings: Any) -> None:
    settings.EHR_DEMO = True
    client = Client()

    assert client.post(URL, WHO | {"next": "https://evil.example/"}).headers["Location"] == "/"
    assert client.session[FACTOR]
