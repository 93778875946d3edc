"""The narrow door: only for people who left, only by a proven address, only to what says so."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ehr import panels
from ehr.identity.models import Contact, User
from ehr.identity.one_time import CODE_LIVES
from ehr.identity.operations import add_contact
from ehr.record.models import Event
from tests.access.cast import a_user, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESS = "zhou@example.com"


def code_in(mailoutbox: list[Any]) -> str:
    found = re.search(r"\b\d{6}\b", mailoutbox[-1].body)
    assert found
    return found[0]


@pytest.fixture
def leaver(mailoutbox: list[Any]) -> User:
    """Left yesterday, with a private address proven during the exit."""
    user = a_user("zhou.yuanhang", hr_manager=None)
    now = timezone.now()
    contact = add_contact(user=user, kind="email", value=f" {ADDRESS.upper()} ", at=now)
    assert contact.accepts(code_in(mailoutbox), at=now)
    contact.verify(by=user, at=now)
    user.close_access(at=now - timedelta(days=1))
    Contact.objects.update(code_sent_at=now - timedelta(hours=1))
    return user


def knock(client: Client, address: str = ADDRESS) -> Any:
    return client.post("/door/", {"contact": address})


def come_in(mailoutbox: list[Any]) -> Client:
    client = Client()
    knock(client)
    answer = client.post("/door/code/", {"code": code_in(mailoutbox)})
    assert answer.headers["Location"] == "/door/"
    return client


def test_a_leaver_comes_in_with_a_code(leaver: User, mailoutbox: list[Any]) -> None:
    client = come_in(mailoutbox)

    assert client.get("/door/").status_code == 200
    assert client.get("/").headers["Location"] == "/door/"
    assert Event.objects.filter(kind="identity.door.opened").count() == 1


def test_everything_else_is_not_there(leaver: User, mailoutbox: list[Any]) -> None:
    client = come_in(mailoutbox)

    for url in ("/notices/", "/me/settings/", "/units/", "/settings/roles/", "/api/v1/notices/", "/api/v1/schema/"):
        assert client.get(url).status_code == 404, url
    assert client.post("/me/settings/contacts/", {"kind": "email", "value": "x@example.com"}).status_code == 404
    assert client.post("/accounts/password/change/").status_code == 404


def test_the_page_has_only_the_panels_meant_for_it(leaver: User, mailoutbox: list[Any]) -> None:
    kept = dict(panels._panels)
    panels.register(panels.Panel(page="identity.door", slot="tests", title="Papers", url=lambda user: "/tests/"))
    try:
        body = come_in(mailoutbox).get("/door/").content.decode()
    finally:
        panels._panels.clear()
        panels._panels.update(kept)

    assert 'hx-get="/tests/"' in body


def test_nobody_learns_whether_an_address_is_known(leaver: User, mailoutbox: list[Any]) -> None:
    known, unknown = Client(), Client()
    mails = len(mailoutbox)

    answers = [knock(known), knock(unknown, "nobody@example.com")]

    assert {answer.headers["Location"] for answer in answers} == {"/door/code/"}
    pages = [client.get("/door/code/").content.decode() for client in (known, unknown)]
    assert re.sub(r"[\w-]{20,}", "", pages[0]) == re.sub(r"[\w-]{20,}", "", pages[1])
    assert len(mailoutbox) == mails + 1


def test_somebody_who_still_works_here_gets_no_code(mailoutbox: list[Any], at: datetime) -> None:
    user = a_user("he.shuyao")
    contact = add_contact(user=user, kind="email", value=ADDRESS, at=at)
    contact.verify(by=user, at=at)
    mails = len(mailoutbox)

    knock(Client())

    assert len(mailoutbox) == mails


def test_an_address_that_was_never_proven_opens_nothing(mailoutbox: list[Any], at: datetime) -> None:
    user = a_user("zhou.yuanhang")
    add_contact(user=user, kind="email", value=ADDRESS, at=at)
    user.close_access(at=at)
    mails = len(mailoutbox)

    knock(Client())

    assert len(mailoutbox) == mails


def test_the_door_closes_after_two_years(leaver: User, mailoutbox: list[Any]) -> None:
    inside = come_in(mailoutbox)
    User.objects.filter(pk=leaver.pk).update(access_closed_at=timezone.now() - timedelta(days=732))

    assert inside.get("/door/").context["user"].is_anonymous
    mails = len(mailoutbox)
    Contact.objects.update(code_sent_at=None)
    knock(Client())
    assert len(mailoutbox) == mails


def test_a_code_is_tried_five_times(leaver: User, mailoutbox: list[Any]) -> None:
    client = Client()
    knock(client)
    right = code_in(mailoutbox)
    for _try in range(5):
        assert client.post("/door/code/", {"code": f"{(int(right) + 1) % 10**6:06}"}).status_code == 422

    assert client.post("/door/code/", {"code": right}).status_code == 422


def test_a_code_works_once_and_for_ten_minutes(leaver: User, mailoutbox: list[Any]) -> None:
    come_in(mailoutbox)
    used = code_in(mailoutbox)
    contact = Contact.objects.get()
    assert not contact.accepts(used, at=timezone.now())

    now = timezone.now()
    Contact.objects.update(code_sent_at=None)
    late = contact.renew_code(at=now)
    assert late and not contact.accepts(late, at=now + CODE_LIVES)


def test_codes_are_sent_once_a_minute(leaver: User, mailoutbox: list[Any]) -> None:
    mails = len(mailoutbox)
    for _knock in range(3):
        knock(Client())

    assert len(mailoutbox) == mails + 1


def test_knocking_too_often_is_stopped(leaver: User) -> None:
    client = Client(REMOTE_ADDR="10.9.9.9")
    answers = [knock(client, f"{number}@example.com").status_code for number in range(11)]

    assert answers[:10] == [302] * 10 and answers[10] == 429


def test_the_address_rests_encrypted(leaver: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value, value_index FROM identity_contact")
        value, index = cursor.fetchone()

    assert ADDRESS.encode() not in bytes(value) and ADDRESS.encode() not in bytes(index)


def test_a_colleague_proves_an_address_on_the_settings_page(mailoutbox: list[Any]) -> None:
    user = a_user("he.shuyao")
    client = sign_in(user)
    verification = client.post("/me/settings/contacts/", {"kind": "email", "value": ADDRESS}).headers["Location"]
    assert client.post(verification, {"code": "not it"}).status_code == 422

    client.post(verification, {"code": code_in(mailoutbox)})

    assert Contact.objects.get().verified_at
    assert Event.objects.filter(kind="identity.contact.verified").count() == 1
    assert ADDRESS not in client.get("/me/settings/").content.decode()


def test_somebody_hired_again_no_longer_uses_the_door(leaver: User, mailoutbox: list[Any], at: datetime) -> None:
    inside = come_in(mailoutbox)
    leaver.reopen_access(at=at)

    assert inside.get("/door/").context["user"].is_anonymous


@pytest.mark.parametrize("page", ["/door/duties/", "/door/exit/"])
def test_a_link_of_a_letter_leads_who_is_outside_to_the_door_and_to_no_password(page: str) -> None:
    answer = Client().get(page)

    assert (answer.status_code, answer["Location"]) == (302, "/door/")
