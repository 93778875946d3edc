"""From roles to rows, on the tree of units itself and on a table of permissions made for these tests."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr import access
from ehr.access import Role, Scope, table
from ehr.access.models import RoleGrant
from ehr.identity.models import User
from ehr.notices.models import Notice
from ehr.units.models import OrgUnit
from tests.access.cast import a_user

pytestmark = pytest.mark.django_db
LOOK = "units.look"


@pytest.fixture(autouse=True)
def grants() -> Iterator[None]:
    before = dict(table._table)
    access.register(
        {
            Role.HRBP: {LOOK: Scope.UNIT},
            Role.AUDITOR: {LOOK: Scope.ALL},
            Role.EMPLOYEE: {LOOK: Scope.OWN},
            Role.HEAD: {LOOK: Scope.UNIT},
            Role.STORE_MANAGER: {"units.keep_shop": Scope.UNIT},
        }
    )
    yield
    table._table.clear()
    table._table.update(before)


@pytest.fixture
def tree() -> dict[str, OrgUnit]:
    group = OrgUnit.objects.create(code="HC", name="group", kind="group")
    east = OrgUnit.objects.create(code="EAST", name="east", parent=group)
    shop = OrgUnit.objects.create(code="SHOP", name="shop", kind="store", parent=east)
    west = OrgUnit.objects.create(code="WEST", name="west", parent=group)
    return {"group": group, "east": east, "shop": shop, "west": west}


def seen(user: User, **paths: Any) -> set[str]:
    fresh = User.objects.get(pk=user.pk)
    return set(OrgUnit.objects.filter(access.scope(fresh, LOOK, **paths)).values_list("code", flat=True))


def test_a_role_on_a_unit_reaches_its_subtree_and_nothing_else(tree: dict[str, OrgUnit]) -> None:
    assert seen(a_user("hrbp", hrbp=tree["east"]), unit="path") == {"EAST", "SHOP"}


def test_a_role_without_a_unit_reaches_the_whole_group(tree: dict[str, OrgUnit]) -> None:
    assert seen(a_user("hrbp", hrbp=None), unit="path") == {"HC", "EAST", "SHOP", "WEST"}


def test_two_grants_add_up(tree: dict[str, OrgUnit]) -> None:
    user = a_user("hrbp", hrbp=tree["shop"])
    RoleGrant.objects.create(user=user, role=Role.HRBP, unit=tree["west"])

    assert seen(user, unit="path") == {"SHOP", "WEST"}


def test_a_scope_without_its_path_reaches_nothing(tree: dict[str, OrgUnit]) -> None:
    assert seen(a_user("hrbp", hrbp=tree["east"]), own="head") == set()


def test_own_means_own(tree: dict[str, OrgUnit]) -> None:
    user, other = a_user("one"), a_user("other")
    OrgUnit.objects.filter(code="WEST").update(head=user)
    OrgUnit.objects.filter(code="EAST").update(head=other)

    assert seen(user, own="head") == {"WEST"}


def test_all_needs_no_path_and_survives_being_combined(tree: dict[str, OrgUnit]) -> None:
    auditor = a_user("auditor", auditor=None)

    assert len(seen(auditor)) == 4
    wider = access.scope(auditor, LOOK) | access.scope(a_user("nobody"), LOOK)
    assert OrgUnit.objects.filter(wider).count() == 4


def test_nobody_sees_anything_without_a_grant(tree: dict[str, OrgUnit]) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert seen(a_user("it", it=None), unit="path", reports="head") == set()
    assert not OrgUnit.objects.filter(access.scope(AnonymousUser(), LOOK, unit="path")).exists()
    assert not access.has(AnonymousUser(), LOOK)


def test_a_grant_counts_between_its_days(tree: dict[str, OrgUnit]) -> None:
    user = a_user("hrbp", hrbp=tree["east"])
    day = timedelta(days=1)
    for valid_from, valid_to, visible in [
        (date.today() - day, date.today() + day, True),
        (date.today() + 2 * day, None, False),
        (None, date.today() - 2 * day, False),
    ]:
        RoleGrant.objects.update(valid_from=valid_from, valid_to=valid_to)
        assert bool(seen(user, unit="path")) is visible


def test_whoever_heads_a_unit_holds_the_heads_role_there(tree: dict[str, OrgUnit]) -> None:
    head, keeper = a_user("head"), a_user("keeper")
    OrgUnit.objects.filter(code="EAST").update(head=head)
    OrgUnit.objects.filter(code="SHOP").update(head=keeper)

    assert seen(head, unit="path") == {"EAST", "SHOP"}
    assert access.roles(keeper) == {Role.EMPLOYEE, Role.STORE_MANAGER}


def test_somebody_who_left_holds_one_role_only(tree: dict[str, OrgUnit], at: Any) -> None:
    user = a_user("hrbp", hrbp=None)
    user.close_access(at=at)

    assert access.roles(User.objects.get(pk=user.pk)) == {Role.LEAVER}
    assert seen(user, unit="path", own="head") == set()


def test_a_request_loads_the_grants_once(tree: dict[str, OrgUnit]) -> None:
    user = a_user("hrbp", hrbp=tree["east"])
    with CaptureQueriesContext(
        connection,
    ) as statements:
        for _again in range(5):
            access.has(user, LOOK)
            access.scope(user, LOOK, unit="path")

    assert len(statements) == 1


def test_what_is_withdrawn_is_gone_for_the_next_request(tree: dict[str, OrgUnit]) -> None:
    user = a_user("hrbp", hrbp=tree["east"])
    assert seen(user, unit="path")

    RoleGrant.objects.all().delete()

    assert not seen(user, unit="path")


def test_many_grants_stay_one_condition_per_outermost_unit(tree: dict[str, OrgUnit]) -> None:
    user = a_user("hrbp", hrbp=tree["group"])
    RoleGrant.objects.create(user=user, role=Role.HRBP, unit=tree["shop"])

    assert str(OrgUnit.objects.filter(access.scope(user, LOOK, unit="path")).query).count("LIKE") == 1


def test_users_with_a_role_are_those_nearest_up_the_tree(tree: dict[str, OrgUnit]) -> None:
    far, near, group = a_user("far", hrbp=tree["group"]), a_user("near", hrbp=tree["east"]), a_user("g", hrbp=None)

    assert list(access.users_with(Role.HRBP, tree["shop"])) == [near]
    assert list(access.users_with(Role.HRBP, tree["west"])) == [far]
    RoleGrant.objects.exclude(unit=None).delete()
    assert list(access.users_with(Role.HRBP, tree["west"])) == [group]
    assert list(access.users_with(Role.HR_LEGAL, tree["west"])) == []


def test_users_with_passes_over_who_left(tree: dict[str, OrgUnit], at: Any) -> None:
    near, far = a_user("near", hrbp=tree["east"]), a_user("far", hrbp=tree["group"])
    near.close_access(at=at)

    assert list(access.users_with(Role.HRBP, tree["shop"])) == [far]


def test_nobody_acts_on_their_own_case() -> None:
    user, other = a_user("one"), a_user("other")

    access.refuse_self(user, other)
    access.refuse_self(None, user)
    with pytest.raises(access.Forbidden):
        access.refuse_self(user, other, User.objects.get(pk=user.pk))


def test_a_notice_is_no_matter_of_roles(at: Any) -> None:
    from ehr import notices

    one, admin = a_user("one"), a_user("admin", admin=None)
    notices.tell([one], kind="performance.feedback", at=at)

    assert Notice.objects.of(admin).count() == 0
