"""An empty installation gets its first administrator, and people on file get in."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ehr.access import Role
from ehr.access.models import RoleGrant
from ehr.identity.models import User
from ehr.record.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-7"


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def test_an_empty_installation_gets_its_first_administrator() -> None:
    call_command("create_account", "ji.yunshu", name="纪云舒", role="admin", stdout=io.StringIO())

    user = User.objects.get(username="ji.yunshu")
    assert RoleGrant.objects.filter(user=user, role=Role.ADMIN, unit=None).exists()
    assert Event.objects.filter(kind="identity.user.opened").count() == 1
    answer = Client().post("/accounts/login/", {"login": "ji.yunshu", "password": PASSWORD})
    assert answer.status_code == 302


def test_an_employee_on_file_gets_in(cast: Any) -> None:
    employment = cast.employment["leaver"]
    type(employment.person).objects.filter(pk=employment.person_id).update(user=None)

    call_command("create_account", "zhou.2", employee=employment.employee_number, stdout=io.StringIO())

    employment.person.refresh_from_db()
    assert employment.person.user.username == "zhou.2"
    assert employment.person.user.display_name == employment.person.name


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"username": "zhou.yuanhang"}, "登录名"),
        ({"username": "new", "employee": "HC-0"}, "HC-0"),
        ({"username": "new", "role": "hrbp", "unit": "nowhere"}, "nowhere"),
    ],
)
def test_what_can_not_be_is_said(cast: Any, options: dict[str, str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("create_account", options.pop("username"), stdout=io.StringIO(), **options)

    assert not User.objects.filter(username="new").exists()


def test_nobody_gets_a_second_account(cast: Any) -> None:
    with pytest.raises(CommandError):
        call_command("create_account", "new", employee=cast.employment["leaver"].employee_number, stdout=io.StringIO())

    assert not User.objects.filter(username="new").exists()


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    with pytest.raises(CommandError):
        call_command("create_account", "new", stdout=io.StringIO())
