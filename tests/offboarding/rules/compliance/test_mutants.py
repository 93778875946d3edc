"""The mistakes are kept alive here: each fits the rules as they are. `make check-law` shows that each is caught."""

import pytest

from tests.offboarding.rules.compliance.mutants.changes import CHANGES
from tests.offboarding.rules.compliance.mutants.run import ROOT, changed, is_caught

QUICK = "cap-at-exactly-three-times"


def test_there_are_enough_of_them():
    assert len(CHANGES) >= 40
    assert len({change.name for change in CHANGES}) == len(CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_mistake_fits_the_rules(change):
    source = (ROOT / change.path).read_text(encoding="utf-8")

    mistaken = changed(source, change)

    assert mistaken != source
    compile(mistaken, change.path, "exec")


@pytest.mark.slow
def test_a_mistake_is_caught():
    [change] = [change for change in CHANGES if change.name == QUICK]

    assert is_caught(change)
