"""The embedded answerer: the one to three quotes that answer best. Pure, no model needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from retrieval.extent import LONGEST, extent
from retrieval.highlighting import highlights
from retrieval.question import Question
from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Claim, Quote, Source, Span

_MOST = 3
# More quotes are given until it is this likely that one of them answers, and while the next is at
# least this likely to. Every quote more helps some readers and is in the way of others: of 1,500
# questions on SQuAD-it these cost 4 in 1,000 their answer in the first three, and take the share of
# quotes that hold it from 0.49 to 0.56, against 0.995 and 0.002. (0.9, 0.01: 12 in 1,000, 0.62.)
_ENOUGH = 0.93
_WORTH = 0.005
_WORTH_UNTOLD = 0.02  # the same for one in which no word that answers can be told
_BESIDE = 2.5  # log odds; a neighbour no further from the quoted sentence is quoted with it


def quote_best(
    ranking: Ranking,
    source: Callable[[str], Source],
    question: Question | None = None,
    *,
    most: int = _MOST,
    enough: float = _ENOUGH,
) -> tuple[Claim, ...]:
    """Turn a ranking into claims of one quote each, best first; none from an empty ranking.

    ``source`` gives a source by its id. The words that answer ``question`` are highlighted. There
    are at most ``most``, and no more once it is ``enough`` likely that one of them answers.
    """
    quotes = _quotes(ranking, source, question, most, enough)
    return tuple(Claim(quote.text, (quote,)) for quote in quotes)


def closest_quote(ranking: Ranking, source: Callable[[str], Source]) -> Quote | None:
    """Give the best quote alone, as a refusal shows it: nothing in it answers."""
    return next(_quotes(ranking, source, None, 1, 1.0), None)


def _quotes(
    ranking: Ranking,
    source: Callable[[str], Source],
    question: Question | None,
    most: int,
    enough: float,
) -> Iterator[Quote]:
    given: list[Quote] = []
    answered = 0.0
    for sentence in ranking.sentences:
        likely = ranking.probability(sentence)
        if given and (len(given) == most or answered >= enough or likely < _WORTH):
            return
        quote = _quote(sentence, ranking, source(sentence.passage.source), question)
        # What is repeated makes no quote, and mustn't end the list before another is found.
        if _adds_something(quote, given, likely):
            answered += likely
            given.append(quote)
            yield quote


def _adds_something(quote: Quote, given: list[Quote], likely: float) -> bool:
    """Tell whether a quote is worth its place after others.

    Where the words that answer could be told in the first, one without such words that is unlikely
    to answer only lengthens the answer.
    """
    if any(_repeats(quote, before) for before in given):
        return False
    told = bool(given and given[0].highlights)
    return not told or bool(quote.highlights) or likely >= _WORTH_UNTOLD


def _quote(
    sentence: RankedSentence, ranking: Ranking, source: Source, question: Question | None
) -> Quote:
    place = _place(sentence, ranking, source, question)
    text = source.text[place.start : place.end]
    marked = highlights(question, text) if question else ()
    shifted = tuple(Span(place.start + s.start, place.start + s.end) for s in marked)
    return Quote.of(source, place, sentence.passage, shifted)


def _place(
    sentence: RankedSentence, ranking: Ranking, source: Source, question: Question | None
) -> Span:
    """Give the sentence's extent, joined with a neighbour's that is about as likely to answer."""
    place = extent(source.text, sentence.passage, sentence.index, question)
    beside = next(
        (
            other
            for other in ranking.sentences
            if abs(other.index - sentence.index) == 1
            and other.passage == sentence.passage
            and abs(other.score - sentence.score) <= _BESIDE
            and not _parted(source, sentence, other)
        ),
        None,
    )
    if beside is None:
        return place
    other = extent(source.text, sentence.passage, beside.index, question)
    joined = Span(min(place.start, other.start), max(place.end, other.end))
    return joined if joined.end - joined.start <= LONGEST else place


def _parted(source: Source, one: RankedSentence, other: RankedSentence) -> bool:
    """Tell whether a paragraph ends between two neighbouring sentences."""
    first, second = sorted((one.span, other.span), key=lambda span: span.start)
    return "\n\n" in source.text[first.end : second.start]


def _repeats(quote: Quote, before: Quote) -> bool:
    """Tell whether a quote says, or stands where, another already does."""
    if quote.source == before.source and quote.start < before.end and before.start < quote.end:
        return True
    return quote.text == before.text
