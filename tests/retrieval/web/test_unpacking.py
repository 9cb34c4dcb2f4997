"""What is packed comes out whole, however it was packed and is cut into pieces, or not at all."""

from __future__ import annotations

import gzip
import zlib

import pytest

from retrieval.web.unpacking import Gunzip

ROMA, TORINO = b"Roma e la capitale. " * 100, b"Torino sta sul Po. " * 100


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("after", [b"", b"\0" * 20, b"no member \x1f\x8b"])
def test_members_one_after_another_are_one_page(size: int, after: bytes) -> None:
    packed = gzip.compress(ROMA) + gzip.compress(b"") + gzip.compress(TORINO) + after
    unpack = Gunzip()
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(unpack.feed(piece, 10_000) for piece in pieces) == ROMA + TORINO
    assert unpack.is_whole


def test_what_is_cut_off_within_a_later_member_is_not_whole() -> None:
    unpack = Gunzip()
    unpack.feed(gzip.compress(ROMA) + gzip.compress(TORINO)[:-9], 10_000)
    assert not unpack.is_whole


def test_no_more_is_unpacked_than_is_wanted_nor_members_without_end() -> None:
    assert (
        len(Gunzip().feed(gzip.compress(ROMA) + gzip.compress(bytes(10_000_000)), 3_000)) == 3_000
    )
    with pytest.raises(zlib.error, match="too many"):
        Gunzip().feed(gzip.compress(b"") * 2_000, 10)
