"""What servers send packed, unpacked piece by piece. Pure."""

from __future__ import annotations

import zlib

_MOST_MEMBERS = 1_000  # far more than anybody sends; each empty one costs a little time
_BEGIN = 0x1F


class Gunzip:
    """Unpacks a gzip stream: one member, or several one after another, as servers may send."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(wbits=31)
        self._members = 1
        self._is_over = False

    @property
    def is_whole(self) -> bool:
        """Whether all that was begun has come to its end."""
        return self._unpack.eof

    def feed(self, piece: bytes, most: int) -> bytes:
        """Unpack the next piece, up to ``most`` bytes of it; what is beyond them is lost.

        Raises:
            zlib.error: it is garbled.
        """
        unpacked = bytearray()
        while piece and len(unpacked) < most:
            if self._unpack.eof:
                # Other programs don't mind what follows that is no member, such as zeros.
                self._is_over = self._is_over or piece[0] != _BEGIN
                if self._is_over:
                    break
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise zlib.error("it has too many members")
                self._unpack = zlib.decompressobj(wbits=31)
            unpacked += self._unpack.decompress(piece, most - len(unpacked))
            piece = self._unpack.unused_data
        return bytes(unpacked)
