from datetime import UTC, datetime, timedelta

import pytest

from offboarding.rules import progress
from offboarding.rules.progress import Milestones, Part

AT = datetime(2026, 5, 18, 2, tzinfo=UTC)


def part(state="planned", **fields) -> Part:
    return Part(key="x", state=state, **fields)


def test_optional_parts_do_not_count() -> None:
    measured = progress.measure([part("done"), part(is_required=False)], at=AT)

    assert (measured.done, measured.total, measured.percent) == (1, 1, 100)


def test_a_part_under_way_counts_by_its_share() -> None:
    assert progress.measure([part("done"), part("in_progress", done=7, total=14)], at=AT).percent == 75


def test_nothing_required_is_nothing_done() -> None:
    assert progress.measure([], at=AT).percent == 0


@pytest.mark.parametrize(
    ("state", "due", "tone"),
    [
        ("done", AT - timedelta(days=1), "ok"),
        ("planned", AT - timedelta(minutes=1), "bad"),
        ("failed", AT + timedelta(days=9), "bad"),
        ("planned", AT + timedelta(hours=5), "warn"),
        ("planned", AT + timedelta(days=3), "plan"),
        ("held", AT - timedelta(days=1), "idle"),
    ],
)
def test_the_tone_says_how_urgent_it_is(state, due, tone) -> None:
    assert progress.tone(part(state, due_at=due), at=AT) == tone


def test_what_blocks_comes_late_first() -> None:
    soon = part("planned", due_at=AT + timedelta(hours=2))
    late = part("planned", due_at=AT - timedelta(hours=2))

    assert progress.blocking([soon, late, part("done"), part("planned")], at=AT) == [late, soon]


@pytest.mark.parametrize(
    ("milestones", "label"),
    [
        (Milestones(), "draft"),
        (Milestones(submitted=True), "checked"),
        (Milestones(submitted=True, approved=True), "approved"),
        (Milestones(submitted=True, approved=True, delivered=True), "delivered"),
        (Milestones(submitted=True, approved=True, ended=True, closed=True), "closed"),
    ],
)
def test_the_label_is_the_furthest_step_reached(milestones, label) -> None:
    assert progress.label(milestones) == label
