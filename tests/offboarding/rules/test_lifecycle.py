"""Every pair of action and state, written by hand: what is not listed here is refused."""

import itertools

import pytest

from offboarding.rules import lifecycle
from offboarding.rules.kinds import Kind
from offboarding.rules.lifecycle import Action, Facts, State

AGREEMENT = Facts(kind="mutual_agreement", is_quiet=True)
NOTICE = Facts(kind="resignation")
REQUEST = Facts(kind="dismissal", is_quiet=True)
PREPARATION = Facts(kind="pre_offboarding", is_quiet=True)

# action, facts that open its guard → {from: to}
EXPECTED = [
    ("submit", NOTICE, {"draft": "submitted", "returned": "submitted"}),
    ("redraft", NOTICE, {"draft": "draft", "returned": "returned"}),
    *(
        (action, REQUEST, {state: state for state in ("draft", "returned", "in_approval", "approved")})
        for action in ("add_evidence", "answer_finding")
    ),
    ("open_chain", NOTICE, {"submitted": "in_approval"}),
    ("approve", REQUEST, {"in_approval": "approved"}),
    ("acknowledge", NOTICE, {"in_approval": "approved", "returned": "approved"}),
    ("return_for_changes", NOTICE, {"in_approval": "returned"}),
    ("reject", REQUEST, {"in_approval": "rejected"}),
    (
        "withdraw",
        NOTICE,
        {"submitted": "withdrawn", "in_approval": "withdrawn", "returned": "withdrawn", "approved": "withdrawn"},
    ),
    (
        "retain",
        NOTICE,
        {"submitted": "retained", "in_approval": "retained", "returned": "retained", "approved": "retained"},
    ),
    (
        "request_withdrawal",
        NOTICE,
        {"submitted": "submitted", "in_approval": "in_approval", "returned": "returned", "approved": "approved"},
    ),
    (
        "strike_letter",
        Facts(kind="resignation", is_on_paper=True),
        {"submitted": "withdrawn", "in_approval": "withdrawn", "returned": "withdrawn", "approved": "withdrawn"},
    ),
    (
        "cancel",
        REQUEST,
        {"draft": "cancelled", "submitted": "cancelled", "in_approval": "cancelled", "returned": "cancelled"},
    ),
    ("convert", PREPARATION, {"draft": "draft"}),
    ("stand_down", PREPARATION, {"draft": "cancelled"}),
    (
        "change_dates",
        NOTICE,
        {"submitted": "submitted", "in_approval": "in_approval", "returned": "returned", "approved": "approved"},
    ),
    (
        "record_retention",
        NOTICE,
        {"submitted": "submitted", "in_approval": "in_approval", "returned": "returned", "approved": "approved"},
    ),
    ("tell", REQUEST, {"approved": "approved"}),
    ("issue_notice", REQUEST, {"approved": "approved"}),
    ("record_service", REQUEST, {"approved": "approved"}),
    ("sign_agreement", AGREEMENT, {"approved": "approved"}),
    ("take_back_agreement", Facts(kind="mutual_agreement", is_signed=True), {"approved": "approved"}),
    ("work_track", NOTICE, {"approved": "approved", "closed": "closed"}),
    *(
        (action, REQUEST, {state.value: state.value for state in State if state != State.DRAFT})
        for action in ("keep_dispute", "export_evidence")
    ),
    ("end_employment", NOTICE, {"approved": "approved"}),
    ("close", Facts(kind="resignation", is_ended=True), {"approved": "closed"}),
]
PAIRS = [(action, facts, arrows, state) for action, facts, arrows in EXPECTED for state in State]


def test_every_action_of_the_table_is_expected_here() -> None:
    assert [action for action, _, _ in EXPECTED] == [action.value for action in Action]


@pytest.mark.parametrize(("action", "facts", "arrows", "state"), PAIRS)
def test_it_moves_where_it_is_listed_and_nowhere_else(action, facts, arrows, state) -> None:
    assert lifecycle.allows(action, state, facts) == (state.value in arrows)
    if state.value in arrows:
        assert lifecycle.target(action, state) == arrows[state.value]


# action, from, facts: listed, but the guard says no
GUARDED = [
    ("submit", "draft", PREPARATION),
    ("approve", "in_approval", NOTICE),
    ("acknowledge", "in_approval", REQUEST),
    ("reject", "in_approval", NOTICE),
    ("reject", "in_approval", Facts(kind="forced_resignation")),
    ("cancel", "in_approval", NOTICE),
    ("convert", "draft", REQUEST),
    ("stand_down", "draft", REQUEST),
    ("retain", "approved", REQUEST),
    ("tell", "approved", NOTICE),
    ("tell", "approved", Facts(kind="dismissal", is_quiet=True, is_told=True)),
    ("issue_notice", "approved", NOTICE),
    ("issue_notice", "approved", Facts(kind="mutual_agreement", is_quiet=True)),
    ("record_service", "approved", NOTICE),
    ("sign_agreement", "approved", REQUEST),
    ("sign_agreement", "approved", Facts(kind="mutual_agreement", is_signed=True)),
    ("take_back_agreement", "approved", AGREEMENT),
    ("take_back_agreement", "approved", Facts(kind="mutual_agreement", is_signed=True, is_ended=True)),
    ("withdraw", "approved", Facts(kind="resignation", is_acknowledged=True)),
    ("withdraw", "approved", Facts(kind="dismissal", is_delivered=True)),
    ("withdraw", "approved", Facts(kind="mutual_agreement", is_signed=True)),
    ("withdraw", "approved", Facts(kind="resignation", is_ended=True)),
    ("change_dates", "approved", Facts(kind="resignation", is_ended=True)),
    ("end_employment", "approved", Facts(kind="resignation", is_ended=True)),
    ("close", "approved", NOTICE),
    ("close", "approved", Facts(kind="resignation", is_ended=True, open_required=1)),
]


@pytest.mark.parametrize(("action", "state", "facts"), GUARDED)
def test_a_guard_refuses_it(action, state, facts) -> None:
    assert not lifecycle.allows(action, state, facts)


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ("approved", Facts(kind="resignation", is_acknowledged=True, has_consent=True)),
        ("approved", Facts(kind="dismissal", is_delivered=True, has_consent=True)),
        ("approved", Facts(kind="mutual_agreement", is_signed=True, has_consent=True)),
    ],
)
def test_consent_opens_a_bound_withdrawal(state, facts) -> None:
    assert lifecycle.allows("withdraw", state, facts)


def test_nothing_leaves_a_final_state_but_work_on_late_tracks_disputes_and_evidence() -> None:
    for state, kind in itertools.product(lifecycle.FINAL, Kind):
        allowed = lifecycle.allowed_actions(state, Facts(kind=kind))

        assert allowed in (["keep_dispute", "export_evidence"], ["work_track", "keep_dispute", "export_evidence"])
        assert "work_track" not in allowed or state == "closed"


def test_the_diagram_names_every_moving_action() -> None:
    diagram = lifecycle.diagram()

    for action, row in lifecycle.TABLE.items():
        assert (f": {action}" in diagram) == (row.to is not None)
