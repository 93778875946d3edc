from typing import Any

import pytest
from django.contrib.auth.models import Permission as PermissionRow

from ehr import access
from handover import operations
from handover.models import Handover, HandoverItem
from handover.permissions import Permission
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import attach, item_of

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


def test_what_is_typed_and_not_handed_in_is_read_by_the_leaver_alone(cast: Any, at: Any, opened: Handover) -> None:
    item, typed = item_of(opened, "customers"), {"contact": "还没想好写谁", "status": "草稿"}
    operations.save_draft(item=item, fields=typed, text="先记一笔", is_nothing=False, by=cast.leaver)
    file = attach(item, cast, at)
    addresses = [f"/handovers/{opened.pk}/", f"/handovers/{opened.pk}/takeover/", file.get_absolute_url()]
    addresses += [f"/api/v1{address}" for address in (*addresses[:2], f"/handovers/{opened.pk}/items/")]

    for reader in (cast.successor, cast.head, cast.hrbp):
        assert read(reader, [*addresses, f"/api/v1/handovers/{opened.pk}/items/{item.pk}/"]) == set()
    assert read(cast.leaver, [addresses[-1]]) == {"还没想好写谁", "先记一笔", "合同.pdf"}
    assert api_client(cast.head).get(f"/api/v1{file.get_absolute_url()}").status_code == 404

    operations.submit_item(item=item, fields=typed, text="先记一笔", by=cast.leaver, at=at)
    assert read(cast.successor, [addresses[-1]]) == {"还没想好写谁", "先记一笔", "合同.pdf"}


def test_a_clerk_is_shown_no_letter_that_counts_only_what_they_confirm(cast: Any, opened: Handover) -> None:
    clerk, head = (sign_in(user).get(opened.get_absolute_url()).content.decode() for user in (cast.it, cast.head))

    assert "名下 1 项" not in clerk
    assert "这份交接共 5 项" in clerk
    assert "名下 5 项" in head
    assert "这份交接共" not in head


def read(reader: Any, addresses: list[str]) -> set[str]:
    """What of the draft stands in any of these answers."""
    answers = [api_client(reader).get(a) if a.startswith("/api/") else sign_in(reader).get(a) for a in addresses]
    words = ("还没想好写谁", "先记一笔", "合同.pdf", "%PDF")
    return {word for word in words for answer in answers if word in shown(answer)}


def shown(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")
