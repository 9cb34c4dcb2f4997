"""Quotes to choose from, for somebody who sends one on: more of them, and no words around."""

from __future__ import annotations

from retrieval.answering import ANSWER_AT, Sources
from retrieval.question import parse
from retrieval.quoting import quote_best
from retrieval.types import Language, Quote
from retrieval.verification import verify

_MOST = 5


def offer(text: str, sources: Sources, language: Language | None = None) -> tuple[Quote, ...]:
    """Give up to five quotes that may answer, best first; none where an answer would refuse."""
    question = parse(text, language)
    if question.talk or not question.says_something:
        return ()
    ranking = sources.search(question)
    if ranking.confidence * ranking.on_topic < ANSWER_AT:
        return ()
    claims = quote_best(ranking, sources.source, question, most=_MOST, enough=1.0)
    return tuple(quote for claim in verify(claims, sources.source).claims for quote in claim.quotes)
