"""Whose words are asked for: «Che cosa ha detto Hayashi?» isn't answered by another's. Pure.

Ranking goes by what a passage is about, and whoever is named beside a speaker is there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from retrieval.question import Question, parse
from retrieval.retriever import RankedSentence, Ranking
from retrieval.verification.attribution import reports, speaks
from retrieval.verification.concepts import is_content
from retrieval.verification.names import names
from retrieval.verification.prose import read
from retrieval.words import fold, split

_ASKED = re.compile(
    r"\W*(?:(?:e|ed|ma|and|but)\s+)?(?:"
    r"(?:che\s+cosa|cosa|che)\s+(?:(?:ha|hanno|aveva|avevano|avrebbe)\s+)?"
    r"(?:dett[oaie]|dic[eo]no|dice|disse(?:ro)?|affermato|dichiarato|sostenuto|sostiene|afferma"
    r"|dichiara|risposto|scritto|pensa|pensano|aggiunto|commentato)\b"
    r"|what\s+(?:did|does|do|has|have|had)\s+(?=.{2,60}?\s"
    r"(?:say|said|state|claim|declare|think|answer|reply|write|add)\b))",
    re.IGNORECASE,
)

_NEVER = -30.0  # log odds
_SAYING = frozenset("say said state claim declare think answer reply write add".split())


def of_whom_asked(ranking: Ranking, question: Question, written: Callable[[str], str]) -> Ranking:
    """Put last what others say, as what answers never, where a question asks what somebody says.

    Where it asks no more than that, what reports nothing does so, too. ``written`` gives a word
    as the sources write it, "" where they don't have it: nobody of another name is looked for.
    """
    asked = _ASKED.match(question.text)
    if asked is None:
        return ranking
    prose = read(question.text)
    named = [prose.tokens[n] for name in names(prose) for n in range(name.first, name.last + 1)]
    who = {token.folded for token in named if written(token.folded)}
    if not who:
        return ranking
    rest = {term.folded for term in parse(question.text[asked.end() :]).terms}
    asks_more = any(is_content(word) for word in rest - who - _SAYING)
    kept, others = list[RankedSentence](), list[RankedSentence]()
    for sentence in ranking.sentences:
        may_be = _may_be_of(sentence, who, any_report=not asks_more)
        (kept if may_be else others).append(sentence)
    if not kept:
        return Ranking(ranking.sentences, 0.0, ranking.on_topic)
    first = kept[0]
    kept = [replace(sentence, score=sentence.score - first.score) for sentence in kept]
    last = min(kept[-1].score, _NEVER)
    others = [replace(sentence, score=last + sentence.score) for sentence in others]
    return Ranking((*kept, *others), ranking.probability(first), ranking.on_topic)


def _may_be_of(sentence: RankedSentence, who: set[str], *, any_report: bool) -> bool:
    """Tell whether a sentence may be what somebody says; with ``any_report``, it has to be one."""
    is_named = not who.isdisjoint(map(fold, split(sentence.text)))
    prose = read(sentence.text)
    said = [report for report in reports(prose) if report.is_sure]
    if not is_named and any(report.speakers for report in said):
        return False
    return not any_report or bool(said) or (is_named and (speaks(prose) or _goes_on(sentence)))


def _goes_on(sentence: RankedSentence) -> bool:
    """Tell whether the next sentence tells what the one who is named in this says."""
    if sentence.index + 1 >= len(sentence.passage.sentences):
        return False
    said = reports(read(sentence.passage.sentence_text(sentence.index + 1)))
    sure = [report for report in said if report.is_sure]
    return bool(sure) and not any(report.speakers for report in sure)
