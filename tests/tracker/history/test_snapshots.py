"""Bodies are kept byte for byte, small, and damage is noticed."""

from __future__ import annotations

import random

import pytest

from tracker.history.snapshots import Base, SnapshotError, digest, pack, unpack


def page(seed: int, words: int = 10_000) -> bytes:
    chance = random.Random(seed)
    vocabulary = [b"%x" % chance.getrandbits(40) for _ in range(2000)]
    return b"<p>" + b" ".join(chance.choices(vocabulary, k=words)) + b"\x00\xff</p>"


@pytest.mark.parametrize("body", [b"", b"x", b"\x00" * 1000, page(1), "ünïcödé".encode("utf-16")])
@pytest.mark.parametrize("before", [None, b"", b"abc", page(2)])
def test_a_body_reads_back_as_it_was(body: bytes, before: bytes | None) -> None:
    base = None if before is None else Base(7, 0, before)
    packed = pack(body, base)
    assert unpack(packed.data, before if packed.base else None) == body
    assert (packed.sha256, packed.size) == (digest(body), len(body))


def test_a_body_like_the_one_before_takes_next_to_nothing() -> None:
    before = page(1)
    after = before[:50_000] + b"one sentence more" + before[50_000:]
    assert len(pack(after, Base(1, 0, before)).data) < len(pack(after, None).data) / 50


def test_a_chain_ends_in_a_full_copy() -> None:
    depth, copies = 0, 0
    for k in range(60):
        packed = pack(page(1) + str(k).encode(), Base(1, depth, page(1)))
        depth = packed.depth
        copies += packed.base is None
    assert copies == 3


def test_damage_is_an_error_and_not_another_text() -> None:
    data = bytearray(pack(page(1), None).data)
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(SnapshotError):
        unpack(bytes(data), None)
