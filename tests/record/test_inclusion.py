"""Audit paths of RFC 6962 against the definition of the tree itself."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.record.inclusion import inclusion_paths
from ehr.record.merkle import Frontier, node
from offboarding.pack.verify import Rejected, root_of

LEAVES = [sha256(bytes([nth // 256, nth % 256])).digest() for nth in range(300)]


def path_by_definition(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1: split at the largest power of two that is smaller than the number of leaves."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path_by_definition(index, leaves[:split]), root(leaves[split:])]
    return [*path_by_definition(index - split, leaves[split:]), root(leaves[:split])]


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root(leaves[:split]), root(leaves[split:]))


@given(size=st.integers(1, 300), data=st.data())
def test_the_path_is_the_one_of_the_definition_and_leads_to_the_root(size, data):
    watched = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=5))
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(leaf)

    paths = inclusion_paths(iter(LEAVES[:size]), watched=watched)

    for index in watched:
        assert paths[index] == path_by_definition(index, LEAVES[:size])
        row = {"seq": index + 1, "path": [one.hex() for one in paths[index]]}
        assert root_of(row, LEAVES[index].hex(), size) == frontier.root().hex()


@given(size=st.integers(2, 300), data=st.data())
def test_no_path_of_another_place_size_or_length_is_taken(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = [one.hex() for one in inclusion_paths(iter(LEAVES[:size]), watched={index})[index]]
    found = root_of({"seq": index + 1, "path": path}, LEAVES[index].hex(), size)

    assert root_of({"seq": index + 1, "path": path[:-1]}, LEAVES[index].hex(), size) != found
    assert root_of({"seq": index + 1, "path": [*path, "00" * 32]}, LEAVES[index].hex(), size) != found
    other = data.draw(st.integers(0, size - 1).filter(lambda nth: nth != index))
    assert root_of({"seq": other + 1, "path": path}, LEAVES[index].hex(), size) != found


@pytest.mark.parametrize("seq", [0, 9])
def test_a_place_that_the_tree_does_not_have_is_refused(seq):
    with pytest.raises(Rejected):
        root_of({"seq": seq, "path": []}, LEAVES[0].hex(), 8)
