"""Whoever came in by an import gets an account: one, some or all, and a letter to set the password by."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ehr.access import Role
from ehr.access.labels import ROLE_LABELS
from ehr.identity.models import User
from ehr.record.models import Event
from employees.accounts import ask_for, running
from employees.models import AccountRun, Employment, Person
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed

pytestmark = pytest.mark.django_db
LIST = "/settings/accounts/"


@pytest.fixture
def newcomer(cast: Any) -> Employment:
    """On file in the sales unit, as an import leaves people: with a mail address and without an account."""
    return on_file("林晚秋", cast.unit["sales_unit"], "HC-2026-00901", email="wanqiu@private.example")


def on_file(name: str, unit: Any, number: str, *, email: str = "") -> Employment:
    employment = employed(name, unit=unit, employee_number=number)
    employment.person.personal_email = email or None
    employment.person.save()
    return employment


def test_a_letter_leads_to_a_password_and_in(cast: Any, newcomer: Employment, mailoutbox: list[Any]) -> None:
    sign_in(cast.admin).post(f"{LIST}openings/", {"employment": [newcomer.pk]})
    running.advance_all()

    [letter] = mailoutbox
    assert letter.to == ["wanqiu@private.example"]
    browser = Client()
    form = browser.get(link_in(letter.body), follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": "Herbst-wind-2026", "password2": "Herbst-wind-2026"})
    answer = Client().post("/accounts/login/", {"login": newcomer.employee_number, "password": "Herbst-wind-2026"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def link_in(text: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/accounts/\S+)", text)
    assert found, text
    return found.group(1)


def test_everybody_gets_one_and_nobody_a_second(
    cast: Any, newcomer: Employment, mailoutbox: list[Any], at: Any
) -> None:
    without_address = on_file("秦晚", cast.unit["supply"], "HC-2026-00902")
    before = User.objects.count()

    ask_for(by=cast.admin, at=at)
    ask_for(by=cast.admin, at=at)
    running.advance_all()

    assert User.objects.count() == before + 2
    assert len(mailoutbox) == 1
    assert Event.objects.filter(kind="identity.user.opened").count() == 2
    assert Person.objects.get(pk=without_address.person_id).user.username == "HC-2026-00902"
    assert [run.opened for run in AccountRun.objects.order_by("created_at")] == [2, 0]


def test_the_mailbox_of_the_roster_is_the_mailbox_of_the_account(cast: Any, newcomer: Employment, at: Any) -> None:
    Employment.objects.filter(pk=newcomer.pk).update(work_email="wanqiu@hengchuan.example")

    ask_for([newcomer.pk], by=cast.admin, at=at)
    running.advance_all()

    assert User.objects.get(username=newcomer.employee_number).email == "wanqiu@hengchuan.example"


def test_many_are_opened_batch_by_batch(cast: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    people = [on_file(f"陈{n}", cast.unit["supply"], f"HC-2026-01{n:03d}") for n in range(5)]

    run = ask_for([one.pk for one in people], by=cast.admin, at=at)
    running.advance_all()

    run.refresh_from_db()
    assert (run.opened, run.total, run.percent, run.is_working) == (5, 5, 100, False)


def test_a_name_that_is_taken_is_said(cast: Any, newcomer: Employment, at: Any) -> None:
    User.objects.create_user(newcomer.employee_number.lower())

    run = ask_for([newcomer.pk], by=cast.admin, at=at)
    running.advance_all()

    run.refresh_from_db()
    assert (run.opened, run.taken) == (0, [newcomer.employee_number])
    page = sign_in(cast.admin).get(f"{LIST}openings/{run.pk}/").content.decode()
    assert newcomer.employee_number in page


def test_hr_of_a_unit_opens_only_those_of_the_unit(cast: Any, newcomer: Employment, at: Any) -> None:
    elsewhere = on_file("秦晚", cast.unit["supply"], "HC-2026-00902")

    ask_for([newcomer.pk, elsewhere.pk], by=cast.hr_manager, at=at)
    running.advance_all()

    assert User.objects.filter(username=newcomer.employee_number).exists()
    assert not User.objects.filter(username=elsewhere.employee_number).exists()


def test_the_list_says_how_everybody_stands(cast: Any, newcomer: Employment, at: Any) -> None:
    cast.successor.lock(by=cast.admin, at=at)

    page = sign_in(cast.admin)

    assert "林晚秋" in page.get(f"{LIST}?standing=none").content.decode()
    locked = page.get(f"{LIST}?standing=locked").content.decode()
    assert "何书瑶" in locked
    assert "林晚秋" not in locked
    assert f"{ROLE_LABELS[Role.HRBP]} · 华东区" in page.get(f"{LIST}?q=songzhiwei").content.decode()


@pytest.mark.parametrize("crowd", [3, 40])
def test_the_list_costs_the_same_with_few_and_many(cast: Any, crowd: int, django_assert_max_num_queries: Any) -> None:
    for number in range(crowd):
        on_file(f"陈{number}", cast.unit["supply"], f"HC-2026-02{number:03d}")
    client = sign_in(cast.admin)

    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_locking_ends_what_is_open_and_unlocking_lets_in_again(cast: Any) -> None:
    office, theirs = sign_in(cast.admin), sign_in(cast.successor)

    office.post(f"{LIST}{cast.successor.pk}/locking/")

    assert theirs.get("/me/settings/").status_code == 302
    office.post(f"{LIST}{cast.successor.pk}/unlocking/")
    cast.successor.refresh_from_db()
    assert sign_in(cast.successor).get("/me/settings/").status_code == 200
    assert Event.objects.filter(kind__in=["identity.user.locked", "identity.user.unlocked"]).count() == 2


def test_nobody_locks_themselves(cast: Any) -> None:
    assert sign_in(cast.admin).post(f"{LIST}{cast.admin.pk}/locking/").status_code == 403
    cast.admin.refresh_from_db()
    assert cast.admin.is_active


def test_a_letter_needs_an_address(cast: Any, mailoutbox: list[Any]) -> None:
    User.objects.filter(pk=cast.successor.pk).update(email="")

    answer = sign_in(cast.admin).post(f"{LIST}{cast.successor.pk}/letters/")

    assert answer.status_code == 422
    assert mailoutbox == []


def test_an_address_that_came_later_is_written_to(cast: Any, at: Any, mailoutbox: list[Any]) -> None:
    late = on_file("秦晚", cast.unit["supply"], "HC-2026-00902")
    run = ask_for([late.pk], by=cast.admin, at=at)
    running.advance_all()
    office = sign_in(cast.admin)
    assert "没有邮箱" in office.get(f"{LIST}openings/{run.pk}/").content.decode()
    Employment.objects.filter(pk=late.pk).update(work_email="qinwan@hengchuan.example")

    user = User.objects.get(username="HC-2026-00902")
    office.post(f"{LIST}{user.pk}/letters/")

    assert [letter.to for letter in mailoutbox] == [["qinwan@hengchuan.example"]]
    user.refresh_from_db()
    assert user.email == "qinwan@hengchuan.example"


def test_the_api_does_the_same(cast: Any, newcomer: Employment, mailoutbox: list[Any]) -> None:
    caller = api_client(cast.admin)
    asked = {"employee_numbers": [newcomer.employee_number]}

    answer = caller.post("/api/v1/accounts/", asked, format="json", HTTP_IDEMPOTENCY_KEY="a")
    running.advance_all()

    news = caller.get(answer.headers["Location"]).json()
    assert (answer.status_code, news["opened"], news["letters"]) == (202, 1, 1)
    [line] = caller.get("/api/v1/accounts/?q=HC-2026-00901").json()["results"]
    assert line["standing"] == "invited"
    address = f"/api/v1/accounts/{line['id']}/locking/"
    assert caller.post(address, HTTP_IDEMPOTENCY_KEY="b").json()["standing"] == "locked"
    assert caller.post(address, HTTP_IDEMPOTENCY_KEY="c").status_code == 409
    unknown = {"employee_numbers": ["HC-0"]}
    assert caller.post("/api/v1/accounts/", unknown, format="json", HTTP_IDEMPOTENCY_KEY="d").status_code == 422


def test_the_command_opens_them_for_everybody(newcomer: Employment) -> None:
    told = io.StringIO()

    call_command("open_accounts", everybody=True, stdout=told)

    assert User.objects.filter(username=newcomer.employee_number).exists()
    assert told.getvalue() == "1 accounts opened, 1 letters on their way\n"


@pytest.mark.parametrize("options", [{}, {"numbers": ["HC-0"]}])
def test_the_command_wants_to_know_for_whom(cast: Any, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("open_accounts", *options.get("numbers", []), stdout=io.StringIO())
