import threading
from typing import Any

import pytest
from django.db import connection

from ehr import deadlines, record
from ehr.errors import Forbidden, Refused, WrongState
from handover import operations
from handover.models import Decision, Handover, HandoverItem
from tests.handover.conftest import ANSWERS, attach, item_of, submit

pytestmark = pytest.mark.django_db


def waiting(handover: Handover, kind: str) -> Any:
    return deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover), kind=kind)


def test_a_submitted_item_waits_for_its_confirmer_with_a_deadline(cast: Any, at: Any, opened: Handover) -> None:
    submit(item_of(opened, "work"), cast, at)

    assert waiting(opened, "handover.confirm").get().owner == cast.head


def test_items_of_one_confirmer_are_one_duty_that_ends_with_the_last(cast: Any, at: Any, opened: Handover) -> None:
    extra = operations.add_item(handover=opened, kind="work_item", title="另一件", by=cast.head, at=at)
    first, second = submit(item_of(opened, "work"), cast, at), submit(extra, cast, at)
    assert waiting(opened, "handover.confirm").count() == 1

    operations.confirm_item(item=first, by=cast.head, at=at)
    assert waiting(opened, "handover.confirm").count() == 1
    operations.confirm_item(item=second, by=cast.head, at=at)
    assert not waiting(opened, "handover.confirm").exists()


def test_clerks_are_asked_as_a_role_in_the_unit(cast: Any, at: Any, opened: Handover) -> None:
    submit(item_of(opened, "crm"), cast, at)

    duty = waiting(opened, "handover.confirm").get()
    assert (duty.owner, duty.role, duty.unit) == (None, "it", cast.unit["sales_unit"])


def test_missing_fields_are_named(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(Refused) as refused:
        operations.submit_item(item=item_of(opened, "work"), fields={"progress": "1"}, by=cast.leaver, at=at)

    assert (refused.value.code, refused.value.field) == ("missing", "next_step")


def test_an_item_that_needs_proof_is_refused_without_a_file(cast: Any, at: Any, opened: Handover) -> None:
    item = item_of(opened, "files")
    with pytest.raises(Refused) as refused:
        operations.submit_item(item=item, fields=ANSWERS["document"], by=cast.leaver, at=at)
    assert refused.value.code == "evidence_missing"

    attach(item, cast, at)
    operations.submit_item(item=item, fields=ANSWERS["document"], by=cast.leaver, at=at)

    assert item_of(opened, "files").state == "submitted"


def test_a_password_never_enters_the_list(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(Refused) as refused:
        operations.submit_item(
            item=item_of(opened, "crm"), fields=ANSWERS["account"], text="密码：Abc123!", by=cast.leaver, at=at
        )

    assert refused.value.code == "secret"


def test_nothing_to_hand_over_needs_a_word_why(cast: Any, at: Any, opened: Handover) -> None:
    item = item_of(opened, "laptop")
    with pytest.raises(Refused):
        operations.submit_item(item=item, fields={}, is_nothing=True, by=cast.leaver, at=at)

    operations.submit_item(item=item, fields={}, text="一直用自己的", is_nothing=True, by=cast.leaver, at=at)

    assert item_of(opened, "laptop").is_nothing


def test_only_the_leaver_hands_in(cast: Any, at: Any, opened: Handover) -> None:
    for who in (cast.head, cast.successor, cast.hrbp, cast.it):
        with pytest.raises(Forbidden):
            operations.submit_item(item=item_of(opened, "work"), fields=ANSWERS["work_item"], by=who, at=at)


def test_only_its_confirmer_confirms(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)

    for who in (cast.leaver, cast.successor, cast.hrbp, cast.it, cast.group_hr):
        with pytest.raises(Forbidden):
            operations.confirm_item(item=item, by=who, at=at)


def test_a_returned_item_goes_round_again_and_keeps_both_answers(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    operations.return_item(item=item, comment="进度不符", by=cast.head, at=at)
    assert item_of(opened, "work").state == "returned"

    item = submit(item_of(opened, "work"), cast, at)
    operations.confirm_item(item=item, by=cast.head, at=at)

    assert list(Decision.objects.order_by("round").values_list("round", "verdict")) == [
        (1, "returned"),
        (2, "confirmed"),
    ]


def test_a_return_needs_a_reason(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)

    with pytest.raises(Refused):
        operations.return_item(item=item, comment="  ", by=cast.head, at=at)


def test_a_confirmed_item_says_what_is_allowed_instead(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    operations.confirm_item(item=item, by=cast.head, at=at)

    with pytest.raises(WrongState) as wrong:
        operations.confirm_item(item=item, by=cast.head, at=at)
    assert wrong.value.allowed == ()


def test_bulk_confirms_only_mine_and_only_what_needs_no_proof(cast: Any, at: Any, opened: Handover) -> None:
    extra = operations.add_item(handover=opened, kind="work_item", title="另一件", by=cast.leaver, at=at)
    items = [submit(i, cast, at) for i in (item_of(opened, "work"), extra, item_of(opened, "crm"))]
    HandoverItem.objects.filter(pk=extra.pk).update(evidence_required=True)

    done = operations.confirm_many(handover=opened, item_ids=[i.pk for i in items], by=cast.head, at=at)

    assert done == 1
    assert set(HandoverItem.objects.filter(state="confirmed").values_list("key", flat=True)) == {"work"}


def test_the_record_says_who_and_when_but_not_what_was_written(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    operations.return_item(item=item, comment="进度不符", by=cast.head, at=at)

    events = list(record.timeline([record.ref(opened)]).filter(kind__startswith="handover.item."))
    assert [e.kind for e in events][:2] == ["handover.item.returned", "handover.item.submitted"]
    assert events[0].actor_id == cast.head.pk
    assert not any("进度不符" in str(e.payload) or "周五回访" in str(e.payload) for e in events)


@pytest.mark.django_db(transaction=True)
def test_two_deciding_at_once_have_one_effect(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "crm"), cast, at)
    from tests.access.cast import a_user

    second = a_user("second.it", it=cast.unit["group"])
    outcomes: list[str] = []

    def decide(user: Any) -> None:
        try:
            operations.confirm_item(item=item, by=user, at=at)
            outcomes.append("confirmed")
        except WrongState:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[user]) for user in (cast.it, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["confirmed", "too late"]
    assert Decision.objects.count() == 1


def test_a_password_is_not_even_kept_for_later(cast: Any, opened: Handover) -> None:
    with pytest.raises(Refused) as refused:
        draft(opened, "crm", cast, fields=ANSWERS["account"], text="密码：Abc123!")

    assert refused.value.code == "secret"
    assert item_of(opened, "crm").text == ""
    assert item_of(opened, "crm").fields == {}


def test_what_is_too_long_is_refused_and_never_cut(cast: Any, opened: Handover) -> None:
    with pytest.raises(Refused) as refused:
        draft(opened, "work", cast, fields={}, text="长" * 10_000)
    draft(opened, "work", cast, fields={}, text="长" * 4_000)

    assert (refused.value.code, refused.value.field) == ("too_long", "text")
    assert item_of(opened, "work").text == "长" * 4_000


def test_no_item_is_named_after_a_password(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_item(handover=opened, kind="account", title="后台 密码：Abc123!", by=cast.leaver, at=at)

    assert (refused.value.code, refused.value.field) == ("secret", "title")
    assert opened.items.count() == 5


def test_nothing_is_confirmed_in_bulk_where_nothing_runs_any_more(cast: Any, at: Any, opened: Handover) -> None:
    item = submit(item_of(opened, "work"), cast, at)
    operations.cancel_handover(origin=opened.origin, by=cast.hrbp, at=at)

    with pytest.raises(WrongState) as wrong:
        operations.confirm_many(handover=opened, item_ids=[item.pk], by=cast.head, at=at)

    assert wrong.value.allowed == ()


def draft(handover: Handover, key: str, cast: Any, *, fields: dict[str, str], text: str) -> None:
    operations.save_draft(item=item_of(handover, key), fields=fields, text=text, is_nothing=False, by=cast.leaver)
