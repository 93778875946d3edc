"""Inclusion proofs of RFC 6962: that a row stands under a signed root, without showing any other row."""

from collections.abc import Collection, Iterable

from ehr.record.merkle import node

Subtree = tuple[bytes, list[int]]
"""A complete subtree: its hash, and which of the watched leaves stand below it."""


def inclusion_paths(leaves: Iterable[bytes], *, watched: Collection[int]) -> dict[int, list[bytes]]:
    """Of each watched leaf (counted from 0) its audit path, from the leaf upwards. Reads the leaves once, keeps log n."""
    paths: dict[int, list[bytes]] = {index: [] for index in watched}
    frontier: list[Subtree] = []
    for index, leaf in enumerate(leaves):
        grown: Subtree = leaf, [index] if index in paths else []
        while index & 1:
            grown = _joined(frontier.pop(), grown, paths)
            index >>= 1
        frontier.append(grown)
    while len(frontier) > 1:
        right = frontier.pop()
        frontier.append(_joined(frontier.pop(), right, paths))
    return paths


def _joined(left: Subtree, right: Subtree, paths: dict[int, list[bytes]]) -> Subtree:
    for index in left[1]:
        paths[index].append(right[0])
    for index in right[1]:
        paths[index].append(left[0])
    return node(left[0], right[0]), left[1] + right[1]
