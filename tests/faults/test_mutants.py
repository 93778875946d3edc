"""The mutants are kept alive here: each fits the tree and names a test that exists. `make soak` runs them."""

import subprocess
from pathlib import Path

import pytest

from tests.faults.mutants.caught_by import CAUGHT_BY

HERE = Path(__file__).parent / "mutants"
ROOT = Path(__file__).parents[2]
QUICK = ("14-success-is-believed-unverified", "10-only-the-first-address-is-checked")


def test_every_mutant_has_its_catcher():
    assert {patch.stem for patch in HERE.glob("*.patch")} == set(CAUGHT_BY)
    assert len(CAUGHT_BY) >= 12


@pytest.mark.parametrize("name", sorted(CAUGHT_BY))
def test_a_mutant_fits_the_tree_and_its_catcher_exists(name: str):
    path, _, test = CAUGHT_BY[name].partition("::")

    done = subprocess.run(
        ["patch", "-p1", "--dry-run", "-i", HERE / f"{name}.patch"], cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert f"def {test}(" in (ROOT / path).read_text()


@pytest.mark.parametrize("name", QUICK)
def test_a_mutant_is_caught(name: str):
    from tests.faults.mutants.run import is_caught

    assert is_caught(name)
