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

_HELPING = frozenset("do does did will would can could".split())
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


def thing_asked_of(main: str, language: Language) -> tuple[int, int] | None:
    """Give the place of the only thing or name that a question asks something of.

    «il menu fisso» in «Quanto costa il menu fisso», «il sindaco» in «Che cosa ha detto il sindaco».
    """
    read = clause(main, language)
    # In English what it does stands behind it: “How much does the fixed menu cost”.
    helped = not _HELPING.isdisjoint(word.folded for word in read.words)
    found = list[tuple[int, int]]()
    last = -1
    for n in read.content[:-1] if helped else read.content:
        phrase = read.phrase(n, n + 1, is_name=read.is_name(n))
        if found and last == n - 1:
            found[-1] = found[-1][0], phrase.end  # «fisso», and the «NATO» of a «vertice NATO»
            last = n
        elif phrase.preposition or read.base(n - 1):
            last = -1
        elif phrase.has_article or phrase.is_name:
            found.append((phrase.start, phrase.end))
            last = n
    return found[0] if len(found) == 1 else None


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


def has_all_words(found: Ranking, question: Question) -> bool:
    """Tell whether the sentence found best has every word that a question says something with."""
    asked = [term for term in question.terms if not term.is_function_word]
    if all(term.names_answer for term in asked) or not found.sentences:
        return False
    said = words(found.sentences[0].text)
    stems = {stem(word.text, question.language) for word in said}
    return all(not stems.isdisjoint(term.stems) for term in asked)
