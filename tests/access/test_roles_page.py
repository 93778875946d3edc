from datetime import datetime
from typing import Any

import pytest

from ehr.access.models import RoleGrant
from ehr.access.operations import give_role
from ehr.access.roles import Role
from ehr.errors import Refused
from ehr.identity.models import User
from ehr.notices.models import Notice
from ehr.record.models import Event
from ehr.units.models import OrgUnit
from tests.access.cast import a_user, sign_in

pytestmark = pytest.mark.django_db
GIVE = "/settings/roles/grants/"


@pytest.fixture
def admin() -> User:
    OrgUnit.objects.create(code="HC", name="group")
    return a_user("ji.yunshu", admin=None)


def give(admin: User, **form: Any) -> Any:
    return sign_in(admin).post(GIVE, {"username": "new", "role": "hrbp", "unit": "HC", **form})


def test_the_administrator_gives_a_role_and_it_is_on_record(admin: User) -> None:
    new = a_user("new")
    auditor = a_user("auditor", auditor=None)

    assert give(admin).status_code == 302

    grant = RoleGrant.objects.get(user=new)
    assert (grant.role, grant.unit.code) == ("hrbp", "HC")
    event = Event.objects.get(kind="access.role.given")
    assert event.actor_id == admin.pk and event.payload["unit_path"] == "/HC/"
    assert {notice.user for notice in Notice.objects.all()} == {new, auditor}


def test_nobody_gives_a_role_to_themselves(admin: User, at: datetime) -> None:
    answer = give(admin, username="ji.yunshu")

    assert answer.status_code == 422
    assert not RoleGrant.objects.filter(role="hrbp").exists()
    with pytest.raises(Refused):
        give_role(user=admin, role=Role.HR_MANAGER, by=admin, at=at)


@pytest.mark.parametrize(
    "form",
    [
        {"username": "nobody"},
        {"unit": "NOWHERE"},
        {"role": "employee"},
        {"role": "leaver"},
        {"role": "root"},
        {"valid_from": "2026-06-02", "valid_to": "2026-06-01"},
        {"username": ""},
    ],
)
def test_wrong_input_comes_back_with_the_form(admin: User, form: dict[str, str]) -> None:
    a_user("new")

    answer = give(admin, **form)

    assert answer.status_code == 422
    assert RoleGrant.objects.count() == 1


def test_the_same_role_twice_is_refused(admin: User) -> None:
    a_user("new")
    give(admin)

    assert give(admin).status_code == 422
    assert RoleGrant.objects.filter(role="hrbp").count() == 1


def test_a_role_is_withdrawn_and_is_on_record(admin: User) -> None:
    new = a_user("new", finance=None)
    grant = RoleGrant.objects.get(user=new)
    client = sign_in(admin)

    client.post(f"{GIVE}{grant.pk}/withdrawal/")

    assert not RoleGrant.objects.filter(user=new).exists()
    assert Event.objects.filter(kind="access.role.withdrawn", actor_id=admin.pk).count() == 1
    assert client.post(f"{GIVE}{grant.pk}/withdrawal/").status_code == 404


def test_the_last_administrator_cannot_lock_everybody_out(admin: User) -> None:
    grant = RoleGrant.objects.get(user=admin)

    assert sign_in(admin).post(f"{GIVE}{grant.pk}/withdrawal/").status_code == 422
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_the_auditor_reads_the_list_and_changes_nothing(admin: User) -> None:
    client = sign_in(a_user("auditor", auditor=None))

    assert client.get("/settings/roles/").status_code == 200
    assert client.post(GIVE, {}).status_code == 403
