from typing import Any

import pytest

from ehr import deadlines, record
from ehr.documents import rendering
from ehr.documents.models import Document
from ehr.errors import Forbidden, Refused, WrongState
from handover import operations, queries
from handover.models import Handover
from tests.access.cast import sign_in
from tests.handover.conftest import DUE_AT, LAST_DAY, hand_over_everything, item_of, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def duty(handover: Handover, kind: str) -> Any:
    return deadlines.Deadline.objects.still_open().filter(subject=record.ref(handover), kind=kind)


def test_the_whole_way_ends_with_a_signed_letter(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    assert duty(opened, "handover.sign_off").get().owner == cast.head

    operations.sign_handover(handover=opened, by=cast.head, at=at)

    handover = Handover.objects.get()
    assert (handover.state, handover.signed_by) == ("signed", cast.head)
    letter = Document.objects.get()
    assert (letter.kind, letter.state, letter.subject) == ("handover_letter", "issued", opened.origin)
    assert len(letter.context["items"]) == 5
    assert record.timeline([record.ref(opened)]).filter(kind="handover.handover.signed").exists()
    assert not deadlines.Deadline.objects.still_open().filter(subject=record.ref(opened)).exists()
    assert queries.progress(opened.origin).percent == 100


def test_the_head_may_have_the_letter_in_both_languages(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)

    sign_in(cast.head).post(f"{opened.get_absolute_url()}sign-off/", {"decision": "sign", "bilingual": "on"})

    html = rendering.html_of(Document.objects.get())
    assert "交接确认函" in html
    assert '接收 <span lang="en" class="en">Receiver</span>' in html
    assert '<span lang="en" class="en">Customers and relations</span>' in html


def test_the_leaver_still_finds_the_signed_list_and_its_letter(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)

    assert sign_in(cast.leaver).get("/handovers/").url == opened.get_absolute_url()
    page = sign_in(cast.leaver).get(opened.get_absolute_url()).content.decode()
    assert Document.objects.get().get_absolute_url() in page
    operations.open_handover(
        employment=opened.employment, origin="offboarding.case:2", successor=cast.successor, head=cast.head,
        due_at=DUE_AT, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip
    both = sign_in(cast.leaver).get("/handovers/").content.decode()
    assert both.count('class="ui-item"') == 2
    assert both.index("交接中") < both.index("已签署")


def test_what_runs_is_not_pushed_off_its_page_by_what_was_signed(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    assert (len(queries.in_progress(cast.head, cursor="").rows), queries.signed_off(cast.head, cursor="").rows) == (
        1,
        [],
    )

    operations.sign_handover(handover=opened, by=cast.head, at=at)

    assert queries.in_progress(cast.head, cursor="").rows == []
    assert queries.signed_off(cast.head, cursor="").rows == [opened]
    assert "已签署" in sign_in(cast.head).get("/handovers/").content.decode()


def test_it_is_not_signed_while_an_item_is_open(cast: Any, at: Any, opened: Handover) -> None:
    operations.state_complete(handover=opened, by=cast.head, at=at)

    with pytest.raises(WrongState):
        operations.sign_handover(handover=opened, by=cast.head, at=at)
    assert not Document.objects.exists()


def test_it_is_not_signed_before_the_list_was_called_complete(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)

    with pytest.raises(WrongState):
        operations.sign_handover(handover=opened, by=cast.head, at=at)


def test_completeness_closes_the_heads_first_duty_and_ends_adding(cast: Any, at: Any, opened: Handover) -> None:
    operations.state_complete(handover=opened, by=cast.head, at=at)

    assert not duty(opened, "handover.completeness").exists()
    with pytest.raises(WrongState):
        operations.add_item(handover=opened, kind="thing", title="晚了", by=cast.head, at=at)


def test_the_head_may_return_the_whole_and_then_says_again_whether_it_is_complete(
    cast: Any, at: Any, opened: Handover
) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    with pytest.raises(Refused):
        operations.return_handover(handover=opened, comment="", by=cast.head, at=at)

    operations.return_handover(handover=opened, comment="少了回款计划", by=cast.head, at=at)

    assert Handover.objects.get().state == "open"
    assert duty(opened, "handover.completeness").get().owner == cast.head
    extra = operations.add_item(handover=opened, kind="work_item", title="回款计划", by=cast.head, at=at)
    operations.confirm_item(item=submit(extra, cast, at), by=cast.head, at=at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)
    assert Handover.objects.get().state == "signed"


def test_hr_the_leaver_and_the_successor_never_sign(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)

    for who in (cast.hrbp, cast.hr_manager, cast.group_hr, cast.leaver, cast.successor):
        with pytest.raises(Forbidden):
            operations.state_complete(handover=opened, by=who, at=at)


def test_after_signing_nothing_moves_any_more(cast: Any, at: Any, opened: Handover) -> None:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)

    with pytest.raises(WrongState):
        operations.confirm_item(item=item_of(opened, "work"), by=cast.head, at=at)
    with pytest.raises(WrongState):
        operations.sign_handover(handover=opened, by=cast.head, at=at)
    operations.cancel_handover(origin=opened.origin, by=None, at=at)
    assert Handover.objects.get().state == "signed"


def test_late_confirmation_turns_red_and_climbs_by_the_common_mechanism(cast: Any, at: Any, opened: Handover) -> None:
    from datetime import timedelta

    submit(item_of(opened, "work"), cast, at)
    waiting = duty(opened, "handover.confirm").get()

    late = deadlines.Deadline.objects.still_open().filter(due_at__lt=at + timedelta(days=5))

    assert waiting in late
