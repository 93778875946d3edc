"""Each form of the chain editor: it works, refuses what does not fit the state, and opens to nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from offboarding import operations as ops
from offboarding.models import Chain
from tests.access.cast import sign_in

pytestmark = pytest.mark.django_db
STEP = {
    "title": "法务会签",
    "resolver": "hr_legal",
    "mode": "all",
    "sla_days": "2",
    "late_action": "escalate_hr",
    "may_delegate": "on",
    "allowed": ["approve", "reject"],
}
IN_FORCE, DRAFT, REVIEW = "in force", "draft", "in review"
# address below the chain, who sends it, what is sent, the state in which it is right, a state in which it is not
FORMS = [
    ("draft/", "admin", {}, IN_FORCE, None),
    ("steps/new/2/", "admin", STEP, DRAFT, REVIEW),
    ("steps/1/", "admin", STEP, DRAFT, REVIEW),
    ("steps/1/place/", "admin", {"direction": "down"}, DRAFT, REVIEW),
    ("steps/2/removal/", "admin", {}, DRAFT, REVIEW),
    ("review/", "admin", {"note": "加法务"}, DRAFT, REVIEW),
    ("publication/", "hr_manager", {}, REVIEW, DRAFT),
    ("review/return/", "hr_manager", {}, REVIEW, DRAFT),
    ("draft/discard/", "admin", {}, DRAFT, REVIEW),
]
each = pytest.mark.parametrize(("path", "who", "sent", "right", "wrong"), FORMS, ids=[form[0] for form in FORMS])


def a_chain(cast: Any, at: Any, state: str) -> Chain:
    chain = ops.ensure_default_chain("dismissal")
    if state != IN_FORCE:
        draft = chain.open_draft(by=cast.admin, at=at)
        if state == REVIEW:
            ops.ask_review(version=draft, note="x", by=cast.admin, at=at)
    return chain


def address(chain: Chain, path: str) -> str:
    return f"/settings/chains/{chain.pk}/{path}"


@each
def test_it_works(cast, at, path, who, sent, right, wrong) -> None:
    answer = sign_in(getattr(cast, who)).post(address(a_chain(cast, at, right), path), sent)

    assert answer.status_code == 302, answer.content.decode()[-2000:]


@pytest.mark.parametrize(("path", "who", "sent", "right", "wrong"), [form for form in FORMS if form[4]])
def test_in_another_state_it_is_refused(cast, at, path, who, sent, right, wrong) -> None:
    chain = a_chain(cast, at, wrong)
    before = list(chain.draft.steps.values_list("position", "title"))

    answer = sign_in(getattr(cast, who)).post(address(chain, path), sent)

    assert answer.status_code == 409
    assert list(chain.draft.steps.values_list("position", "title")) == before


@each
def test_it_opens_to_nobody_else(cast, at, path, who, sent, right, wrong) -> None:
    where = address(a_chain(cast, at, right), path)

    assert {sign_in(getattr(cast, name)).post(where, sent).status_code for name in ("hrbp", "head", "auditor")} == {403}


@each
def test_a_chain_that_is_not_there_is_not_found(cast, path, who, sent, right, wrong) -> None:
    assert sign_in(getattr(cast, who)).post(f"/settings/chains/{uuid4()}/{path}", sent).status_code == 404


@pytest.mark.parametrize("path", [form[0] for form in FORMS if form[2] != STEP])
def test_it_is_never_done_by_looking(cast, at, path) -> None:
    assert sign_in(cast.hr_manager).get(address(a_chain(cast, at, DRAFT), path)).status_code == 405


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("steps/new/2/", STEP | {"title": ""}),
        ("steps/1/", STEP | {"sla_days": "0"}),
        ("steps/new/2/", STEP | {"resolver": "anybody"}),
        ("review/", {"note": ""}),
    ],
)
def test_a_mistake_comes_back_with_the_editor(cast, at, path, sent) -> None:
    chain = a_chain(cast, at, DRAFT)

    answer = sign_in(cast.admin).post(address(chain, path), sent)

    assert answer.status_code == 422
    assert chain.draft.steps.count() == 4


def test_a_chain_is_drawn_by_form_and_only_there(cast) -> None:
    editor = sign_in(cast.admin)
    sent = {"name": "上海", "kind": "dismissal", "unit": str(cast.unit["sales_unit"].pk)}

    assert editor.post("/settings/chains/", sent).status_code == 302
    assert editor.post("/settings/chains/", sent | {"kind": "holiday"}).status_code == 422
    assert sign_in(cast.hrbp).post("/settings/chains/", sent).status_code == 403
    assert Chain.objects.filter(name="上海").count() == 1
