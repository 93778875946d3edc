"""Compliance 6.3: CC 137; 劳办发〔1995〕179号."""

from datetime import date

import pytest

from offboarding.rules.compliance.delivery import (
    PROOFS,
    Service,
    codes,
    delivered,
    failed_ways,
    is_half_proven,
    next_way,
)

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


def tried(method: str, result: str, *, agreed: bool = False, proofs: tuple[str, ...] | None = None) -> Service:
    shown = PROOFS[method] if proofs is None else proofs
    return Service(method=method, day=DAY, proofs=frozenset(shown), result=result, is_agreed=agreed)


@pytest.mark.parametrize(
    ("service", "day"),
    [
        (tried("ems", "delivered"), DAY),
        (tried("ems", "returned", agreed=True), DAY),  # 送达地址确认: the day of the return counts
        (tried("ems", "refused", agreed=True), DAY),
        (tried("ems", "returned"), None),
        (tried("ems", "unknown", agreed=True), None),
        (tried("in_person", "refused", proofs=("refusal_record",)), DAY),  # served by the record of the refusal
        (tried("in_person", "unknown"), None),
        (tried("email", "returned", agreed=True), None),
        (tried("in_person", "waiting"), None),
        (tried("in_person", "delivered", proofs=()), None),  # said, and not proven
        (tried("email", "delivered", proofs=()), None),
        (tried("in_person", "refused", proofs=("signed_receipt",)), None),  # who signed did not refuse
        (tried("ems", "delivered", proofs=("video",)), None),  # shown by nothing that the post leaves
        (tried("in_person", "refused", proofs=("video",)), DAY),  # in part: weak, and still an arrival
    ],
)
def test_what_came_of_it_decides_whether_it_arrived(service, day):
    assert service.delivered == day


@pytest.mark.parametrize(
    ("services", "way"),
    [
        ([], "in_person"),
        ([tried("in_person", "waiting")], None),
        ([tried("in_person", "unknown")], "ems"),
        ([tried("refused", "unknown")], "ems"),
        ([tried("in_person", "unknown"), tried("ems", "returned")], "email"),
        ([tried("in_person", "unknown"), tried("ems", "returned"), tried("email", "returned")], "public"),
        ([tried("in_person", "unknown"), tried("ems", "delivered")], None),
        ([tried(way, "unknown") for way in ("in_person", "ems", "email", "public")], None),
    ],
)
def test_the_ways_are_gone_in_their_order(services, way):
    """劳办发〔1995〕179号: direct, post, and public notice last."""
    assert next_way(services) == way


@pytest.mark.parametrize(
    ("services", "shown"),
    [
        ([tried("in_person", "unknown")], ("failed_direct_service",)),
        ([tried("ems", "returned")], ("failed_postal_service",)),
        ([tried("in_person", "unknown"), tried("ems", "returned")], ("failed_direct_service", "failed_postal_service")),
        ([tried("in_person", "unknown", proofs=()), tried("ems", "returned")], ("failed_postal_service",)),
        ([tried("in_person", "waiting"), tried("ems", "returned", agreed=True)], ()),  # that one has arrived
    ],
)
def test_only_a_proven_failure_opens_the_way_to_the_newspaper(services, shown):
    assert failed_ways(services) == shown


def test_a_box_nobody_agreed_on_proves_it_in_part_only():
    email = Service(method="email", day=DAY, proofs=frozenset(PROOFS["email"]), is_agreed=False)

    assert is_half_proven([email])
    assert not is_half_proven([email, served("in_person")])
    assert not is_half_proven([])
