"""Question to Answer. Start reading here.

A question is read (:mod:`retrieval.question`), what might answer it is found and ranked
(:mod:`retrieval.retriever`), the best sentences are quoted (:mod:`retrieval.quoting`), every claim
passes the gate (:mod:`retrieval.verification`), and the words around the quotes are put in the
question's language (:mod:`retrieval.wording`). What the sources don't say becomes a refusal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.question import parse
from retrieval.quoting import closest_quote, quote_best
from retrieval.retriever import Ranking
from retrieval.types import Answer, Claim, Language, Quote, Source, Span, Status
from retrieval.verification import verify
from retrieval.wording import quoted, wording

ANSWER_AT = 0.2
"""The confidence from which a quote is given. A reader sees a wrong quote for what it is, with its
source, so it costs a quarter of what a missing answer does, and 0.2 = 1 / (1 + 4)."""

SURE_AT = 0.5
"""Below this, an answer says that it isn't sure."""

OFF_TOPIC_BELOW = 0.05
"""Below this, not even something close was found."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What answers: a search and the texts it searched, all of one generation.

    ``suggest`` gives a question that the sources do answer, near the one asked, or "".
    """

    generation: str
    search: Callable[..., Ranking]
    source: Callable[[str], Source]
    suggest: Callable[[str, Language], str]


def answer(text: str, sources: Sources | None, language: Language | None = None) -> Answer:
    """Answer a question, or refuse. Any text is a question; none raises an error.

    ``language`` is the asker's, for questions whose words don't tell.
    """
    begun = time.perf_counter()
    question = parse(text, language)
    words = wording(question.language)

    def said(
        status: Status,
        message: str,
        ranking: Ranking | None = None,
        *,
        claims: tuple[Claim, ...] = (),
        closest: Quote | None = None,
        suggestion: str = "",
        highlights: tuple[Span, ...] = (),
    ) -> Answer:
        return Answer(
            question=text,
            language=question.language,
            status=status,
            text=message,
            confidence=ranking.confidence if ranking else 0.0,
            claims=claims,
            closest=closest,
            suggestion=suggestion,
            ranked=ranking.sources() if ranking else (),
            generation=sources.generation if sources else "",
            ms=(time.perf_counter() - begun) * 1e3,
            highlights=highlights,
        )

    if sources is None:
        return said(Status.NO_SOURCES, words.no_sources)
    if question.is_greeting or not question.says_something:
        message = words.greeting if question.is_greeting else words.unclear
        suggestion = sources.suggest(question.text, question.language)
        return said(Status.NOT_IN_SOURCES, message, suggestion=suggestion)
    ranking = sources.search(question)
    if ranking.confidence >= ANSWER_AT:
        verified = verify(quote_best(ranking, sources.source, question), sources.source)
        if verified.claims:
            opening = words.sure if ranking.confidence >= SURE_AT else words.unsure
            message, highlights = _listed(opening, verified.claims)
            return said(
                Status.ANSWERED,
                message,
                ranking,
                claims=verified.claims,
                highlights=highlights,
            )
    near = ranking.confidence >= OFF_TOPIC_BELOW
    return said(
        Status.NOT_IN_SOURCES,
        words.not_in_sources if near else words.off_topic,
        ranking,
        closest=_checked(closest_quote(ranking, sources.source), sources.source),
        suggestion=sources.suggest(question.text, question.language),
    )


def _listed(opening: str, claims: Sequence[Claim]) -> tuple[str, tuple[Span, ...]]:
    """List claims below a line that opens them, and say where in all that their highlights are."""
    text, marker, highlights = opening, 0, list[Span]()
    for claim in claims:
        markers = range(marker + 1, marker + 1 + len(claim.quotes))
        marker += len(claim.quotes)
        line = quoted(claim.text)
        start = len(text) + 1 + line.index(claim.text)
        text += f"\n{line} {''.join(f'[{number}]' for number in markers)}"
        quote = claim.quotes[0]
        if quote.text == claim.text:
            shift = start - quote.start
            highlights += [Span(s.start + shift, s.end + shift) for s in quote.highlights]
    return text, tuple(highlights)


def _checked(quote: Quote | None, source: Callable[[str], Source]) -> Quote | None:
    """Pass a refusal's quote through the same gate."""
    if quote is None:
        return None
    claims = verify((Claim(quote.text, (quote,)),), source).claims
    return claims[0].quotes[0] if claims else None
