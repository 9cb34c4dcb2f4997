"""Where sentences begin and end, in Italian and English prose. Pure.

Rules rather than a model: they are exact about offsets, take microseconds, and their mistakes can
be read. A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or
an unfinished quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.types import Span

LONGEST = 1_000
"""No sentence is longer, in characters: what runs on is cut at the best place before that."""

_LONGEST_QUOTATION = 400  # a longer quotation is split inside, like any other prose

# A title or a reference always has more to come ("dott. Rossi", "art. 5").
_NEVER_LAST = frozenset(
    """
    avv cfr col dott dott.ssa dr dr.ssa es fig gen geom gov ing lett mons on op pag
    pagg prof prof.ssa rag rev s sec seg segg sen sig sig.ra sig.na sigg ss tab tel ten vol voll vd
    fam mar min
    adm capt cf cmdr col ed eds e.g i.e gen gov hon jr lt maj messrs mr mrs ms mt mx p pp prof rep
    rev sen sgt st supt viz vs approx dept fig figs vol jan feb apr jun jul aug sep sept oct nov dec
    """.split()
)
# These are words, too («a est», «no», “art”), unless a number follows.
_BEFORE_A_NUMBER = frozenset("art artt cap est no nos".split())
_NUMBER = re.compile(r"\s+(?:\d|[IVXLC]+\b)")
_WORD = re.compile(r"\w")
# Possessive, and from its first mark alone: a hundred thousand dots take no longer than they must.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»“)\]*_]*+(?=\s|$)")
_BREAK = re.compile(r"[\s'’]+")  # "l'avv. Rossi"
_OPENING = "\"'“‘«([¿¡*_—–-"
_PAIRS = {"«": "»", "“": "”"}
_QUOTE = re.compile("[«“]")
_ONE_LETTER_WORDS = "aeioàèéìòùy"
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")  # J.R.R. Tolkien
_INITIAL = re.compile(r"(?:^|[\s(«“\"'’.])(?:[^\W\d_])$")
_CUTS = (re.compile(r"[;:](?=\s)"), re.compile(r"[,)»”](?=\s)"), re.compile(r"(?=\s)"))


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of ``text[start:end]`` in order, without surrounding white space.

    The stretch should be one paragraph: line ends inside it count as spaces.
    """
    position, word = start, _WORD.search(text, start, end)
    for stop in _ends(text, start, end):
        if word is None:
            break
        if word.start() >= stop:
            continue  # a lone mark is no sentence
        word = _WORD.search(text, stop, end)
        if word:
            yield from _trimmed(text, position, stop)
            position = stop
    yield from _trimmed(text, position, end)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    quotations = _quotations(text, start, end)
    nowhere = (end, end + 1)
    opened, closed = next(quotations, nowhere)
    for match in _END.finditer(text, start, end):
        stop = match.end()
        while closed <= stop:
            opened, closed = next(quotations, nowhere)
        if opened < match.start():
            continue
        if _continues(text, match, end) or _is_abbreviation(text, start, match):
            continue
        yield stop


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where quotations open and have just closed, in order, without those inside others.

    An unclosed one isn't a quotation.
    """
    last = start
    for match in _QUOTE.finditer(text, start, end):
        opened = match.start()
        closed = text.find(_PAIRS[match.group()], opened, min(end, opened + _LONGEST_QUOTATION))
        if closed >= last:
            last = closed + 1
            yield opened, last


def _continues(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether the words after a stop go on with the same sentence."""
    following = text[match.end() : min(end, match.end() + 40)].lstrip().lstrip(_OPENING).lstrip()
    if not following:
        return False
    return following[0].islower()


def _is_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    if text[match.start()] != "." or match.group()[:2] in ("..", ".!", ".?"):
        return False
    before = text[max(start, match.start() - 12) : match.start()]
    written = _BREAK.split(before)[-1].lstrip(_OPENING)
    word = written.casefold()
    before_christ = written == "a" and text.startswith("C.", match.end() + 1)  # "63 a. C."
    if word in _NEVER_LAST or _INITIALS.fullmatch(written) or before_christ:
        return True
    if word in _BEFORE_A_NUMBER:
        return _NUMBER.match(text, match.end()) is not None
    if word.isdigit() and not text[start : match.start()].strip().removesuffix(word):
        return True  # "1. Il primo punto": a number that opens a line
    if _INITIAL.search(before) and "." not in word:
        return before[-1].isupper() or before[-1] not in _ONE_LETTER_WORDS  # "J. F.", "d. C."
    return False


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = _cut(text, start)
        yield from _trimmed(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _cut(text: str, start: int) -> int:
    """Find the best place to cut a sentence that runs on: a semicolon, a comma, a space."""
    for pattern in _CUTS:
        places = [m.end() for m in pattern.finditer(text, start + LONGEST // 2, start + LONGEST)]
        if places:
            return places[-1]
    return start + LONGEST
