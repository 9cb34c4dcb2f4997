"""A text read with a question in mind: which of its words the question says, and how near. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from math import ceil

from retrieval.mentions import names
from retrieval.question import Question
from retrieval.types import Span
from retrieval.words import FUNCTION_WORDS, stem, words

_COMMA, _STOP = 2.0, 12.0  # words that a comma, and the end of a sentence, count for in a distance
_ALIKE = 5  # letters at which two words begin alike, and are mostly the same
_MARKS = re.compile(r"[,;:()«»“”\"—–]")
_STOPS = re.compile(r"[.!?\n]")

Range = tuple[int, int]
"""Words of a text, half open like all ranges."""


class Reading:
    """A text and, for each of its ``words``, which of the question's words it says (``asked``).

    ``content`` are the question's words with a meaning, folded, without the noun that names what is
    wanted («quale città»).
    """

    def __init__(self, question: Question, text: str) -> None:
        self.question = question
        self.text = text
        self.words = words(text)
        content = [term for term in question.terms if not term.is_function_word]
        self.content = {term.folded for term in content if not term.names_answer}
        self.asked: list[set[str]] = []  # by each word: the question's words that it is
        self._places: list[float] = []
        stems_of = [(term.folded, frozenset(term.stems)) for term in content]

        def said_as(word: str) -> set[str]:
            own = {stem(word, "it"), stem(word, "en")}
            return {
                term for term, stems in stems_of if not stems.isdisjoint(own) or _akin(word, term)
            }

        place, end = 0.0, 0
        for word in self.words:
            gap = text[end : word.start]
            place += 1 + _COMMA * bool(_MARKS.search(gap))
            place += _STOP * bool(_STOPS.search(gap))
            self._places.append(place)
            end = word.end
            self.asked.append(set() if is_grammar(word.folded) else said_as(word.folded))

        pairs = zip(self._places, self.asked, strict=True)
        self._said = [(place, term) for place, said in pairs for term in said]

    def share_met(self) -> float:
        """Give the share of the question's content that the text says, 0 to 1."""
        if not self.content:
            return 1.0
        met = set[str]().union(*self.asked) & self.content
        return len(met) / len(self.content)

    def nearness(self, found: Range) -> float:
        """Say how near to the question's words these stand: a sum over them of 1 / distance."""
        first, last = self._places[found[0]], self._places[found[1] - 1]
        best: dict[str, float] = {}
        for place, term in self._said:
            distance = max(first - place, place - last, 0)
            best[term] = max(best.get(term, 0), 1 / (2 + distance))
        return sum(best.values())

    def is_new(self, found: Range) -> bool:
        """Tell whether the question says none of these words."""
        return not any(self.asked[found[0] : found[1]])

    def says_more(self, found: Range) -> bool:
        """Tell whether any of these words has a meaning and isn't the question's."""
        return any(
            not self.asked[number] and not is_grammar(self.words[number].folded)
            for number in range(*found)
        )

    def span(self, found: Range) -> Span:
        """Give the place of these words in the text."""
        return Span(self.words[found[0]].start, self.words[found[1] - 1].end)

    def range(self, span: Span) -> Range:
        """Give the words that a place in the text touches; (0, 0) where there are none."""
        first = bisect_right(self.words, span.start, key=lambda word: word.end)
        last = bisect_left(self.words, span.end, key=lambda word: word.start)
        return (first, last) if first < last else (0, 0)

    def is_whole(self, span: Span) -> bool:
        """Tell whether a place cuts no word, nor a letter from its accent: «A4» is one."""
        before, after = (
            self.text[max(span.start - 1, 0) : span.start],
            self.text[span.end : span.end + 1],
        )
        first, last = self.text[span.start], self.text[span.end - 1]
        if after and unicodedata.category(after).startswith("M"):
            return False
        cut = before.isalnum() and first.isalnum()
        return not (cut or (after.isalnum() and last.isalnum()))

    def between(self, one: Range, other: Range) -> str:
        """Give what stands between some words and later ones."""
        return self.text[self.words[one[1] - 1].end : self.words[other[0]].start]

    def gap(self, number: int) -> str:
        """Give what stands between a word and the one before."""
        end = self.words[number - 1].end if number else 0
        return self.text[end : self.words[number].start]

    def before(self, number: int) -> str:
        """Give the word before a word, folded, or ""."""
        return self.words[number - 1].folded if number else ""

    def names(self) -> list[Range]:
        """List the names that the question doesn't say."""
        return [found for found in names(self.text, self.words) if self.is_new(found)]


def _akin(one: str, other: str) -> bool:
    """Tell whether two words begin alike enough to be one: «università» and "university"."""
    if one[:_ALIKE] != other[:_ALIKE]:
        return False  # as nearly all do; this is asked of every word of a quote
    alike = max(_ALIKE, ceil(0.6 * max(len(one), len(other))))
    return one[:alike] == other[:alike]


def is_grammar(folded: str) -> bool:
    """Tell whether a folded word is grammar rather than subject."""
    return folded in FUNCTION_WORDS
