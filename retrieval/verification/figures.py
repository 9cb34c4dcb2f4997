"""Numbers as Italian and English prose writes them, read to their values. Pure.

«Ventidue», "twenty-two" and 22 are one, and so are 1.000, "1,000" and «mille»; «3,5 milioni» is
"3.5 million". What stands beside a number (a unit, a currency, what is counted) is read with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.verification.numerals import (
    ORDINALS,
    PARTS,
    SCALES,
    UNITS,
    WORTH,
    digits,
    long_ordinal,
    roman,
    values_of,
)
from retrieval.words import fold

_NUMBER = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER.pattern})(?P<ordinal>st\b|nd\b|rd\b|th\b|[°º](?!\s?[CF]\b)|ª)?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%€$£¥°])",
)
_WORD_AFTER = re.compile(r"['’]|\s(?!di\b|of\b)\w")
_GLUE = re.compile(r"[\s\u00a0-]*")
_BEFORE_ONE = frozenset("no any every some each this that which the another".split())
_BEFORE_DUE = frozenset("falls fall fell is are was is are was were be mainly partly".split())
_SOLE = frozenset("solo sola single unico unica".split())
_HALF = frozenset("mezzo mezza half".split())
_LINKS = frozenset(("and", "e", "ed"))
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})$")
_CENTURY = frozenset(("secolo", "century", "secoli", "centuries"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text, ``text[start:end]`` without its unit.

    ``values`` holds more than one value where writing is ambiguous («1.234»). ``kind`` is
    "cardinal" or "ordinal"; ``unit`` is a sign such as "%", "km", "€", or "".
    """

    values: frozenset[float]
    kind: str
    unit: str
    start: int
    end: int
    spelt: bool = False

    def equals(self, other: Figure) -> bool:
        """Tell whether both may be the same number, whatever their units."""
        return self.kind == other.kind and not self.values.isdisjoint(other.values)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str  # "number", "ordinal", "word", "sign"
    start: int
    end: int


def figures(text: str) -> Iterator[Figure]:
    """Find the numbers of a text, in order."""
    pieces = tuple(_pieces(text))
    position = 0
    while position < len(pieces):
        found = _read(text, pieces, position)
        if found is None:
            position += 1
            continue
        figure, position = found
        yield figure


def _pieces(text: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span()
        if kind in ("number", "ordinal"):
            if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
                continue  # a name such as «B52»
            yield _Piece(match["number"], kind, start, end)
        else:
            yield _Piece(fold(match.group()), kind, start, end)


def _read(text: str, pieces: tuple[_Piece, ...], at: int) -> tuple[Figure, int] | None:
    """Read the number that begins at a piece, and tell where to go on."""
    first = pieces[at]
    if first.kind == "sign" or _means_no_number(pieces, at):
        return None
    ordinal = _ordinal(text, pieces, at)
    if ordinal is not None:
        return Figure(frozenset((float(ordinal),)), "ordinal", "", first.start, first.end), at + 1
    values, end = _cardinal(text, pieces, at)
    if not values:
        return None
    unit = _unit(text, pieces, at, end)
    spelt = first.kind == "word"
    return Figure(values, "cardinal", unit, first.start, pieces[end - 1].end, spelt), end


def _means_no_number(pieces: tuple[_Piece, ...], at: int) -> bool:
    """Tell a word that only looks like a number: «per cento», "no one", "due to"."""
    word, before = pieces[at].text, pieces[at - 1].text if at else ""
    after = pieces[at + 1].text if at + 1 < len(pieces) else ""
    if word in ("cento", "cent"):
        return before == "per"
    if word == "half":
        return before in ("first", "second")
    if word == "one":
        return before in _BEFORE_ONE or after == "of"
    return word == "due" and (after == "to" or before in _BEFORE_DUE)


_NOTHING: frozenset[float] = frozenset()


def _cardinal(text: str, pieces: tuple[_Piece, ...], at: int) -> tuple[frozenset[float], int]:
    """Read a cardinal number: what it may be worth, and where to go on."""
    first, end = pieces[at], at + 1
    values = _values(first)
    if not values and text[first.end : first.end + 1] in ("'", "’"):
        values = values_of(f"{first.text}i") or values_of(f"{first.text}a")  # «vent'anni»
    if values:
        values, end = _grow(text, pieces, at, values)
        return (values, end) if end > at + 1 else _single(pieces, at, values)
    if first.text in PARTS and at and pieces[at - 1].text == "a":
        return frozenset((1 / PARTS[first.text],)), end
    if first.kind == "word" and first.text in _HALF:
        return _half(pieces, at)
    if first.text in WORTH:
        return frozenset((WORTH[first.text],)), end
    if first.text in SCALES and first.text not in ("mio", "mila"):
        return frozenset((float(SCALES[first.text]),)), end
    return _NOTHING, end


def _single(
    pieces: tuple[_Piece, ...], at: int, values: frozenset[float]
) -> tuple[frozenset[float], int]:
    """Tell the number «una sola» from the article «una»."""
    if pieces[at].kind != "word" or pieces[at].text not in ("un", "una", "uno", "one"):
        return values, at + 1
    if at + 1 < len(pieces) and pieces[at + 1].text in _SOLE:
        return values, at + 2
    return (values if pieces[at].text == "one" else _NOTHING), at + 1


def _half(pieces: tuple[_Piece, ...], at: int) -> tuple[frozenset[float], int]:
    """Read «mezzo milione», "half a million" and a plain "half"."""
    after = at + 1
    if after < len(pieces) and pieces[after].text in ("a", "an"):
        after += 1
    if after < len(pieces) and pieces[after].text in SCALES:
        return frozenset((0.5 * SCALES[pieces[after].text],)), after + 1
    return (frozenset((0.5,)) if pieces[at].text == "half" else _NOTHING), at + 1


def _ordinal(text: str, pieces: tuple[_Piece, ...], at: int) -> int | None:
    piece = pieces[at]
    if piece.kind == "ordinal":
        return int(piece.text) if piece.text.isdigit() else None
    written = text[piece.start : piece.end]
    before = pieces[at - 1].text if at else ""
    following = pieces[at + 1].text if at + 1 < len(pieces) else ""
    if following in _CENTURY and _ROMAN.match(written):
        return roman(written)
    if piece.text in _NAMED_CENTURIES and written[0].isupper():
        return _NAMED_CENTURIES[piece.text] if before in _BEFORE_CENTURY else None
    value = ORDINALS.get(piece.text)
    if value is None:
        return long_ordinal(piece.text)
    only_looks_so = (
        (piece.text in PARTS and (before in ("un", "a", "one") or values_of(before)))  # «un terzo»
        or (piece.text == "secondo" and before not in _BEFORE_SECOND)  # «secondo il giornale»
        or (piece.text in ("prima", "prime", "seconda") and following in _AFTER_BEFORE)
    )
    return None if only_looks_so else value


_BEFORE_SECOND = frozenset("il al del nel un col dal sul".split())
_NAMED_CENTURIES = {
    f"{word}cento": n
    for n, word in enumerate("due tre quattro cinque sei sette otto nove".split(), 13)
}
_BEFORE_CENTURY = frozenset("il nel del dal al primo tardo l dell nell sul all dall sull".split())
_AFTER_BEFORE = frozenset("di del della dell dei degli delle che minister time".split()) | {""}


def _grow(
    text: str, pieces: tuple[_Piece, ...], at: int, values: frozenset[float]
) -> tuple[frozenset[float], int]:
    """Take what follows a number and belongs to it: «e mezzo», "hundred and five", «milioni»."""
    total = frozenset((0.0,))
    current, end = values, at + 1
    while end < len(pieces):
        piece = pieces[end]
        gap = text[pieces[end - 1].end : piece.start]
        if not _GLUE.fullmatch(gap):
            break
        step = 1
        if piece.text in _LINKS and end + 1 < len(pieces):
            following = pieces[end + 1]
            if following.text in ("mezzo", "mezza") or (
                following.text == "a" and end + 2 < len(pieces) and pieces[end + 2].text == "half"
            ):
                scale = max(SCALES.get(pieces[end - 1].text, 1), 1)
                current = frozenset(v + 0.5 * scale for v in current)
                end += 2 if following.text != "a" else 3
                continue
            spoken = pieces[end - 1].text in ("hundred", "thousand", "million", "cento", "mila")
            if not (piece.text == "and" and spoken and _values(following)):
                break
            piece, step = following, 2
        if piece.text in SCALES and piece.kind == "word":
            scale = SCALES[piece.text]
            current = frozenset(v * scale for v in current)
            if scale >= 1_000:
                total = frozenset(a + b for a in total for b in current)
                current = frozenset((0.0,))
            end += step
            continue
        if piece.text in PARTS and max(current) < PARTS[piece.text] and piece.kind == "word":
            return frozenset(v / PARTS[piece.text] for v in current), end + step
        more = _values(piece) if piece.kind == "word" and pieces[at].kind == "word" else frozenset()
        if not more or max(more) >= _room(current, total):
            break
        current = frozenset(a + b for a in current for b in more)
        end += step
    return frozenset(round(a + b, 9) for a in total for b in current), end


def _room(current: frozenset[float], total: frozenset[float]) -> float:
    """Say below what a number must be to be added to what was read: 20 takes 1 to 9."""
    value = max(current)
    if value == 0:
        return 1_000.0 if max(total) else 0.0
    if value % 100 == 0:
        return 100.0
    return 10.0 if value % 10 == 0 and value >= 20 else 0.0


def _values(piece: _Piece) -> frozenset[float]:
    if piece.kind == "number":
        return digits(piece.text)
    return values_of(piece.text) if piece.kind == "word" else frozenset()


def _unit(text: str, pieces: tuple[_Piece, ...], at: int, end: int) -> str:
    if (
        at
        and pieces[at - 1].kind == "sign"
        and text[pieces[at - 1].end : pieces[at].start] in ("", " ")
    ):
        sign = pieces[at - 1].text
        if sign not in "%°":
            return sign
    for piece in pieces[end : end + 2]:
        if piece.kind == "word" and piece.text in ("per", "di", "of"):
            continue
        if piece.text in ("cento", "cent"):
            return "%" if pieces[end].text == "per" else ""
        if piece.text in ("ha", "l") and _WORD_AFTER.match(text, piece.end):
            return ""  # «nel 1974 ha aperto», «dal 1974 l'isola»
        if piece.kind in ("word", "sign"):
            # «metà secondo i millesimi»
            return "" if piece.text == "secondo" else UNITS.get(piece.text, "")
        return ""
    return ""
