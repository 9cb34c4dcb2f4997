"""Old encodings, where they can be told for sure. Pure."""

from __future__ import annotations

import codecs
import re

from retrieval.faults import Fault, FaultError
from retrieval.sources.document import decode

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_WESTERN = "cp1252"  # what latin-1 and its kin are read as everywhere
_FEWEST = 4  # letters beyond ASCII, each in a word; fewer prove nothing
_MOST = {True: 0.15, False: 0.4}  # of letters beyond ASCII; cells may be short, and full of them
_SHORTEST = 60  # characters
_LETTER = re.compile(r"[^\W\d_]")
_EXPECTED = re.compile(r"[àèéìíîòóùúÀÈÉÌÒÙçÇñÑäöüÄÖÜßâêôûëïœŒ“”‘’«»–—…€°§©®·•ºª¿¡£\u00a0]")
_AT_HOME = re.compile(
    r"\b(?:che|non|per|della|del|di|una|sono|con|il|la|the|and|of|to|is|in|un|le|les|des|que|der"
    r"|die|und|el|los)\b",
    re.IGNORECASE,
)


def decode_any(data: bytes, declared: str = "", *, prose: bool = True) -> str:
    """Decode text in what its mark says, or else as :func:`decode_old` does.

    Raises:
        FaultError: its encoding can't be told for sure, or it is binary.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            if (text := _try(data, name)) is None:
                english = f"it says it is {name.upper()}, and is not: save it as UTF-8"
                raise FaultError(Fault("encoding", english))
            return text
    return decode_old(data, declared, prose=prose)


def decode_old(data: bytes, declared: str = "", *, prose: bool = True) -> str:
    """Decode text in UTF-8, in what it declares, or in Western Europe's old encoding.

    The last only where letters and words are such as one expects; a wrong guess would change words.
    Without ``prose``, in a table, there need be no words that every text has.

    Raises:
        FaultError: it is none of these for sure, or binary.
    """
    try:
        return decode(data)
    except ValueError:
        if b"\0" in data:
            raise
        if declared and (text := _try(data, declared)) is not None:
            return text
        text = _try(data, _WESTERN)
        if text is None or not _is_plausible(text, prose):
            raise
        return text


def _try(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(_WESTERN if codecs.lookup(name).name == "iso8859-1" else name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_plausible(text: str, prose: bool) -> bool:
    """Tell whether a text reads as Western European, and not as another alphabet's."""
    odd = [character for character in text if ord(character) > 127]
    expected = sum(bool(_EXPECTED.match(character)) for character in odd)
    # In another alphabet most letters lie beyond ASCII, and no common word is left.
    if expected < 0.98 * len(odd) or len(odd) > _MOST[prose] * len(_LETTER.findall(text)):
        return False
    if not prose:
        return True
    known = len(_AT_HOME.findall(text)) * 40 > len(text.split())
    return known and len(text) >= _SHORTEST and len(odd) >= _FEWEST
