"""Question to Answer. Start reading here.

A question is read (:mod:`retrieval.question`) and, where it leans on the one before, completed
(:mod:`retrieval.follow_up`); what might answer it is found and ranked
(:mod:`retrieval.retriever`), the best sentences are quoted (:mod:`retrieval.quoting`), every claim
passes the gate (:mod:`retrieval.verification`), and the words around the quotes are put in the
question's language (:mod:`retrieval.wording`). What the sources don't say becomes a refusal.
What is no question at all is told apart before (:mod:`retrieval.conversing`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import log
from typing import Protocol

from retrieval.disagreement import find_dispute
from retrieval.follow_up import FollowUp, complete
from retrieval.listing import listed
from retrieval.question import Question, parse
from retrieval.quoting import closest_quote, quote_best
from retrieval.reasons import Refusal
from retrieval.retriever import Ranking, is_shown
from retrieval.speakers import of_whom_asked
from retrieval.subjects import has_all_words, is_about
from retrieval.types import Answer, Claim, Language, Passage, Quote, Source, Span, Status, Turn
from retrieval.verification import verify
from retrieval.wording import wording

ANSWER_AT = 0.22
"""The probability from which a quote is given: that the sources speak of what is asked, and that it
answers. A missing answer costs three and a half times what a wrong quote does, which a reader sees
for what it is, with its source: 0.22 = 1 / (1 + 3.5)."""

WORTH_ADDING = 0.15
"""The confidence from which a sentence stands beside one that was quoted just before."""

SURE_AT = 0.5
"""Below this, an answer says that it isn't sure."""

ON_TOPIC_AT = 0.5
"""The probability of that first part from which a refusal says that just the answer is missing."""

CLEARLY_OFF_TOPIC = 0.2
"""The probability below which nobody has to look closer, not even a model: 99 % of the off-topic
questions we measure with are below it."""

_TO_WRITE_FROM = 6  # passages: more distract a model, and cost


class Search(Protocol):
    """Ranks sentences for a question, without those that were shown already."""

    def __call__(self, question: Question, shown: Sequence[str] = ()) -> Ranking:
        """Search."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What answers: a search and the texts it searched, all of one generation.

    ``suggest`` gives a question that the sources do answer, near the one asked, or ""; ``offer``
    a few that they answer well. ``titles`` are those of all of them; ``written`` gives a folded
    word as they write it, "" where they don't have it.
    """

    generation: str
    search: Search
    source: Callable[[str], Source]
    suggest: Callable[[str, Language], str]
    offer: Callable[[Language], Sequence[str]] = lambda _: ()
    titles: Callable[[], Sequence[str]] = lambda: ()
    written: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer in the sources' own words, and what another may be written from.

    ``passages`` are the likeliest to answer, best first, and ``sources`` the documents they stand
    in, all of one generation; ``ranking`` is of what was found for the question as it was searched.
    ``notes`` are what the answer says after each of its claims, if it does.
    There are none where there is nothing to write about: no question, nothing on its topic, no
    sources.
    """

    answer: Answer
    passages: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()
    ranking: Ranking = field(default_factory=Ranking)
    notes: Sequence[str] = ()

    def source(self, id_: str) -> Source | None:
        """Give one of the documents."""
        return next((source for source in self.sources if source.id == id_), None)

    def title(self, id_: str) -> str:
        """Give the title of one of the documents, "" if it isn't one."""
        source = self.source(id_)
        return source.title if source else ""


def answer(
    text: str,
    sources: Sources | None,
    language: Language | None = None,
    history: Sequence[Turn] = (),
) -> Answer:
    """Answer a question, or refuse, in the sources' own words: :func:`find` without the rest."""
    return find(text, sources, language, history).answer


def find(
    text: str,
    sources: Sources | None,
    language: Language | None = None,
    history: Sequence[Turn] = (),
) -> Found:
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
        highlights: tuple[Span, ...] = (),
        refusal: Refusal | None = None,
        disagreement: tuple[int, ...] = (),
    ) -> Found:
        given = Answer(
            question=text,
            language=question.language,
            status=status,
            text=message,
            confidence=ranking.confidence if ranking else 0.0,
            claims=claims,
            closest=closest,
            suggestion=suggestion,
            ranked=_places(ranking, sources) if ranking and sources else (),
            generation=sources.generation if sources else "",
            ms=(time.perf_counter() - begun) * 1e3,
            refusal=refusal,
            searched=searched,
            follows=follow_up.follows if follow_up and searched else "",
            highlights=highlights,
            disagreement=disagreement,
        )
        return _with_material(given, ranking, sources)

    if sources is None:
        return said(Status.NO_SOURCES, words.no_sources)

    def unanswerable(message: str, refusal: Refusal | None) -> Found:
        suggestion = sources.suggest(question.text, question.language) if sources else ""
        return said(Status.NOT_IN_SOURCES, message, suggestion=suggestion, refusal=refusal)

    if not (question.says_something or follow_up):
        return unanswerable(words.unclear, Refusal.NONSENSE)
    ranking, asked = _search(question, follow_up, sources)
    ranking = of_whom_asked(ranking, asked, sources.written)
    searched = follow_up.text if follow_up and asked is not question else ""
    # What goes on from an answer is about what the sources were found to speak of, and so is what
    # has every word of a question.
    is_spoken_of = follow_up.shown if follow_up else has_all_words(ranking, asked)
    on_topic = 1.0 if is_spoken_of else ranking.on_topic
    if ranking.confidence * on_topic >= ANSWER_AT:
        verified = verify(quote_best(ranking, sources.source, asked), sources.source)
        if verified.claims:
            sure = ranking.confidence >= SURE_AT
            opening = words.sure if sure else words.unsure
            best = verified.claims[:1] if sure else ()  # what isn't sure contradicts nobody
            dispute = find_dispute(asked, best, ranking, sources.source)
            claims = dispute.claims() or verified.claims
            opening, notes = dispute.opening(words) or opening, dispute.notes(words)
            message, marked = listed(opening, claims, question.language, notes)
            found = said(
                Status.ANSWERED,
                message,
                ranking,
                claims=claims,
                highlights=marked if sure else (),
                disagreement=dispute.numbers(),
            )
            return replace(found, notes=notes)
    refusal = _refusal(asked, ranking)
    if refusal is Refusal.NONSENSE:
        return unanswerable(words.unclear, refusal)
    message = words.not_in_sources if refusal is Refusal.NEAR_MISS else words.off_topic
    suggestion = sources.suggest(asked.text, question.language)
    if searched and follow_up and follow_up.asks_for_more and follow_up.shown:
        message, refusal, suggestion = words.nothing_more, Refusal.NEAR_MISS, ""
    return said(
        Status.NOT_IN_SOURCES,
        message,
        ranking,
        closest=checked(closest_quote(ranking, sources.source), sources.source),
        suggestion=suggestion,
        refusal=refusal,
    )


def _with_material(given: Answer, ranking: Ranking | None, sources: Sources | None) -> Found:
    """Add the passages that an answer may be written from, unless that is idle."""
    if sources is None or ranking is None or ranking.on_topic < CLEARLY_OFF_TOPIC:
        return Found(given)
    passages = tuple(passage for passage, _ in ranking.passages()[:_TO_WRITE_FROM])
    ids = dict.fromkeys(passage.source for passage in passages)
    return Found(given, passages, tuple(sources.source(id_) for id_ in ids), ranking)


def _refusal(question: Question, ranking: Ranking) -> Refusal:
    """Tell why nothing answers: there are no words in it, no subject, or just not the answer."""
    if ranking.on_topic >= ON_TOPIC_AT:
        return Refusal.NEAR_MISS
    return Refusal.OFF_TOPIC if question.has_known_words else Refusal.NONSENSE


def _search(
    question: Question, follow_up: FollowUp | None, sources: Sources
) -> tuple[Ranking, Question]:
    """Search for a question, completed where that is how it was meant; says what was looked for.

    Where its form doesn't tell, what the sources answer better is what was meant.
    """
    alone = None
    if not (follow_up and follow_up.certain):
        alone = sources.search(question)
        if follow_up is None or alone.confidence >= SURE_AT:
            return alone, question
    complete_question = parse(follow_up.text, question.language)
    completed = _search_completed(complete_question, follow_up, sources)
    first = completed.sentences[0].passage.source if completed.sentences else ""
    title = sources.source(first).title if first else ""
    if not is_about(completed, follow_up.subject, question.language, title):
        completed = replace(completed, confidence=0.0, on_topic=0.0)
    # What may stand alone goes on from what was asked before where that is surely answered.
    if alone and completed.confidence < max(alone.confidence, SURE_AT):
        return alone, question
    return completed, complete_question


def _search_completed(question: Question, follow_up: FollowUp, sources: Sources) -> Ranking:
    """Leave out what was shown if others are asked for; else don't let it hide what wasn't.

    A completed question has the words of the one before in it, and so the sentences that answered
    that one are found first. Often the answer is beside them, and it is the best of the rest.
    """
    if follow_up.asks_for_more:
        return sources.search(question, follow_up.shown)
    ranking = sources.search(question)
    if not ranking.sentences or not is_shown(ranking.sentences[0].text, follow_up.shown):
        return ranking
    rest = sources.search(question, follow_up.shown)
    if rest.confidence < WORTH_ADDING:
        return ranking
    either = -log(2)
    known = replace(ranking.sentences[0], score=either)
    new, *others = (replace(s, score=s.score + either) for s in rest.sentences)
    # What goes on from a known sentence may bring it along: then it is quoted once, with both.
    goes_on = (new.passage, new.index) == (known.passage, known.index + 1)
    first = (new, known) if goes_on else (known, new)
    confidence = max(ranking.confidence, rest.confidence)
    return Ranking((*first, *others), confidence, ranking.on_topic)


def checked(quote: Quote | None, source: Callable[[str], Source]) -> Quote | None:
    """Pass a refusal's quote through the same gate."""
    if quote is None:
        return None
    claims = verify((Claim(quote.text, (quote,)),), source).claims
    return claims[0].quotes[0] if claims else None


def _places(ranking: Ranking, sources: Sources) -> tuple[str, ...]:
    """List the sources found, best first, each with those that say the same."""
    found = ranking.sources()
    return tuple(
        place for name in found for place in (name, *(t.id for t in sources.source(name).also))
    )
