"""Work that was handed over and that nobody confirms within two working days turns the exit red."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ehr import record
from ehr.deadlines.models import Deadline
from ehr.notices.models import Notice
from handover.models import Handover, HandoverItem
from handover.operations import name_successor, submit_item
from offboarding.queries.board import Filters, board
from offboarding.queries.case_page import case_page, load_case
from offboarding.queries.columns import columns
from tests.access.cast import sign_in
from tests.factories.offboarding import a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case(cast, at):
    return approved(a_resignation(cast, at), at)


@pytest.fixture
def submitted(case, cast, at):
    """One item handed in; nothing else of the handover is late before the last day."""
    item = HandoverItem.objects.filter(handover__origin=case.ref, confirmer="head", evidence_required=False).first()
    fields = {spec.name: "100%" for spec in item.specs if spec.required}
    submit_item(item=item, fields=fields, text="已写明", by=cast.leaver, at=at)
    return item


@pytest.fixture
def late(submitted, at):
    due = Deadline.objects.get(kind="handover.confirm").due_at
    return due + timedelta(minutes=1)


def row(user, at, **filters):
    found = board(user, Filters(tab="process", **filters), at=at).rows
    return found[0] if found else None


def cell(user, at):
    return dict(row(user, at).cells)["handover"]


def test_within_its_time_nothing_is_red(cast, at, submitted) -> None:
    Deadline.objects.filter(kind="handover.completeness").delete()

    assert row(cast.hrbp, at).progress.tone == "plan"
    assert row(cast.hrbp, at, red=True) is None


def test_the_row_is_red_and_names_who_keeps_it_waiting(cast, late) -> None:
    found = row(cast.hrbp, late)

    assert found.progress.tone == "bad"
    assert found.reason.key == "handover"
    assert (found.stuck_with, found.stuck_since) == (str(cast.head), cell(cast.hrbp, late).due_at)


def test_the_filter_finds_it(cast, late) -> None:
    assert row(cast.hrbp, late, red=True) is not None


def test_the_tile_counts_it(cast, at, late) -> None:
    assert board(cast.hrbp, Filters(), at=late).alarms["handovers"] == 1
    assert board(cast.hrbp, Filters(), at=at).alarms["handovers"] == 0


def test_it_comes_first_among_the_columns(cast, at, late) -> None:
    approved(a_resignation(cast, at, who="successor"), at)
    Deadline.objects.filter(kind="handover.completeness").delete()

    handing_over = next(one for one in columns(cast.hrbp, Filters(), at=late) if one.key == "handover")

    assert [row.progress.tone for row in handing_over.rows] == ["bad", "plan"]


def test_the_case_page_says_who_since_when_and_reminds(cast, case, late) -> None:
    Deadline.objects.filter(kind="handover.completeness").delete()
    loaded = load_case(cast.hrbp, case.pk).get(pk=case.pk)

    block = case_page(cast.hrbp, loaded, at=late).blocking[0]

    assert (block.duty, block.who, block.tone) == ("handover.confirm", str(cast.head), "bad")
    assert block.since == Deadline.objects.get(kind="handover.confirm").due_at


def test_every_person_who_is_late_has_a_line(cast, case, late) -> None:
    loaded = load_case(cast.hrbp, case.pk).get(pk=case.pk)

    duties = [block.duty for block in case_page(cast.hrbp, loaded, at=late).blocking]

    assert sorted(duties) == ["handover.completeness", "handover.confirm"]


def test_a_confirmed_item_takes_the_red_away(cast, late, submitted) -> None:
    from handover.operations import confirm_item

    Deadline.objects.filter(kind="handover.completeness").delete()
    confirm_item(item=submitted, by=cast.head, at=late)

    assert row(cast.hrbp, late).progress.tone == "plan"


def test_reminding_reaches_who_has_to_confirm(cast, case, submitted) -> None:
    Deadline.objects.exclude(kind="handover.confirm").delete()

    answer = sign_in(cast.hrbp).post(reverse("offboarding:nudge", args=[case.pk]))

    assert answer.status_code == 302
    assert list(Notice.objects.filter(kind="offboarding.nudge").values_list("user", flat=True)) == [cast.head.pk]


def test_who_is_named_on_the_handover_later_stands_on_the_case_as_well(case, cast, at):
    handover = Handover.objects.get(origin=case.ref)

    name_successor(handover=handover, successor=cast.stranger, by=cast.head, at=at)
    record.deliver_all()

    case.refresh_from_db()
    assert case.successor == cast.stranger
