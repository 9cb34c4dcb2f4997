"""What a conversation is about: what a follow-up may go on from, and what is about the same. Pure.

A completed question has few words of its subject beside those that ask: «Quanto costa?» after a
question that nothing answered would be answered by whatever has a price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.grammar import clause
from retrieval.question import Question, parse
from retrieval.words import detect_language, stem, words

if TYPE_CHECKING:
    from retrieval.retriever import Ranking
    from retrieval.types import Language, Turn

_SPOKEN_OF = 0.5  # the probability that takes the place of shared words in another language


def may_be_gone_on_from(turn: Turn) -> bool:
    """Tell a question, or what somebody wrote, from a remark that found no answer."""
    if turn.quotes or turn.is_quoted or turn.question.rstrip().endswith("?"):
        return True
    return clause(turn.question, parse(turn.question).language).asking is not None


def lent(text: str, question: Question) -> frozenset[str]:
    """Give the stems of the words that a question was completed with to ``text``."""
    said, own = (
        {stem for term in asked.terms if not term.is_function_word for stem in term.stems}
        for asked in (parse(text), question)
    )
    return frozenset(said - own)


def is_about(found: Ranking, subject: frozenset[str], language: Language, title: str) -> bool:
    """Tell whether what was found best has a word of a subject; without one, anything has.

    ``language`` is that of the question, ``title`` that of the source.
    """
    if not subject or not found.sentences:
        return True
    passage = found.sentences[0].passage
    spoken = detect_language(passage.text, default=language)
    said = words(f"{title}\n{passage.heading}\n{passage.text}")
    if not subject.isdisjoint(stem(word.text, spoken) for word in said):
        return True
    return spoken != language and found.on_topic >= _SPOKEN_OF
