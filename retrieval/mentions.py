"""Figures, dates and names as they are mentioned in Italian and English prose. Pure.

Found by how they are written, not by a list of what exists: capitals in the middle of a sentence
make a name, and a few words (months, numerals) the rest. Spans hold whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.types import Span
from retrieval.words import FUNCTION_WORDS, Word, fold

MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
"""A pattern."""

_DAY = (
    "(?:luned|marted|mercoled|gioved|venerd)ì|sabato|domenica"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_YEAR = r"(?:1\d{3}|20\d{2})"
_DATE = re.compile(
    rf"""(?<![\w.,])(?:
    (?:(?:{_DAY}),?\s)?\d{{1,2}}[°º]?\s(?:of\s)?(?:{MONTHS})(?:,?\s(?:del\s)?{_YEAR})?
    |(?:(?:{_DAY}),?\s)?(?:{MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?
    |(?:{MONTHS})(?:\s(?:del\s|of\s)?{_YEAR})?
    |(?:[IVX]+|\d{{1,2}}[°º]|\d{{1,2}}th|\w+esimo|\w+teenth|nineteenth|twentieth)
        \s(?:secolo|century)(?:\s(?:[ad]\.\s?C\.|BC|AD))?
    |anni\s?['’]?\s?\d{{2,4}}|anni\s(?:[^\W\d_]+anta|venti|dieci)|\d{{4}}s
    |{_YEAR}(?:\s?[-–/]\s?\d{{2,4}})?
    |\d{{1,4}}\s(?:[ad]\.\s?C\.|BC|AD)
    |{_DAY}|ieri|oggi|domani|yesterday|today|tomorrow
    |(?:il|la|lo)\s(?:mese|anno|settimana|estate|inverno)\s(?:scors|prossim)[oa]
    |l['’](?:anno|estate|inverno|autunno)\s(?:scors|prossim)[oa]
    |(?:last|next)\s(?:week|month|year|summer|winter|spring|autumn)
    )(?!\w|[.,]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERALS = frozenset(
    """
    due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
    sedici diciassette diciotto diciannove venti cento duecento mille duemila tremila meta singolo
    singola two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand half single dozen
    """.split()
)
_SCALES = frozenset(
    "mila milione milioni miliardo miliardi million millions billion thousand hundred".split()
)
_ONE = re.compile(r"(?:un[oa]?\ssol[oa]|one\ssingle|only\sone)\b", re.IGNORECASE)
_SIGN = re.compile(r"\s?(?:%|°[CF]?(?!\w)|€|(?:per\scento|percent)\b)")
_LINKS = frozenset("di de del della dei von van der den la le of the du bin ibn".split())
_STOPS = re.compile(r"[.!?…\n«“\"]")


def dates(text: str) -> Iterator[Span]:
    """Find dates and stretches of time: «23 marzo 2011», «XX secolo», «il mese scorso»."""
    for match in _DATE.finditer(text):
        yield Span(match.start(), match.end())


def figures(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Find numbers in figures and in words, with sign and scale: «4,5 milioni», «una sola».

    ``tokens`` are the words of the text. Figures glued to letters («Y2», «B-52») aren't numbers.
    """
    number = 0
    while number < len(tokens):
        word = tokens[number]
        number += 1
        one = _ONE.match(text, word.start)
        start, end = word.start, one.end() if one else word.end
        if not one and not _is_figure(text, word):
            continue
        while number < len(tokens) and (
            tokens[number].start < end
            or (tokens[number].folded in _SCALES and text[end : tokens[number].start] == " ")
        ):
            end = max(end, tokens[number].end)
            number += 1
        sign = _SIGN.match(text, end)
        end = sign.end() if sign else end
        while number < len(tokens) and tokens[number].start < end:
            number += 1  # «per cento»
        if start and text[start - 1] in "$€£":
            start -= 1
        elif text[start - 2 : start] in ("$ ", "€ ", "£ "):
            start -= 2
        yield Span(start, end)


def _is_figure(text: str, word: Word) -> bool:
    if not word.folded[0].isdigit():
        return word.folded in _NUMERALS or (
            word.folded.endswith("anta") and len(word.folded) > 6 and word.text.islower()
        )
    before, after = text[max(word.start - 2, 0) : word.start], text[word.end : word.end + 2]
    glued = before[-1:].isalpha() or after[:1].isalpha()
    joined = before[-1:] in ("-", "–", "/", ":") and before[:1].isalnum()
    joined = joined or (after[:1] in ("-", "–", "/", ":") and after[1:].isalnum())
    return not (glued or joined)


def names(text: str, tokens: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Find names, as ranges of ``tokens`` (the words of the text): «Jens Stoltenberg», «ITPP».

    A capital that opens a sentence makes a name only if another follows.
    """
    number = 0
    while number < len(tokens):
        if not _is_name(text, tokens, number):
            number += 1
            continue
        end = number + 1
        while end < len(tokens) and (more := _goes_on(text, tokens, end)):
            end += more
        yield number + _opens_with_office(tokens[max(number - 1, 0) : end]), end
        number = end


def _opens_with_office(tokens: Sequence[Word]) -> bool:
    """Tell whether a name begins after its first word: «il capo della NATO Jens Stoltenberg».

    ``tokens`` are the word before the name and those of the name.
    """
    if len(tokens) < 4 or tokens[0].folded not in _LINKS | {"dell"}:
        return False
    office, *rest = (token.text for token in tokens[1:])
    return len(office) > 1 and office.isupper() and not any(text.isupper() for text in rest)


def _goes_on(text: str, tokens: Sequence[Word], number: int) -> int:
    """Count the words by which a name goes on at a word."""
    before, word = tokens[number - 1], tokens[number]
    gap = text[before.end : word.start]
    if gap == ". ":
        return int(len(before.text) == 1 and word.text[0].isupper())  # «J. Stoltenberg»
    if gap in (" ", "-", "'", "’", " & ") and _is_name(text, tokens, number):
        return 1
    if gap == " " and word.folded in _LINKS and number + 1 < len(tokens):
        following = text[word.end : tokens[number + 1].start]
        return 2 * (following == " " and _is_name(text, tokens, number + 1))
    return 0


def _is_name(text: str, tokens: Sequence[Word], number: int) -> bool:
    word = tokens[number]
    if not word.text[0].isupper() or word.folded in FUNCTION_WORDS or fold(word.text) in _LINKS:
        return False
    before = text[tokens[number - 1].end if number else 0 : word.start]
    if number and not _STOPS.search(before):
        return True
    if number and len(tokens[number - 1].text) == 1 and tokens[number - 1].text.isupper():
        return True  # "J. Stoltenberg"
    if number + 1 == len(tokens):
        return False
    following = tokens[number + 1]
    gap = text[word.end : following.start]
    joined = gap in (" ", "-") or (gap == ". " and len(word.text) == 1)
    return (joined and following.text[0].isupper()) or (len(word.text) > 1 and word.text.isupper())
