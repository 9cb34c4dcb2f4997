"""The embedded answerer: the one to three quotes that answer best. Pure, no model needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Claim, Passage, Quote, Source

_MOST = 3
_BEHIND = 1.0  # log odds; a sentence further behind the best adds more noise than answers
_LONGEST_PAIR = 600  # characters of a sentence with the one before it

# Words that lean on the sentence before: pronouns, and verbs whose subject was named there.
_LEANS = re.compile(
    r"""["“«'(]*\b(?:
    egli|ella|ess[oaie]|lui|lei|loro|quest[oaie]|quell[oaie]|ciò|tal[ei]|costui|costoro|entrambi|
    ha|hanno|aveva|avevano|aggiung\w+|ne|l[oaie]\s(?:ha|hanno|aveva|è|fu)|
    in\squel\w*|secondo\s(?:lui|lei|loro)|
    he|she|it|they|this|these|those|his|her|their|its|such|both
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def quote_best(ranking: Ranking, source: Callable[[str], Source]) -> tuple[Claim, ...]:
    """Turn a ranking into claims of one quote each, best first; none from an empty ranking.

    ``source`` gives a source by its id.
    """
    return tuple(Claim(quote.text, (quote,)) for quote in _quotes(ranking, source))


def closest_quote(ranking: Ranking, source: Callable[[str], Source]) -> Quote | None:
    """Give the best quote alone, as a refusal shows it."""
    return next(_quotes(ranking, source), None)


def _quotes(ranking: Ranking, source: Callable[[str], Source]) -> Iterator[Quote]:
    if not ranking.sentences:
        return
    top = ranking.sentences[0].score
    given: list[Quote] = []
    for sentence in ranking.sentences:
        if len(given) == _MOST or sentence.score < top - _BEHIND:
            return
        quote = _quote(sentence, source(sentence.passage.source))
        if not any(_repeats(quote, before) for before in given):
            given.append(quote)
            yield quote


def _quote(sentence: RankedSentence, source: Source) -> Quote:
    passage = sentence.passage
    first = sentence.index
    span = passage.sentences[first]
    if first and _LEANS.match(source.text, span.start) and not _is_long(passage, first):
        first -= 1
    start = passage.sentences[first].start
    return Quote(
        source=source.id,
        title=source.title,
        content_hash=source.content_hash,
        start=start,
        end=span.end,
        text=source.text[start : span.end],
        passage=passage,
    )


def _is_long(passage: Passage, index: int) -> bool:
    return passage.sentences[index].end - passage.sentences[index - 1].start > _LONGEST_PAIR


def _repeats(quote: Quote, before: Quote) -> bool:
    """Tell whether a quote says, or stands where, another already does."""
    if quote.source == before.source and quote.start < before.end and before.start < quote.end:
        return True
    return quote.text == before.text
