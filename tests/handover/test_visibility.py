from typing import Any

import pytest
from django.contrib.auth.models import Permission as PermissionRow

from ehr import access
from handover.models import Handover, HandoverItem
from handover.permissions import Permission

pytestmark = pytest.mark.django_db

SEES_ALL = {"leaver", "head", "successor", "hrbp", "hr_manager", "group_hr", "auditor"}
SEES_OWN_ITEMS = {"it": {"crm"}, "asset_clerk": {"laptop"}, "document_clerk": {"files"}}


def test_exactly_these_people_see_the_handover(cast: Any, opened: Handover) -> None:
    seeing = {name for name, user in cast.users.items() if Handover.objects.visible_to(user).exists()}

    assert seeing == SEES_ALL | set(SEES_OWN_ITEMS)


def test_everybody_sees_all_items_but_clerks_only_theirs(cast: Any, opened: Handover) -> None:
    everything = {"work", "files", "crm", "customers", "laptop"}

    for name, user in cast.users.items():
        seen = set(HandoverItem.objects.visible_to(user).values_list("key", flat=True))
        assert seen == (everything if name in SEES_ALL else SEES_OWN_ITEMS.get(name, set())), name


def test_each_item_waits_for_exactly_its_confirmer(cast: Any, opened: Handover) -> None:
    from tests.handover.conftest import CONFIRMERS

    for key, confirmer in CONFIRMERS.items():
        asked = {n for n, u in cast.users.items() if HandoverItem.objects.filter(key=key).confirmable_by(u).exists()}
        assert asked == {confirmer}, key


def test_without_a_successor_the_head_confirms_in_their_place(cast: Any, at: Any) -> None:
    from tests.handover.conftest import open_one

    open_one(cast, at, successor=None)

    assert HandoverItem.objects.filter(key="customers").confirmable_by(cast.head).exists()


def test_what_is_given_twice_is_held_once_and_a_permission_between_release_and_migration_is_added(
    cast: Any, opened: Handover
) -> None:
    PermissionRow.objects.filter(codename=Permission.SIGN_HANDOVERS.partition(".")[2]).delete()
    given = [
        (cast.stranger, permission, opened) for permission in (Permission.VIEW_HANDOVERS, Permission.SIGN_HANDOVERS)
    ]

    for _ in range(2):
        access.grant_many(given)

    held = opened.grants.filter(user=cast.stranger).values_list("permission__codename", flat=True)
    assert sorted(held) == sorted(permission.partition(".")[2] for _user, permission, _obj in given)
