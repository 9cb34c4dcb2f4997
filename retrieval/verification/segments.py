"""The parts of a sentence that could be sentences: each tells something of somebody. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.verification.concepts import is_english_verb, is_italian_verb, is_verbal
from retrieval.verification.dates import dates
from retrieval.verification.prose import Prose

_STOP = re.compile(r"[.!?;\n](?=\s|$)")
_JOINS = frozenset("e ed ma o oppure mentre invece and but or while whereas".split())
_HARD = frozenset("ma mentre but while whereas invece".split())
_POINTS = frozenset(
    "il lo la i gli le l quello quella quelli quelle the those that these each".split()
)
_THEY = frozenset("it he she they egli ella esso essa lui lei loro essi".split())
_AUXILIARY = frozenset(
    """
    is are was were be has have had will would can could may might must should shall does do did
    ha hanno aveva avevano e era erano fu furono sara saranno puo possono deve devono dovra
    dovranno potra potranno va vanno viene vengono si non not
    """.split()
)
_ONLY = frozenset("solo soltanto no not only none".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """Words ``start`` to ``end`` (not included) of a text; those before ``verb`` say of whom.

    ``is_own`` tells one that names its subject itself from one that goes on about another's.
    """

    start: int
    end: int
    verb: int
    is_own: bool


@lru_cache(maxsize=2_000)
def segments(prose: Prose) -> tuple[Segment, ...]:
    """Part a text into segments, in order."""
    starts = [0]
    for n in range(1, len(prose.tokens)):
        if _parts(prose, n, starts[-1]):
            starts.append(n)
    ends = [*starts[1:], len(prose.tokens)]
    dated = [(date.start, date.end) for date in dates(prose.text)]
    return tuple(_segment(prose, a, b, dated) for a, b in zip(starts, ends, strict=True) if a < b)


def segment_of(prose: Prose, n: int) -> int:
    """Say which segment a word stands in."""
    return bisect_right(_starts(prose), n) - 1


@lru_cache(maxsize=2_000)
def _starts(prose: Prose) -> tuple[int, ...]:
    return tuple(part.start for part in segments(prose))


def first_verb(prose: Prose) -> int | None:
    """Give the first verb of a text, None where none is told."""
    return next((part.verb for part in segments(prose) if part.verb < part.end), None)


def _parts(prose: Prose, n: int, start: int) -> bool:
    word = prose.folded(n)
    between = prose.text[prose.tokens[n - 1].end : prose.tokens[n].start]
    if _STOP.search(between):
        return True
    if word in _HARD or (word in _JOINS and "," in between):
        return _has_verb(prose, start, n)
    if word in ("e", "ed", "and") and prose.tokens[n].word != "è":
        goes_on = n + 1 < len(prose.tokens) and (
            is_verb(prose, n + 1) or prose.folded(n + 1).endswith("ed")
        )
        return _has_verb(prose, start, n) and (goes_on or _begins_anew(prose, n + 1))
    if "," not in between or word not in _POINTS:
        return False
    end = _sentence_end(prose, n)
    return (
        not prose.folded(n + 1)[:1].isdigit()
        and _has_verb(prose, start, n)
        and "," not in prose.text[prose.tokens[n].start : prose.tokens[end - 1].end]
        and any(
            is_verb(prose, m) or prose.folded(m) in _ONLY or prose.folded(m)[0].isdigit()
            for m in range(n + 1, end)
        )
    )


def _begins_anew(prose: Prose, n: int) -> bool:
    """Tell whether a subject and a verb of its own follow: «e la torta non va tolta»."""
    ahead = range(n, min(n + 6, len(prose.tokens)))
    verb = next((m for m in ahead if prose.folded(m) in _AUXILIARY), None)
    return verb is not None and any(prose.tokens[m].is_content for m in range(n, verb))


def _sentence_end(prose: Prose, n: int) -> int:
    for m in range(n + 1, len(prose.tokens)):
        if _STOP.search(prose.text[prose.tokens[m - 1].end : prose.tokens[m].start]):
            return m
    return len(prose.tokens)


def _has_verb(prose: Prose, start: int, end: int) -> bool:
    return any(is_verb(prose, n) for n in range(start, end))


def is_verb(prose: Prose, n: int) -> bool:
    """Tell a verb from other words by its form, as far as that goes."""
    token = prose.tokens[n]
    if token.folded in _AUXILIARY:
        return token.folded != "e" or token.word == "è"
    if not token.is_content or token.text[:1].isupper():
        return False
    if prose.folded(n - 1) in _POINTS or prose.folded(n - 1) in (
        "a",
        "an",
        "un",
        "una",
        "of",
        "di",
    ):
        return False
    return is_italian_verb(token.word) or is_english_verb(token.word)


def _segment(prose: Prose, start: int, end: int, dated: Sequence[tuple[int, int]]) -> Segment:
    first = start
    while first < end and (
        (prose.folded(first) in _JOINS and prose.tokens[first].word != "è")
        or prose.folded(first) in ("anche", "also", "poi", "then")
    ):
        first += 1
    verb = next(
        (n for n in range(first, end) if is_verb(prose, n) or _opens(prose, n, start)), None
    )
    if verb is None:
        verb = next((n for n in range(first, end) if prose.folded(n) in _ONLY), None)
    if verb is None:
        content = [n for n in range(first, end) if prose.tokens[n].is_content]
        verb = content[1] if len(content) > 1 else end
    names_one = any(
        prose.tokens[n].is_content and not any(a <= prose.tokens[n].start < b for a, b in dated)
        for n in range(first, verb)
    )
    own = names_one and not any(prose.folded(n) in _THEY for n in range(first, verb))
    return Segment(start, end, verb, own)


def _opens(prose: Prose, n: int, start: int) -> bool:
    """Tell a verb right after «and» or «but»: "but warn that", «e cuocete»."""
    return 0 < n == start + 1 and prose.folded(start) in _JOINS and is_verbal(prose.tokens[n].word)
