"""Where sources disagree: the answer of one, and of others that say something else in its place.

Looked for among the best sentences of other sources, once it is known what is quoted. What differs
is told by :mod:`retrieval.verification.disagreeing`. Nobody decides who is right: both are shown,
each with its source and its date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.days import are_in_order, as_iso
from retrieval.extent import extent
from retrieval.question import Question
from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Claim, Passage, Quote, Source, Span
from retrieval.verification import verify
from retrieval.verification.disagreeing import differ, subject_of
from retrieval.verification.turns import Saying, Turn, says, turn_of, turns_on_a_fact
from retrieval.wording import Wording
from retrieval.words import detect_language

CANDIDATES = 20
"""Of the best ranked sentences, how many are looked at: what answers as well is among the first."""

_MOST = 3  # sources that are shown to disagree
_PLAIN = str.maketrans("àáèéìíòóùúç", "aaeeiioouuc")  # enough for a first look, and quick
_START = 3  # letters; in a question and a sentence, one word has them in common in any form
_NUMBER = re.compile(
    r"\d|\b(?:due|tre|quattro|cinque|sei|sette|otto|nove|dieci|\w+(?:dici|ette|otto|nove|cento|mil[ae])"
    r"|(?:vent|trent|\w+ant)\w*|cento\w*|mill?[ei]\w*|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|\w+teen|\w+ty(?:-\w+)?|hundred|thousand|dozen|million|billion)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Quotes of two or more sources that don't agree, the newest first; undated ones come last.

    Mostly there are none, and then it is "" and () all over.
    """

    quotes: tuple[Quote, ...] = ()

    def claims(self) -> tuple[Claim, ...]:
        """Give each quote as a claim."""
        return tuple(Claim(quote.text, (quote,)) for quote in self.quotes)

    def numbers(self) -> tuple[int, ...]:
        """Number the quotes, from 1."""
        return tuple(range(1, len(self.quotes) + 1))

    def opening(self, words: Wording) -> str:
        """Give the line to stand above the quotes."""
        if not self.quotes:
            return ""
        days = [as_iso(quote.date) for quote in self.quotes]
        return words.disagree_newest if are_in_order(days) and len({*days}) > 1 else words.disagree


def find_dispute(
    question: Question,
    claims: Sequence[Claim],
    ranking: Ranking,
    source: Callable[[str], Source],
) -> Dispute:
    """Look for sources that say otherwise than the first claim by a figure or date; mostly none do.

    ``ranking`` is what was found for the question, ``source`` gives a source by its id.
    """
    if not turns_on_a_fact(question):
        return Dispute()
    candidates = ranking.sentences[:CANDIDATES]
    if len({candidate.passage.source for candidate in candidates}) < 2:
        return Dispute()
    for claim in claims:
        for quote in claim.quotes:
            turn = _turn(question, quote)
            if turn and (claim.text == quote.text or says(claim.text, turn)):
                others = _others(question, quote, turn, candidates, source)
                checked = verify(tuple(Claim(q.text, (q,)) for q in others), source)
                quotes = [quote, *(q for kept in checked.claims for q in kept.quotes)]
                quotes.sort(key=lambda each: as_iso(each.date), reverse=True)
                return Dispute(tuple(quotes)) if len(quotes) > 1 else Dispute()
    return Dispute()


def _turn(question: Question, quote: Quote) -> Turn | None:
    """Find by what a quote answers: the sentence that does so, and its figure or date."""
    for span in quote.passage.sentences:
        if quote.start <= span.start and span.end <= quote.end:
            text = quote.text[span.start - quote.start : span.end - quote.start]
            around = around_of(quote.title, quote.passage, quote.text)
            if turn := turn_of(question, Saying(text, around)):
                return turn
    return None


def _others(
    question: Question,
    quote: Quote,
    turn: Turn,
    candidates: Sequence[RankedSentence],
    source: Callable[[str], Source],
) -> list[Quote]:
    found: list[tuple[Quote, Turn]] = []
    wanted = [start[:_START] for start in subject_of(question)]
    for candidate in candidates:
        other = source(candidate.passage.source)
        if not _may_answer(question, wanted, candidate, other):
            continue  # told in a moment, while to read a sentence takes a millisecond
        if is_same_source(quote, other) or any(other.id == taken.source for taken, _ in found):
            continue
        place = extent(other.text, candidate.passage, candidate.index)
        around = around_of(other.title, candidate.passage, other.text[place.start : place.end])
        theirs = turn_of(question, Saying(candidate.text, around))
        if theirs is None or not differ(question, turn, theirs):
            continue
        # Who says what another has said already adds nothing.
        if any(not differ(question, told, theirs) for _, told in found):
            continue
        at = candidate.span.start
        marked = Span(at + theirs.place.start, at + theirs.place.end)
        found.append((Quote.of(other, place, candidate.passage, (marked,)), theirs))
        if len(found) + 1 == _MOST:
            break
    return [taken for taken, _ in found]


def _may_answer(
    question: Question, wanted: Sequence[str], candidate: RankedSentence, source: Source
) -> bool:
    """Tell whether there is a number, and something that begins as each word of the question."""
    if not _NUMBER.search(candidate.text):
        return False
    if detect_language(candidate.text, question.language) != question.language:
        return True  # its words begin otherwise
    passage = candidate.passage
    said = f"{source.title} {passage.heading} {passage.text}".lower().translate(_PLAIN)
    return all(start in said for start in wanted)


def is_same_source(quote: Quote, other: Source) -> bool:
    """Tell whether a source is the quote's own, by its id, its address or its text."""
    return (
        quote.source == other.id
        or quote.content_hash == other.content_hash
        or bool(quote.link and quote.link == other.link)
    )


def around_of(title: str, passage: Passage, text: str) -> str:
    """Give what a sentence stands in, of which it may be about without naming it."""
    return f"{title}.\n{passage.heading}.\n{text}"
