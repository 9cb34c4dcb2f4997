"""The embedded answerer: the one to three quotes that answer best. Pure, no model needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from retrieval.extent import extent
from retrieval.highlighting import highlights
from retrieval.question import Question
from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Claim, Quote, Source, Span

_MOST = 3
_BEHIND = 1.0  # log odds; a sentence further behind the best adds more noise than answers


def quote_best(
    ranking: Ranking, source: Callable[[str], Source], question: Question | None = None
) -> tuple[Claim, ...]:
    """Turn a ranking into claims of one quote each, best first; none from an empty ranking.

    ``source`` gives a source by its id. The words that answer ``question`` are highlighted.
    """
    return tuple(Claim(quote.text, (quote,)) for quote in _quotes(ranking, source, question))


def closest_quote(ranking: Ranking, source: Callable[[str], Source]) -> Quote | None:
    """Give the best quote alone, as a refusal shows it: nothing in it answers."""
    return next(_quotes(ranking, source, None), None)


def _quotes(
    ranking: Ranking, source: Callable[[str], Source], question: Question | None
) -> Iterator[Quote]:
    if not ranking.sentences:
        return
    top = ranking.sentences[0].score
    given: list[Quote] = []
    for sentence in ranking.sentences:
        if len(given) == _MOST or sentence.score < top - _BEHIND:
            return
        quote = _quote(sentence, source(sentence.passage.source), question)
        if not any(_repeats(quote, before) for before in given):
            given.append(quote)
            yield quote


def _quote(sentence: RankedSentence, source: Source, question: Question | None) -> Quote:
    place = extent(source.text, sentence.passage, sentence.index, question)
    text = source.text[place.start : place.end]
    marked = highlights(question, text) if question else ()
    return Quote(
        source=source.id,
        title=source.title,
        content_hash=source.content_hash,
        start=place.start,
        end=place.end,
        text=text,
        passage=sentence.passage,
        highlights=tuple(Span(place.start + s.start, place.start + s.end) for s in marked),
    )


def _repeats(quote: Quote, before: Quote) -> bool:
    """Tell whether a quote says, or stands where, another already does."""
    if quote.source == before.source and quote.start < before.end and before.start < quote.end:
        return True
    return quote.text == before.text
