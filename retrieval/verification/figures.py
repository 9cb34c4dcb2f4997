"""Numbers as Italian and English prose writes them, read to their values. Pure.

«Ventidue», "twenty-two" and 22 are one, and so are 1.000, "1,000" and «mille»; «3,5 milioni» is
"3.5 million". What stands beside a number (a unit, a currency, what is counted) is read with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.words import fold

_SMALL = {
    **{word: n for n, word in enumerate(
        """zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici
        quattordici quindici sedici diciassette diciotto diciannove""".split())},
    "un": 1, "una": 1, "mezzo": 0.5, "mezza": 0.5, "nessuno": 0,
}  # fmt: skip
_TENS = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70,
    "ottanta": 80, "novanta": 90,
}  # fmt: skip
_ENGLISH = {
    **{word: n for n, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split())},
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    **dict.fromkeys("hundred hundreds centinaio centinaia".split(), 100),
    **dict.fromkeys("mila thousand thousands migliaio migliaia".split(), 1_000),
    **dict.fromkeys("milione milioni million millions mln mio".split(), 1_000_000),
    **dict.fromkeys("miliardo miliardi billion billions bn mld mrd".split(), 1_000_000_000),
    **dict.fromkeys("bilione bilioni trillion trillions".split(), 1_000_000_000_000),
    **dict.fromkeys("dozzina dozzine dozen dozens".split(), 12),
    **dict.fromkeys("decina decine".split(), 10),
    "quindicina": 15, "ventina": 20, "trentina": 30, "quarantina": 40, "cinquantina": 50,
    "sessantina": 60, "settantina": 70, "ottantina": 80, "novantina": 90,
}
_WORDS = {
    **dict.fromkeys("both entrambi entrambe ambedue coppia pair couple twice duo".split(), 2.0),
    **dict.fromkeys("doppio doppia raddoppiare raddoppiato raddoppiata raddoppia double".split(), 2.0),
    **dict.fromkeys("doubled doubling doubles duplice".split(), 2.0),
    **dict.fromkeys("triplo tripla triplicato triplicata triple tripled threefold".split(), 3.0),
    **dict.fromkeys("meta half halved dimezzato dimezzata mezzi mezze".split(), 0.5),
    **dict.fromkeys("trio".split(), 3.0),
    **dict.fromkeys("dimezzare dimezza dimezzano dimezzati dimezzate halve halves halving".split(), 0.5),
    **dict.fromkeys("raddoppiano raddoppiati raddoppiate raddoppio raddoppiera".split(), 2.0),
    **dict.fromkeys("triplicare triplicano triplicati triples tripling".split(), 3.0),
    **dict.fromkeys("single sole solo sola singolo singola unico unica".split(), 1.0),
}
_ORDINALS = {
    **{word + end: n for n, word in enumerate(
        "prim second terz quart quint sest settim ottav non decim".split(), 1) for end in "oaie"},
    **{word: n for n, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(), 1)},
    "thirtieth": 30,
}  # fmt: skip
del _ORDINALS["none"], _ORDINALS["noni"]
_PARTS = {
    "terzo": 3, "terzi": 3, "third": 3, "thirds": 3, "quarto": 4, "quarti": 4, "quarter": 4,
    "quarters": 4, "quinto": 5, "quinti": 5, "fifth": 5, "fifths": 5, "decimo": 10,
    "decimi": 10, "tenth": 10, "tenths": 10, "sesto": 6, "sixth": 6, "ottavo": 8, "eighth": 8,
}  # fmt: skip
_UNITS = {
    form: unit
    for unit, forms in {
        "%": "% percento percent pct",
        "€": "€ euro euros eur",
        "$": "$ dollaro dollari dollar dollars usd",
        "£": "£ sterlina sterline pound pounds gbp",
        "¥": "¥ yen jpy yuan",
        "km": "km chilometro chilometri kilometre kilometres kilometer kilometers",
        "m": "m metro metri metre metres meter meters",
        "cm": "cm centimetro centimetri centimetre centimetres centimeter centimeters",
        "mm": "mm millimetro millimetri millimetre millimetres millimeter millimeters",
        "mi": "miglio miglia mile miles",
        "ft": "piede piedi foot feet ft",
        "kg": "kg chilo chili chilogrammo chilogrammi kilo kilos kilogram kilograms",
        "g": "g grammo grammi gram grams",
        "t": "t tonnellata tonnellate ton tons tonne tonnes",
        "l": "l litro litri litre litres liter liters",
        "ha": "ha ettaro ettari hectare hectares",
        "acre": "acro acri acre acres",
        "kW": "kw chilowatt kilowatt kilowatts",
        "MW": "mw megawatt megawatts",
        "GW": "gw gigawatt gigawatts",
        "°": "° °c °f grado gradi degree degrees",
        "s": "secondo secondi second seconds sec",
        "min": "minuto minuti minute minutes min",
        "h": "ora ore hour hours h hr hrs",
        "day": "giorno giorni giornata giornate day days",
        "week": "settimana settimane week weeks",
        "month": "mese mesi month months",
        "year": "anno anni year years",
        "decade": "decennio decenni decade decades",
        "century": "secolo secoli century centuries",
        "night": "notte notti night nights",
    }.items()
    for form in forms.split()
}  # fmt: skip
_NUMBER = re.compile(
    r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
)
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER.pattern})(?P<ordinal>st\b|nd\b|rd\b|th\b|[°º](?!\s?[CF]\b)|ª)?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%€$£¥°])",
)
_WORD_AFTER = re.compile(r"['’]|\s(?!di\b|of\b)\w")
_GLUE = re.compile(r"[\s\u00a0-]*")
_LINKS = frozenset(("and", "e", "ed"))
_BEFORE_UNIT = frozenset("di of per per-cent".split())
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
    first = pieces[at]
    if first.kind == "sign":
        return None
    ordinal = _ordinal(text, pieces, at)
    if ordinal is not None:
        return Figure(frozenset((float(ordinal),)), "ordinal", "", first.start, first.end), at + 1
    if first.text in ("cento", "cent") and at and pieces[at - 1].text == "per":
        return None
    values = _values(first)
    if not values and text[first.end : first.end + 1] in ("'", "’"):
        values = _values_of(f"{first.text}i") or _values_of(f"{first.text}a")  # «vent'anni»
    scale = first.text in _SCALES and first.kind == "word"
    if first.text == "due" and (
        (at + 1 < len(pieces) and pieces[at + 1].text == "to")
        or (at and pieces[at - 1].text in ("is", "are", "was", "were", "be", "mainly", "partly"))
    ):
        return None  # English
    if not values and not scale and first.text not in _WORDS and first.text not in ("mezzo", "mezza"):
        return None
    end = at + 1
    if first.text in _WORDS and first.kind == "word" and not values:
        values = frozenset((_WORDS[first.text],))
        if first.text == "half" and end < len(pieces) and pieces[end].text in ("a", "an"):
            scaled = end + 1 < len(pieces) and pieces[end + 1].text in _SCALES
            if scaled:
                values, end = frozenset((0.5 * _SCALES[pieces[end + 1].text],)), end + 2
    elif first.text in ("mezzo", "mezza"):
        if end >= len(pieces) or pieces[end].text not in _SCALES:
            return None
        values, end = frozenset((0.5 * _SCALES[pieces[end].text],)), end + 1
    elif scale:
        if first.text in ("mio", "mila"):
            return None
        values = frozenset((float(_SCALES[first.text]),))
    else:
        values, end = _grow(text, pieces, at, values)
        if first.kind == "word" and first.text in ("un", "una", "uno", "one") and end == at + 1:
            sole = end < len(pieces) and pieces[end].text in ("solo", "sola", "single", "unico", "unica")
            if not sole and first.text != "one":
                return None
            end += sole
    unit = _unit(text, pieces, at, end)
    spelt = first.kind == "word"
    return Figure(values, "cardinal", unit, first.start, pieces[end - 1].end, spelt), end


def _ordinal(text: str, pieces: tuple[_Piece, ...], at: int) -> int | None:
    piece = pieces[at]
    if piece.kind == "ordinal":
        return int(piece.text) if piece.text.isdigit() else None
    written = text[piece.start : piece.end]
    following = pieces[at + 1].text if at + 1 < len(pieces) else ""
    if following in _CENTURY and _ROMAN.match(written):
        return _roman(written)
    if piece.text in _NAMED_CENTURIES and written[0].isupper() and piece.start and not following:
        return _NAMED_CENTURIES[piece.text]
    if piece.text in _NAMED_CENTURIES and written[0].isupper() and at and (
        pieces[at - 1].text in _BEFORE_CENTURY
    ):
        return _NAMED_CENTURIES[piece.text]
    if piece.text in _ORDINALS:
        before = pieces[at - 1].text if at else ""
        if piece.text in _PARTS and (before in ("un", "a", "one") or _values_of(before)):
            return None  # «un terzo»
        if piece.text == "secondo" and not re.match(r"(?:il|al|del|nel|un|col|dal|sul)$", before):
            return None  # «secondo il giornale»
        if piece.text in ("prima", "prime", "seconda"):
            return _ORDINALS[piece.text] if following not in _AFTER_BEFORE else None
        return _ORDINALS[piece.text]
    return _long_ordinal(piece.text)


_NAMED_CENTURIES = {
    f"{word}cento": n for n, word in enumerate("due tre quattro cinque sei sette otto nove".split(), 13)
}
_BEFORE_CENTURY = frozenset("il nel del dal al primo tardo l dell nell sul all dall sull".split())
_AFTER_BEFORE = frozenset("di del della dell dei degli delle che minister time".split()) | {""}


def _long_ordinal(word: str) -> int | None:
    match = re.fullmatch(r"([a-z]{4,})esim[oaie]", word)
    if not match:
        return None
    for end in ("", "o", "e", "i", "a"):
        value = _italian(match[1] + end)
        if value is not None:
            return int(value)
    return None


def _roman(written: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for mark, following in zip(written, [*written[1:], ""], strict=True):
        total += -worth[mark] if worth.get(following, 0) > worth[mark] else worth[mark]
    return total


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
                scale = max(_SCALES.get(pieces[end - 1].text, 1), 1)
                current = frozenset(v + 0.5 * scale for v in current)
                end += 2 if following.text != "a" else 3
                continue
            spoken = pieces[end - 1].text in ("hundred", "thousand", "million", "cento", "mila")
            if not (piece.text == "and" and spoken and _values(following)):
                break
            piece, step = following, 2
        if piece.text in _SCALES and piece.kind == "word":
            scale = _SCALES[piece.text]
            current = frozenset(v * scale for v in current)
            if scale >= 1_000:
                total = frozenset(a + b for a in total for b in current)
                current = frozenset((0.0,))
            end += step
            continue
        if piece.text in _PARTS and max(current) < _PARTS[piece.text] and piece.kind == "word":
            return frozenset(v / _PARTS[piece.text] for v in current), end + step
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
        return _digits(piece.text)
    return _values_of(piece.text) if piece.kind == "word" else frozenset()


@lru_cache(maxsize=20_000)
def _values_of(word: str) -> frozenset[float]:
    value: float | None = _ENGLISH.get(word)
    if value is None:
        value = _italian(word)
    return frozenset() if value is None else frozenset((float(value),))


def _digits(written: str) -> frozenset[float]:
    plain = re.sub(r"['’\s\u00a0\u202f]", "", written)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return frozenset((float(plain),))
    last = max(plain.rfind("."), plain.rfind(","))
    tail = plain[last + 1 :]
    whole = float(re.sub(r"[.,]", "", plain))
    decimal = float(f"{re.sub(r'[.,]', '', plain[:last])}.{tail}")
    if len(set(marks)) > 1:
        return frozenset((decimal,))
    if len(marks) > 1:
        return frozenset((whole,))
    if len(tail) == 3 and plain[0] != "0" and last <= 3:
        return frozenset((whole, decimal))
    return frozenset((decimal,))


def _italian(word: str) -> float | None:
    """Read an Italian numeral written as one word: «duecentocinquantuno»."""
    if word in _SMALL:
        return None if word in ("mezzo", "mezza", "nessuno") else _SMALL[word]
    if word in _TENS:
        return _TENS[word]
    if word in ("mille", "cento"):
        return 1_000 if word == "mille" else 100
    for sign, worth in (("mila", 1_000), ("mille", 1_000), ("cento", 100), ("cent", 100)):
        before, found, after = word.partition(sign)
        if not found or (sign == "cent" and not after.startswith("o")):
            continue
        count = _italian(before) if before else 1
        rest = _italian(after) if after else 0
        if count is not None and rest is not None and count < 1_000 and rest < worth:
            return count * worth + rest
    for ten, worth in _TENS.items():
        for head in (ten, ten[:-1]):
            unit = _SMALL.get(word.removeprefix(head).replace("tré", "tre"), 0)
            if word.startswith(head) and 1 <= unit <= 9 and word != head:
                return worth + unit
    return None


def _unit(text: str, pieces: tuple[_Piece, ...], at: int, end: int) -> str:
    if at and pieces[at - 1].kind == "sign" and text[pieces[at - 1].end : pieces[at].start] in ("", " "):
        sign = pieces[at - 1].text
        if sign != "%" and sign != "°":
            return sign
    for piece in pieces[end : end + 2]:
        if piece.kind == "word" and piece.text in ("per", "di", "of"):
            continue
        if piece.text in ("cento", "cent"):
            return "%" if pieces[end].text == "per" else ""
        if piece.text in ("ha", "l") and _WORD_AFTER.match(text, piece.end):
            return ""  # «nel 1974 ha aperto», «dal 1974 l'isola»
        if piece.kind in ("word", "sign"):
            return _UNITS.get(piece.text, "")
        return ""
    return ""
