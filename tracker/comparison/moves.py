"""Who stayed and who moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise


def stayed(pairs: Sequence[tuple[int, int, int]]) -> set[int]:
    """Indices of the pairs (old position, new position, weight) that kept their order: a heaviest increasing subsequence.

    Weighing by size makes a long section stay and a short one move past it, as a reader would say it. Of equally heavy ones the first
    in the order of old positions counts. O(n log n).
    """
    order = sorted(range(len(pairs)), key=lambda k: pairs[k][:2])
    if all(pairs[a][1] < pairs[b][1] for a, b in pairwise(order)):
        return set(order)
    places = sorted({new for _, new, _ in pairs})
    tree: list[tuple[int, int]] = [(0, -1)] * (
        len(places) + 1
    )  # heaviest chain that ends at or before a place, and its last pair
    before = [-1] * len(pairs)
    for k in order:
        _, new, weight = pairs[k]
        at = bisect_left(places, new)
        best = (0, -1)
        node = at
        while node > 0:
            best = max(best, tree[node], key=lambda chain: chain[0])
            node -= node & -node
        before[k] = best[1]
        chain = (best[0] + weight, k)
        node = at + 1
        while node <= len(places):
            if chain[0] > tree[node][0]:
                tree[node] = chain
            node += node & -node
    last = max(tree, key=lambda chain: chain[0])[1]
    out = set()
    while last >= 0:
        out.add(last)
        last = before[last]
    return out
