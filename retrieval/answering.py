"""Question to Answer. Start reading here.

A question is read (:mod:`retrieval.question`) and, where it leans on the one before, completed
(:mod:`retrieval.follow_up`); what might answer it is found and ranked
(:mod:`retrieval.retriever`), the best sentences are quoted (:mod:`retrieval.quoting`), every claim
passes the gate (:mod:`retrieval.verification`), and the words around the quotes are put in the
question's language (:mod:`retrieval.wording`). What the sources don't say becomes a refusal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp

from retrieval.follow_up import FollowUp, complete
from retrieval.question import Question, parse
from retrieval.quoting import closest_quote, quote_best
from retrieval.retriever import Ranking
from retrieval.types import Answer, Claim, Language, Quote, Source, Status, Turn
from retrieval.verification import verify
from retrieval.wording import quoted, wording

ANSWER_AT = 0.2
"""The confidence from which a quote is given. A reader sees a wrong quote for what it is, with its
source, so it costs a quarter of what a missing answer does, and 0.2 = 1 / (1 + 4)."""

WORTH_ADDING = -2.0
"""The log odds from which a sentence stands beside one that was quoted just before."""

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


def answer(
    text: str,
    sources: Sources | None,
    language: Language | None = None,
    history: Sequence[Turn] = (),
) -> Answer:
    """Answer a question, or refuse. Any text is a question; none raises an error.

    ``language`` is the asker's, for questions whose words don't tell. ``history`` is what the same
    asker asked before in this conversation, oldest first.
    """
    begun = time.perf_counter()
    question = parse(text, language)
    words = wording(question.language)
    follow_up = complete(question, history)
    searched = ""

    def said(
        status: Status,
        message: str,
        ranking: Ranking | None = None,
        *,
        claims: tuple[Claim, ...] = (),
        closest: Quote | None = None,
        suggestion: str = "",
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
            searched=searched,
        )

    if sources is None:
        return said(Status.NO_SOURCES, words.no_sources)
    if question.is_greeting or not (question.says_something or follow_up):
        message = words.greeting if question.is_greeting else words.unclear
        suggestion = sources.suggest(question.text, question.language)
        return said(Status.NOT_IN_SOURCES, message, suggestion=suggestion)
    ranking, searched = _search(question, follow_up, sources)
    if ranking.confidence >= ANSWER_AT:
        verified = verify(quote_best(ranking, sources.source), sources.source)
        if verified.claims:
            opening = words.sure if ranking.confidence >= SURE_AT else words.unsure
            message = f"{opening}\n{_listed(verified.claims)}"
            return said(Status.ANSWERED, message, ranking, claims=verified.claims)
    if searched and follow_up and follow_up.asks_for_more and follow_up.shown:
        closest = _checked(closest_quote(ranking, sources.source), sources.source)
        return said(Status.NOT_IN_SOURCES, words.nothing_more, ranking, closest=closest)
    near = ranking.confidence >= OFF_TOPIC_BELOW
    return said(
        Status.NOT_IN_SOURCES,
        words.not_in_sources if near else words.off_topic,
        ranking,
        closest=_checked(closest_quote(ranking, sources.source), sources.source),
        suggestion=sources.suggest(searched or question.text, question.language),
    )


def _search(
    question: Question, follow_up: FollowUp | None, sources: Sources
) -> tuple[Ranking, str]:
    """Search for a question, completed where that is how it was meant; says what it looked for.

    Where its form doesn't tell, what the sources answer better is what was meant.
    """
    alone = None
    if not (follow_up and follow_up.certain):
        alone = sources.search(question)
        if follow_up is None or alone.confidence >= SURE_AT:
            return alone, ""
    completed = sources.search(parse(follow_up.text, question.language))
    completed = _reconsidered(completed, follow_up)
    if alone and alone.confidence >= completed.confidence:
        return alone, ""
    return completed, follow_up.text


def _reconsidered(ranking: Ranking, follow_up: FollowUp) -> Ranking:
    """Leave out what was shown if others are asked for; else don't let it hide what wasn't.

    A completed question has the words of the one before in it, and so the sentences that answered
    that one are found first. Often the answer is beside them, and it is the best of the rest.
    """
    shown = [sentence for sentence in ranking.sentences if _is_in(sentence.text, follow_up.shown)]
    rest = tuple(sentence for sentence in ranking.sentences if sentence not in shown)
    if not shown or rest[:1] == ranking.sentences[:1]:
        return Ranking(rest, ranking.confidence) if follow_up.asks_for_more else ranking
    if follow_up.asks_for_more:
        confidence = 1 / (1 + exp(-rest[0].score)) if rest else 0.0
        return Ranking(rest, min(confidence, ranking.confidence))
    if not rest or rest[0].score < WORTH_ADDING:
        return ranking
    known, new = replace(shown[0], score=rest[0].score), rest[0]
    # What goes on from a known sentence may bring it along: then it is quoted once, with both.
    goes_on = (new.passage, new.index) == (known.passage, known.index + 1)
    first = (new, known) if goes_on else (known, new)
    return Ranking((*first, *rest[1:]), ranking.confidence)


def _is_in(sentence: str, shown: Sequence[str]) -> bool:
    return any(sentence in quote or quote in sentence for quote in shown)


def _listed(claims: Sequence[Claim]) -> str:
    lines, marker = [], 0
    for claim in claims:
        markers = range(marker + 1, marker + 1 + len(claim.quotes))
        marker += len(claim.quotes)
        lines.append(f"{quoted(claim.text)} {''.join(f'[{number}]' for number in markers)}")
    return "\n".join(lines)


def _checked(quote: Quote | None, source: Callable[[str], Source]) -> Quote | None:
    """Pass a refusal's quote through the same gate."""
    if quote is None:
        return None
    claims = verify((Claim(quote.text, (quote,)),), source).claims
    return claims[0].quotes[0] if claims else None
