"""The record as sentences: who did what."""

import pytest

from ehr import record
from handover.models import HandoverItem
from handover.operations import submit_item
from handover.standing import standings
from offboarding import operations as ops
from offboarding.timeline import items, shown
from tests.access.cast import sign_in
from tests.factories.offboarding import a_resignation, approved, done

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told(case, at) -> list[str]:
    handover = standings([case.ref], at=at).get(case.ref)
    refs = [case.ref, *([handover.ref] if handover else [])]
    return [f"{line['who']} {line['text']}" for line in items(shown(record.timeline(refs)))]


@pytest.fixture
def case(cast, at):
    return approved(a_resignation(cast, at), at)


def test_a_decision_says_what_was_decided(cast, at, case) -> None:
    assert f"{cast.head} 知悉辞职" in told(case, at)


def test_items_handed_in_one_after_the_other_are_one_line(cast, at, case) -> None:
    rows = HandoverItem.objects.filter(handover__origin=case.ref, evidence_required=False)
    for item in rows[:3]:
        submit_item(
            item=item,
            fields={spec.name: "100%" for spec in item.specs if spec.required},
            text="写明",
            by=cast.leaver,
            at=at,
        )

    assert told(case, at)[0] == f"{cast.leaver} 提交 3 项交接"


def test_a_remark_is_there_to_be_read(cast, at, case) -> None:
    ops.comment(case=case, text="<b>周五前</b>来取箱子", by=cast.hrbp, at=at)

    for page in (case.url, f"{case.url}timeline/"):
        assert "&lt;b&gt;周五前&lt;/b&gt;来取箱子" in sign_in(cast.hrbp).get(page).content.decode()


def test_a_track_says_where_it_stands(cast, at, case) -> None:
    done(case, cast, at, "settlement")

    assert told(case, at)[0] == f"{cast.finance} 薪资结算：完成"


def test_steps_and_deadlines_that_come_by_themselves_are_left_out(cast, at, case) -> None:
    kinds = set(record.timeline([case.ref]).values_list("kind", flat=True))

    assert "offboarding.case.step_opened" in kinds
    assert not any("进入" in line for line in told(case, at))
