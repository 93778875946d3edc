"""The pure table that buttons, API and diagrams read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib.lifecycle import Lifecycle, NotAllowed, Transition, mermaid

DOOR = Lifecycle(
    "door",
    "closed",
    (
        Transition(action="open", sources=frozenset({"closed"}), to="open", permission="door.use_door"),
        Transition(action="close", sources=frozenset({"open"}), to="closed", permission="door.use_door"),
        Transition(action="knock", sources=frozenset({"closed"}), permission="door.knock_door", guard="is_polite"),
        Transition(action="wall_up", sources=frozenset({"closed", "open"}), to="gone", permission="door.build_wall"),
    ),
)


def test_it_gives_the_transition():
    assert DOOR.move("open", "closed").target("closed") == "open"
    assert DOOR.move("knock", "closed").target("closed") == "closed"
    assert DOOR.permission("knock") == "door.knock_door"


def test_it_refuses_what_is_not_listed_and_says_what_is():
    with pytest.raises(NotAllowed) as refused:
        DOOR.move("open", "open")

    assert refused.value.allowed == ("close", "wall_up")


def test_an_unknown_action_is_refused_like_any_other():
    assert not DOOR.allows("paint", "open")
    with pytest.raises(NotAllowed):
        DOOR.move("paint", "open")


def test_states_are_derived():
    assert DOOR.states == ("closed", "open", "gone")
    assert DOOR.final_states == ("gone",)


def test_an_action_twice_is_a_mistake():
    with pytest.raises(ValueError, match="twice"):
        Lifecycle(
            "x", "a", (Transition(action="go", sources=frozenset("a")), Transition(action="go", sources=frozenset("b")))
        )


def test_the_diagram():
    assert mermaid(DOOR) == (
        "stateDiagram-v2\n"
        "    [*] --> closed\n"
        "    closed --> open: open\n"
        "    open --> closed: close\n"
        "    closed --> closed: knock [is_polite]\n"
        "    closed --> gone: wall_up\n"
        "    open --> gone: wall_up\n"
        "    gone --> [*]\n"
    )


@given(st.lists(st.sampled_from(DOOR.actions), max_size=20))
def test_no_path_leaves_the_table(actions):
    state = DOOR.start
    for action in actions:
        if DOOR.allows(action, state):
            state = DOOR.move(action, state).target(state)
        else:
            with pytest.raises(NotAllowed):
                DOOR.move(action, state)
    assert state in DOOR.states
