from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from handover.rules.checklist import ItemPlan, due_date, merge, tightened
from handover.rules.items import Confirmer, Field, Group, Kind

LOCKED = ItemPlan(
    key="k", kind=Kind.RELATION, group=Group.RELATIONS, title="客户联系人", confirmer=Confirmer.SUCCESSOR, hint="集团的话",
    days_before_end=3, locked=True, extra=(Field(name="x_1", label="客户"),),
)  # fmt: skip
BELOW = replace(LOCKED, title="别的", confirmer=Confirmer.HEAD, locked=False, removed=True, extra=())


def test_a_unit_can_only_tighten_a_locked_item() -> None:
    below = replace(
        BELOW, hint="门店客户也算", evidence_required=True, days_before_end=5, extra=(Field(name="x_9", label="门店"),)
    )

    (merged,) = merge([[LOCKED], [below]])

    assert (merged.title, merged.confirmer, merged.removed) == ("客户联系人", Confirmer.SUCCESSOR, False)
    assert (merged.hint, merged.evidence_required, merged.days_before_end) == ("门店客户也算", True, 5)
    assert [field.label for field in merged.extra] == ["客户", "门店"]


def test_an_unlocked_item_is_replaced_or_left_out() -> None:
    free = replace(LOCKED, locked=False)

    assert merge([[free], [replace(BELOW, removed=False)]])[0].title == "别的"
    assert merge([[free], [BELOW]]) == []


@given(evidence=st.booleans(), days=st.integers(0, 30), hint=st.text(max_size=5), removed=st.booleans())
def test_a_locked_item_never_asks_for_less(evidence: bool, days: int, hint: str, removed: bool) -> None:
    below = replace(BELOW, evidence_required=evidence, days_before_end=days, hint=hint, removed=removed)

    result = tightened(LOCKED, below)

    assert result.evidence_required >= LOCKED.evidence_required
    assert result.days_before_end >= LOCKED.days_before_end
    assert set(LOCKED.extra) <= set(result.extra)
    assert (result.kind, result.title, result.removed) == (LOCKED.kind, LOCKED.title, LOCKED.removed)


NATIONAL_DAY = {date(2026, 10, day) for day in range(1, 8)}
MADE_UP = {date(2026, 9, 20), date(2026, 10, 10)}
"""The State Council's plan for 2026: off from 1 to 7 October, at work on these two weekend days."""


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in NATIONAL_DAY)


def test_days_before_the_end_are_working_days_across_a_long_holiday() -> None:
    dates = {"last_working_date": date(2026, 10, 12), "opened_date": date(2026, 9, 14), "is_workday": works}

    assert due_date(days_before_end=0, **dates) == date(2026, 10, 12)
    assert due_date(days_before_end=1, **dates) == date(2026, 10, 10)
    assert due_date(days_before_end=4, **dates) == date(2026, 9, 30)
    assert due_date(days_before_end=99, **dates) == date(2026, 9, 14)
