"""Who stayed and who moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt


def stayed(pairs: Sequence[tuple[int, int]], weights: Iterable[int]) -> set[int]:
    """Indices of the pairs (old position, new position) that kept their order: a heaviest increasing subsequence.

    Weighing by size makes a long section stay and a short one move past it, as a reader would say it. Of equally heavy ones the first
    in the order of old positions counts. The weights are not asked for where nothing moved. O(n log n).
    """
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    news = [pairs[k][1] for k in order]
    if all(map(lt, news, news[1:])):
        return set(order)
    places, weight = sorted({*news}), list(islice(weights, len(pairs)))
    # the weight of the heaviest chain that ends at or before a place, and its last pair
    heaviest, ending = [0] * (len(places) + 1), [-1] * (len(places) + 1)
    before = [-1] * len(pairs)
    for k, new in zip(order, news, strict=True):
        node = at = bisect_left(places, new)
        best, last = 0, -1
        while node > 0:
            if heaviest[node] > best:
                best, last = heaviest[node], ending[node]
            node -= node & -node
        before[k] = last
        chain = best + weight[k]
        node = at + 1
        while node <= len(places):
            if chain > heaviest[node]:
                heaviest[node], ending[node] = chain, k
            node += node & -node
    last = ending[heaviest.index(max(heaviest))]
    out = set()
    while last >= 0:
        out.add(last)
        last = before[last]
    return out
