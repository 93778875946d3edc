"""Editing a chain by form fields; two people publish; running cases keep their version."""

import pytest

from ehr.errors import Refused
from offboarding import operations as ops
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal, decide, pending

pytestmark = pytest.mark.django_db

LEGAL = {
    "title": "法务会签",
    "resolver": "hr_legal",
    "mode": "all",
    "field_1": "grade",
    "operator_1": "gte",
    "value_1": "6",
    "sla_days": "2",
    "late_action": "escalate_hr",
    "may_delegate": "on",
    "allowed": ["approve", "reject"],
}


@pytest.fixture
def chain(db):
    return ops.ensure_default_chain("dismissal")


def add_legal(cast, chain, **changes):
    editor = sign_in(cast.admin)
    editor.post(f"/settings/chains/{chain.pk}/draft/")
    return editor.post(f"/settings/chains/{chain.pk}/steps/new/2/", LEGAL | changes)


def publish(cast, chain):
    sign_in(cast.admin).post(f"/settings/chains/{chain.pk}/review/", {"note": "加法务"})
    return sign_in(cast.hr_manager).post(f"/settings/chains/{chain.pk}/publication/")


def test_a_step_added_in_the_browser_counts_for_new_cases_only(cast, chain, at) -> None:
    before = a_dismissal(cast, at)

    assert add_legal(cast, chain).status_code == 302
    assert publish(cast, chain).status_code == 302
    after = a_dismissal(cast, at, who="successor")

    assert (before.chain_version.number, after.chain_version.number) == (1, 2)
    decide(before, at, "approve")
    decide(after, at, "approve")
    assert pending(before).approver == cast.hr_manager
    assert pending(after).approver == cast.legal


def test_a_condition_that_does_not_hold_skips_the_step(cast, chain, at) -> None:
    add_legal(cast, chain, value_1="9")
    publish(cast, chain)
    case = a_dismissal(cast, at)

    decide(case, at, "approve")

    assert pending(case).approver == cast.hr_manager
    assert case.steps.get(position=2).state == "skipped"


def test_the_editor_cannot_publish_the_own_draft(cast, chain, at) -> None:
    draft = chain.open_draft(by=cast.hr_manager, at=at)
    ops.ask_review(version=draft, note="x", by=cast.hr_manager, at=at)

    with pytest.raises(Refused) as refusal:
        ops.publish(version=draft, by=cast.hr_manager, at=at)

    assert refusal.value.code == "B_SECOND_PERSON"


def test_steps_move_and_go(cast, chain) -> None:
    editor = sign_in(cast.admin)
    editor.post(f"/settings/chains/{chain.pk}/draft/")
    editor.post(f"/settings/chains/{chain.pk}/steps/4/place/", {"direction": "up"})
    editor.post(f"/settings/chains/{chain.pk}/steps/1/removal/")

    assert list(chain.draft.steps.values_list("position", "resolver")) == [
        (1, "hr_manager"), (2, "general_manager"), (3, "finance")
    ]  # fmt: skip


def test_a_mistake_comes_back_beside_its_field(cast, chain) -> None:
    answer = add_legal(cast, chain, value_1="很多")

    assert answer.status_code == 422
    assert answer.context["form"].errors["value_1"]


def test_the_nearer_chain_wins(cast, at) -> None:
    own = ops.draw_chain(by=cast.admin, at=at, name="上海", kind="dismissal", unit=cast.unit["sales_unit"])
    shipped = ops.ensure_default_chain("dismissal")
    shipped.in_force.steps.get(position=4).copy_to(own.draft)
    ops.ask_review(version=own.draft, note="x", by=cast.admin, at=at)
    ops.publish(version=own.draft, by=cast.hr_manager, at=at)

    case = a_dismissal(cast, at)

    assert case.chain_version.chain == own
    assert pending(case).approver == cast.gm
