"""How far a quote reaches: the fewest sentences that are understood by themselves. Pure.

A sentence that leans on the one before brings it along, words inside a quotation bring who says
them, and a question that asks for a list gets all of it. A quote stays in one piece and inside its
passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.leaning import leans
from retrieval.question import Question
from retrieval.types import Passage, Span
from retrieval.words import FUNCTION_WORDS, split, stem, words

LONGEST = 600
"""Characters of a quote that grew for the sake of being understood."""

LONGEST_LIST = 1_000
"""Characters of a list that is quoted whole."""

_MOST_BEFORE = 2  # sentences brought along where each leans on the one before
_SHORT_ITEM = 5  # words; an item of fewer says little without the line that opens its list
_MARKER = re.compile(r"[ \t>]*(?:[-*+•–—]|\d{1,3}[.)])[ \t]+$")
_PAIRS = {"«": "»", "“": "”"}
_GOES_ON = re.compile(
    r"(?:(?:gli\s|le\s|un['’]?\s?)?altr[oiae]|inoltre|anche|infine|vi\ssi\saggiung\w+"
    r"|(?:the\s)?others?|another|also|further|finally|in\saddition)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:dett[oaie]|dic[eo]\w*|disse\w*|afferm\w+|dichiar\w+|spieg\w+|aggiun\w+|scri[stv]\w+"
    r"|sost(?:ien|en)\w+|sottoline\w+|comment\w+|ribad\w+|rispo\w+|secondo"
    r"|says?|said|told|tells?|stat(?:es?|ed)|add(?:s|ed)|wr[io]te\w*|written|explain\w*|argue[sd]"
    r"|claim(?:s|ed)|declared?|according|replied|noted|warned)\b",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    r"(?:l(?:o|['’])\s?(?:ha|hanno|aveva|avevano)\s|così\s(?!che|come)|(?:he|she|they)\ssa(?:id|ys?)\s"
    r"(?:this|that|so|it)\b|so\ssaid\b)",
    re.IGNORECASE,
)


def extent(text: str, passage: Passage, index: int, question: Question | None = None) -> Span:
    """Give the place in the source's ``text`` of what to quote for a sentence of a passage.

    ``index`` is the sentence's number; ``question`` decides whether a list is wanted whole.
    """
    reach = _Reach(text, passage, index)
    wants_all = question is not None and question.asks_for_a_list
    reach.take_list(whole=wants_all)
    if question and wants_all:
        reach.take_continued(question)
    reach.take_quotation()
    reach.take_speaker(asked=question is not None and question.asks_who_says)
    reach.take_before()
    return reach.span


class _Reach:
    """A growing run of sentences, ``first`` to ``last``."""

    def __init__(self, text: str, passage: Passage, index: int) -> None:
        self._text = text
        self._spans = passage.sentences
        self.first = self.last = index

    @property
    def span(self) -> Span:
        return Span(self._spans[self.first].start, self._spans[self.last].end)

    def take_list(self, *, whole: bool) -> None:
        """Take the list the sentence is an item of, or opens, with the line that opens it."""
        index = self.first
        opens = index + 1 < len(self._spans) and self._opens_list(index)
        if not opens and not self._is_item(index):
            return
        first = last = index + opens
        while self._is_item(first - 1):
            first -= 1
        while self._is_item(last + 1):
            last += 1
        if self._opens_list(first - 1):
            first -= 1
        if whole or opens:
            self._take(first, last, LONGEST_LIST)
        elif len(split(self._sentence(index))) < _SHORT_ITEM:
            self._take(first, index, LONGEST)

    def take_continued(self, question: Question) -> None:
        """Take the neighbours that go on with a list («Altri uffici si trovano…»)."""
        asked = {s for term in question.terms if not term.is_function_word for s in term.stems}
        while self._goes_on(self.last + 1, asked) and self._take_one(self.last + 1):
            pass
        while self._goes_on(self.first, asked) and self._take_one(self.first - 1):
            pass

    def take_quotation(self) -> None:
        """Take the rest of the quotation around the run, and who says it."""
        span = self.span
        for opening, closing in self._quotations():
            inside = opening < span.start and span.start < closing
            if inside or opening < span.end < closing:
                first = self._index_at(opening)
                last = self._index_at(closing - 1)
                said_after = _SAYS.search(self._text, closing, self._spans[last].end)
                said_before = _SAYS.search(self._text, self._spans[first].start, opening)
                if said_after and not (said_before and inside):
                    self._take(self.first, last, LONGEST)
                elif said_before:
                    self._take(first, self.last, LONGEST)
                return

    def take_speaker(self, *, asked: bool) -> None:
        """Take the sentence beside the run that only tells who says it.

        ``asked`` says that the question wants to know; otherwise a quotation alone needs it.
        """
        words_said = self._sentence(self.last).rstrip(".,; ")
        alone = words_said[:1] in _PAIRS and words_said[-1:] in _PAIRS.values()
        if alone and self.first and self._announces(self.first - 1):
            self._take_one(self.first - 1)
        elif (alone or asked) and self._tells_speaker(self.last + 1, asked=asked):
            self._take_one(self.last + 1)

    def take_before(self) -> None:
        """Take what the first sentence leans on."""
        for _ in range(_MOST_BEFORE):
            if not leans(self._text, self._spans[self.first].start):
                return
            if not self._take_one(self.first - 1):
                return

    def _take(self, first: int, last: int, longest: int) -> bool:
        first, last = min(first, self.first), max(last, self.last)
        if self._spans[last].end - self._spans[first].start > longest:
            return False
        self.first, self.last = first, last
        return True

    def _take_one(self, index: int) -> bool:
        return 0 <= index < len(self._spans) and self._take(index, index, LONGEST)

    def _sentence(self, index: int) -> str:
        return self._text[self._spans[index].start : self._spans[index].end]

    def _is_item(self, index: int) -> bool:
        """Tell whether a sentence is, or belongs to, a list item."""
        while 0 <= index < len(self._spans):
            start = self._spans[index].start
            line = self._text.rfind("\n", 0, start) + 1
            if _MARKER.match(self._text, line, start):
                return True
            if not index or self._spans[index - 1].end <= line:
                return False
            index -= 1
        return False

    def _opens_list(self, index: int) -> bool:
        if index < 0 or self._is_item(index) or not self._is_item(index + 1):
            return False
        between = self._text[self._spans[index].end : self._spans[index + 1].start]
        return between.count("\n") == 1 or self._sentence(index).rstrip(" *_").endswith(":")

    def _goes_on(self, index: int, asked: set[str]) -> bool:
        if not 0 < index < len(self._spans) or self._parted(index):
            return False
        if not _GOES_ON.match(self._text, self._spans[index].start):
            return False
        said = [w.folded for w in words(self._sentence(index)) if w.folded not in FUNCTION_WORDS]
        return any(stem(word, "it") in asked or stem(word, "en") in asked for word in said)

    def _parted(self, index: int) -> bool:
        """Tell whether a paragraph ends before a sentence."""
        return "\n\n" in self._text[self._spans[index - 1].end : self._spans[index].start]

    def _announces(self, index: int) -> bool:
        sentence = self._sentence(index)
        return sentence.endswith(":") and _SAYS.search(sentence) is not None

    def _tells_speaker(self, index: int, *, asked: bool) -> bool:
        if index >= len(self._spans) or self._parted(index):
            return False
        sentence = self._sentence(index)
        if _SAYS.search(sentence) is None:
            return False
        if _SAYS_SO.match(sentence):
            return True
        # «Qin Gang ha tenuto una conferenza. In quell'occasione ha dichiarato…»
        return asked and leans(sentence) and _SAYS.search(self._sentence(self.last)) is None

    def _quotations(self) -> Iterator[tuple[int, int]]:
        """Yield where quotations open and have closed, in the passage."""
        position, end = self._spans[0].start, self._spans[-1].end
        while position < end:
            opening = next((n for n in range(position, end) if self._text[n] in _PAIRS), end)
            closing = self._text.find(
                _PAIRS.get(self._text[opening : opening + 1], "\0"), opening, end
            )
            if closing < 0:
                return
            position = closing + 1
            yield opening, position

    def _index_at(self, position: int) -> int:
        """Give the number of the sentence that holds a position, or of the last before it."""
        return max(n for n, span in enumerate(self._spans) if span.start <= position)
