"""Compliance 6.3: CC 137; 劳办发〔1995〕179号."""

from datetime import date

import pytest

from offboarding.rules.compliance.delivery import PROOFS, Service, codes, delivered

DAY = date(2026, 9, 1)


def served(method: str, *, without: tuple[str, ...] = (), day: date = DAY) -> Service:
    return Service(method=method, day=day, proofs=frozenset(PROOFS[method]) - set(without))


@pytest.mark.parametrize(
    ("services", "day"),
    [
        ([], None),
        ([served("in_person")], DAY),
        ([served("ems"), served("email", day=date(2026, 8, 30))], date(2026, 8, 30)),  # the first arrival
        ([served("public")], date(2026, 10, 1)),  # publication + 30
        ([served("public", without=("failed_postal_service",))], None),  # void where the post would do
    ],
)
def test_a_paper_has_effect_when_it_arrives(services, day):
    assert delivered(services) == day


@pytest.mark.parametrize(
    ("services", "ground", "found"),
    [
        ([], "LCL39_2", ("B_NO_SERVICE_PROOF",)),
        ([served("in_person"), served("ems")], "LCL39_2", ()),
        ([served("in_person")], "LCL40_1", ("W_WEAK_PROOF",)),  # two ways for 39, 40, 41
        ([served("in_person")], "LCL44_1", ()),
        ([served("messenger", without=("export_with_identity",))], "LCL44_1", ("W_WEAK_PROOF",)),  # a screenshot alone
        ([served("in_person"), served("email", without=("headers",))], "LCL41_2", ("W_WEAK_PROOF",)),
    ],
)
def test_one_way_alone_or_half_a_proof_is_weak(services, ground, found):
    assert codes(services, ground=ground) == found
