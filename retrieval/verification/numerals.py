"""Number words and units of Italian and English, and what they are worth. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

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
SCALES = {
    **dict.fromkeys("hundred hundreds centinaio centinaia".split(), 100),
    **dict.fromkeys("mila thousand thousands migliaio migliaia".split(), 1_000),
    **dict.fromkeys("milione milioni million millions mln mio".split(), 1_000_000),
    **dict.fromkeys("miliardo miliardi billion billions bn mld mrd".split(), 1_000_000_000),
    **dict.fromkeys("bilione bilioni trillion trillions".split(), 1_000_000_000_000),
    **dict.fromkeys("dozzina dozzine dozen dozens".split(), 12),
    **dict.fromkeys("decina decine".split(), 10),
    "quindicina": 15,
    "ventina": 20,
    "trentina": 30,
    "quarantina": 40,
    "cinquantina": 50,
    "sessantina": 60,
    "settantina": 70,
    "ottantina": 80,
    "novantina": 90,
}
WORTH = {
    **dict.fromkeys("both entrambi entrambe ambedue coppia pair couple twice duo".split(), 2.0),
    **dict.fromkeys(
        "doppio doppia raddoppiare raddoppiato raddoppiata raddoppia double".split(), 2.0
    ),
    **dict.fromkeys("doubled doubling doubles duplice".split(), 2.0),
    **dict.fromkeys("triplo tripla triplicato triplicata triple tripled threefold".split(), 3.0),
    **dict.fromkeys("meta half halved dimezzato dimezzata mezzi mezze".split(), 0.5),
    **dict.fromkeys("trio".split(), 3.0),
    **dict.fromkeys(
        "dimezzare dimezza dimezzano dimezzati dimezzate halve halves halving".split(), 0.5
    ),
    **dict.fromkeys("raddoppiano raddoppiati raddoppiate raddoppio raddoppiera".split(), 2.0),
    **dict.fromkeys("triplicare triplicano triplicati triples tripling".split(), 3.0),
    **dict.fromkeys("single sole solo sola singolo singola unico unica".split(), 1.0),
}
ORDINALS = {
    **{word + end: n for n, word in enumerate(
        "prim second terz quart quint sest settim ottav non decim".split(), 1) for end in "oaie"},
    **{word: n for n, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(), 1)},
    "thirtieth": 30,
}  # fmt: skip
del ORDINALS["none"], ORDINALS["noni"]
PARTS = {
    "terzo": 3, "terzi": 3, "third": 3, "thirds": 3, "quarto": 4, "quarti": 4, "quarter": 4,
    "quarters": 4, "quinto": 5, "quinti": 5, "fifth": 5, "fifths": 5, "decimo": 10,
    "decimi": 10, "tenth": 10, "tenths": 10, "sesto": 6, "sixth": 6, "ottavo": 8, "eighth": 8,
}  # fmt: skip
UNITS = {
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


@lru_cache(maxsize=20_000)
def values_of(word: str) -> frozenset[float]:
    """Give what a folded number word may be worth, in either language: none for other words."""
    value: float | None = _ENGLISH.get(word)
    if value is None:
        value = _italian(word)
    return frozenset() if value is None else frozenset((float(value),))


def digits(written: str) -> frozenset[float]:
    """Give what digits may be worth: «1.234» is two numbers, one in each language."""
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


def long_ordinal(word: str) -> int | None:
    """Read an Italian ordinal such as «dodicesimo»."""
    match = re.fullmatch(r"([a-z]{4,})esim[oaie]", word)
    if not match:
        return None
    for end in ("", "o", "e", "i", "a"):
        value = _italian(match[1] + end)
        if value is not None:
            return int(value)
    return None


def roman(written: str) -> int:
    """Read a Roman numeral below forty."""
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for mark, following in zip(written, [*written[1:], ""], strict=True):
        total += -worth[mark] if worth.get(following, 0) > worth[mark] else worth[mark]
    return total


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
