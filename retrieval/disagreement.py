"""Where sources disagree: the answer of one, and of others that say something else in its place.

Looked for among the best sentences of other sources, once it is known what is quoted. What differs
is told by :mod:`retrieval.verification.disagreeing`. Nobody decides who is right: both are shown,
each with its source and its date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.days import are_in_order, as_iso
from retrieval.extent import extent
from retrieval.question import Question
from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Claim, Passage, Quote, Source, Span
from retrieval.verification import verify
from retrieval.verification.disagreeing import differ, repeats, subject_of
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

    Of one date, what most sources say comes first; ``counts`` tells how many say the same as each.
    Mostly there are none, and then it is "" and () all over.
    """

    quotes: tuple[Quote, ...] = ()
    counts: tuple[int, ...] = ()

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

    def notes(self, words: Wording) -> tuple[str, ...]:
        """Give what to say after each quote: how many sources say so, where not one each."""
        if max(self.counts, default=1) == 1:
            return tuple("" for _ in self.quotes)
        return tuple(words.say_so(count) for count in self.counts)


@dataclass(frozen=True, slots=True)
class _Said:
    """A quote that answers, and by what; ``also`` are other sources that say the same."""

    quote: Quote
    turn: Turn
    also: list[Source] = field(default_factory=list)


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
    if len({s.passage.source for s in ranking.sentences[:CANDIDATES]}) < 2:
        return Dispute()
    for claim in claims:
        for quote in claim.quotes:
            turn = _turn(question, quote)
            if turn and (claim.text == quote.text or says(claim.text, turn)):
                return _between(question, _Said(quote, turn), ranking, source)
    return Dispute()


def _between(
    question: Question, first: _Said, ranking: Ranking, source: Callable[[str], Source]
) -> Dispute:
    others = [
        other
        for other in _others(question, first, ranking.sentences[:CANDIDATES], source)
        if verify((Claim(other.quote.text, (other.quote,)),), source).claims
    ]
    if not others:
        return Dispute()
    said = [first, *others]
    _add_those_that_repeat(question, said, ranking.sentences, source)
    said.sort(key=lambda each: (as_iso(each.quote.date), len(each.also)), reverse=True)
    counts = tuple(1 + len(each.also) for each in said)
    return Dispute(tuple(each.quote for each in said), counts)


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
    first: _Said,
    candidates: Sequence[RankedSentence],
    source: Callable[[str], Source],
) -> list[_Said]:
    found: list[_Said] = []
    for candidate, other, turn in _turns(question, candidates, source):
        if any(is_same_source(told.quote, other) for told in (first, *found)):
            continue
        if not differ(question, first.turn, turn):
            continue
        # Who says what another has said already adds nothing.
        if any(not differ(question, told.turn, turn) for told in found):
            continue
        at = candidate.span.start
        marked = Span(at + turn.place.start, at + turn.place.end)
        place = extent(other.text, candidate.passage, candidate.index)
        found.append(_Said(Quote.of(other, place, candidate.passage, (marked,)), turn))
        if len(found) + 1 == _MOST:
            break
    return found


def _add_those_that_repeat(
    question: Question,
    said: Sequence[_Said],
    candidates: Sequence[RankedSentence],
    source: Callable[[str], Source],
) -> None:
    """Add to what is said the sources that say the same: each once, whatever else it says."""
    for _, other, turn in _turns(question, candidates, source):
        if any(is_same_source(each.quote, other) for each in said) or any(
            other.content_hash == known.content_hash or (other.link and other.link == known.link)
            for each in said
            for known in each.also
        ):
            continue
        if same := next((each for each in said if repeats(question, each.turn, turn)), None):
            same.also.append(other)


def _turns(
    question: Question,
    candidates: Sequence[RankedSentence],
    source: Callable[[str], Source],
) -> Iterator[tuple[RankedSentence, Source, Turn]]:
    """Yield the sentences that answer by a figure or date, with their sources."""
    wanted = [start[:_START] for start in subject_of(question)]
    for candidate in candidates:
        other = source(candidate.passage.source)
        if not _may_answer(question, wanted, candidate, other):
            continue  # told in a moment, while to read a sentence takes a millisecond
        place = extent(other.text, candidate.passage, candidate.index)
        around = around_of(other.title, candidate.passage, other.text[place.start : place.end])
        if turn := turn_of(question, Saying(candidate.text, around)):
            yield candidate, other, turn


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
