"""Who is proposed for a thing, and which steps of a plan and its lines there are."""

import pytest

from handover.rules import transfer
from handover.rules.transfer import Candidate, Via

SUCCESSOR, MANAGER, ABOVE = (
    Candidate(who="何书瑶", via=Via.SUCCESSOR),
    Candidate(who="孟怀瑾", via=Via.LINE_MANAGER),
    Candidate(who="陆行简", via=Via.LINE_MANAGER),
)


@pytest.mark.parametrize(
    ("candidates", "barred", "who", "via"),
    [
        ([SUCCESSOR, MANAGER], [], "何书瑶", Via.SUCCESSOR),
        ([SUCCESSOR, MANAGER], ["何书瑶"], "孟怀瑾", Via.LINE_MANAGER),  # it is about the successor
        ([MANAGER, ABOVE], [], "孟怀瑾", Via.LINE_MANAGER),  # no successor named
        ([SUCCESSOR, MANAGER, ABOVE], ["何书瑶", "孟怀瑾"], "陆行简", Via.LINE_MANAGER),
        ([SUCCESSOR], ["何书瑶"], None, Via.NOBODY),
        ([Candidate(who=None, via=Via.SUCCESSOR), MANAGER], [], "孟怀瑾", Via.LINE_MANAGER),
        ([], [], None, Via.NOBODY),
    ],
)
def test_the_first_who_may_take_it_is_proposed(
    candidates: list[Candidate], barred: list[str], who: str | None, via: Via
) -> None:
    assert transfer.propose(candidates, barred=barred) == Candidate(who=who, via=via)


def test_a_line_that_ended_is_never_chosen_for_again() -> None:
    for state in ("done", "settled"):
        assert not any(state in move.sources for move in transfer.LINE.values())


def test_only_a_planned_line_is_moved() -> None:
    for action in ("finish", "refuse", "settle"):
        assert transfer.LINE[action].sources == {"planned"}
