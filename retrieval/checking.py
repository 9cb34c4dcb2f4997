"""Whether the sources say what somebody else claims: yes, otherwise, or not at all.

Each sentence of the claim is searched for, and what is found compared with it by the checks that a
model's claims pass (:mod:`retrieval.verification.support`). Nothing is said of what is true: only
what the sources say, in their words.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from retrieval.answering import ON_TOPIC_AT, Sources, checked
from retrieval.disagreement import around_of, is_same_source
from retrieval.extent import extent
from retrieval.listing import listed
from retrieval.question import LONGEST, parse
from retrieval.quoting import closest_quote
from retrieval.reasons import Refusal, Verdict
from retrieval.retriever import RankedSentence, Ranking
from retrieval.sentences import split_sentences
from retrieval.types import Answer, Claim, Language, Quote, Source, Span, Status
from retrieval.verification import verify
from retrieval.verification.differing import differs
from retrieval.verification.disagreeing import disputes
from retrieval.verification.prose import read
from retrieval.verification.saying import says_all
from retrieval.verification.segments import segments
from retrieval.verification.support import Mismatch, mismatch
from retrieval.verification.turns import Saying
from retrieval.wording import wording

_MOST = 4  # sentences of a claim that are looked up
_CANDIDATES = 12  # sentences of the sources that each is compared with
_JOINS = re.compile(r"(?:e|ed|ma|mentre|and|but|while)\s+", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Finding:
    """What came of one sentence of a claim; ``against`` is of a source that disputes it."""

    verdict: Verdict
    quote: Quote | None
    ranking: Ranking
    against: Quote | None = None


def check(text: str, sources: Sources | None, language: Language | None = None) -> Answer:
    """Compare a claim with the sources; any text will do. ``language`` is that of the answer."""
    begun = time.perf_counter()
    tongue = language or parse(text).language
    words = wording(tongue)

    def said(
        status: Status,
        message: str,
        findings: tuple[_Finding, ...] = (),
        *,
        claims: tuple[Claim, ...] = (),
        closest: Quote | None = None,
        refusal: Refusal | None = None,
        verdict: Verdict | None = None,
    ) -> Answer:
        best = max((f.ranking for f in findings), key=lambda r: r.confidence, default=Ranking())
        return Answer(
            question=text,
            language=tongue,
            status=status,
            text=message,
            confidence=best.confidence,
            claims=claims,
            closest=closest,
            ranked=best.sources(),
            generation=sources.generation if sources else "",
            ms=(time.perf_counter() - begun) * 1e3,
            refusal=refusal,
            verdict=verdict,
        )

    if sources is None:
        return said(Status.NO_SOURCES, words.no_sources)
    sentences = tuple(_sentences(text[:LONGEST]))
    if not sentences:
        return said(Status.NOT_IN_SOURCES, words.nothing_claimed, refusal=Refusal.NONSENSE)
    findings = tuple(
        _disputed(sentence, _find(sentence, sources, tongue), sources, tongue)
        for sentence in sentences[:_MOST]
    )
    verdict = _together(findings, all_of_it=len(sentences) <= _MOST)
    order = (Verdict.OTHERWISE, Verdict.DISPUTED, Verdict.SAID, Verdict.REPORTED)
    shown = [finding for kind in order for finding in findings if finding.verdict is kind]
    quotes = dict.fromkeys(q for f in shown for q in (f.quote, f.against) if q)
    claims = verify(tuple(Claim(q.text, (q,)) for q in quotes), sources.source).claims
    if claims:
        opening = {
            Verdict.SAID: words.said,
            Verdict.REPORTED: words.reported,
            Verdict.PARTLY: words.partly_said,
            Verdict.OTHERWISE: words.said_otherwise,
            Verdict.DISPUTED: words.disputed,
        }[verdict]
        message, _ = listed(opening, claims, tongue)
        status = Status.PARTIAL if verdict is Verdict.PARTLY else Status.ANSWERED
        return said(status, message, findings, claims=claims, verdict=verdict)
    nearest = max(findings, key=lambda finding: finding.ranking.on_topic).ranking
    near = nearest.on_topic >= ON_TOPIC_AT
    return said(
        Status.NOT_IN_SOURCES,
        words.not_said if near else words.off_topic,
        findings,
        closest=checked(closest_quote(nearest, sources.source), sources.source) if near else None,
        refusal=Refusal.NEAR_MISS if near else Refusal.OFF_TOPIC,
        verdict=Verdict.UNSAID,
    )


def _sentences(text: str) -> Iterator[str]:
    """Yield what is claimed, sentence by sentence: neither questions nor what is no words."""
    for line in _PARAGRAPH.finditer(text):
        for span in split_sentences(text, line.start(), line.end()):
            sentence = text[span.start : span.end]
            if not sentence.rstrip("\"'»” )").endswith("?") and parse(sentence).says_something:
                yield from _facts_in(sentence)


def _facts_in(sentence: str) -> Iterator[str]:
    """Yield a sentence, or the halves of one that says two things of two: each may be true."""
    prose = read(sentence)
    parts = segments(prose)
    if not all(part.is_own and part.verb < part.end for part in parts) or len(parts) < 2:
        yield sentence
        return
    for part in parts:
        half = sentence[prose.tokens[part.start].start : prose.tokens[part.end - 1].end]
        joins = _JOINS.match(half)  # at its beginning alone: «il ponte non» ends in an «e», too
        yield half[joins.end() :] if joins else half


def _together(findings: tuple[_Finding, ...], *, all_of_it: bool) -> Verdict:
    verdicts = {finding.verdict for finding in findings}
    for kind in (Verdict.OTHERWISE, Verdict.DISPUTED):
        if kind in verdicts:
            return kind
    found = verdicts & {Verdict.SAID, Verdict.REPORTED}
    if not found:
        return Verdict.UNSAID
    if found == verdicts and all_of_it:
        return Verdict.REPORTED if Verdict.REPORTED in found else Verdict.SAID
    return Verdict.PARTLY


def _find(claim: str, sources: Sources, language: Language) -> _Finding:
    """Look for the sentence that says what one claims; else for one that says otherwise."""
    ranking = sources.search(parse(claim, language))
    otherwise: Quote | None = None
    reported: Quote | None = None
    unclear = False
    for candidate in ranking.sentences[:_CANDIDATES]:
        source = sources.source(candidate.passage.source)
        around = f"{source.title}\n{source.text}"
        topic = f"{source.title}.\n{candidate.passage.heading}."
        ahead = _ahead(candidate, source)
        sentence = _text(source, candidate.span)
        # Last, as the others are quick to tell what is too long to be looked at.
        in_full = cache(partial(says_all, claim, sentence, ahead, around, source.title))
        for span in dict.fromkeys((candidate.span, _whole(candidate, source))):
            evidence = _text(source, span)
            wrong = mismatch(claim, evidence, around, topic, language)
            if wrong is None and in_full():
                return _Finding(Verdict.SAID, _quote(candidate, source), ranking)
            if wrong is Mismatch.ATTRIBUTION:
                wrong = mismatch(claim, evidence, around, topic, language, may_report=True)
                if wrong is None and reported is None and in_full():
                    reported = _quote(candidate, source)
            if wrong is None:
                continue  # not all of it is there, and nothing else is
            # Where all its words are, who means what by them is more than we can tell.
            unclear |= wrong in (Mismatch.CONTRADICTION, Mismatch.SWAP) and in_full()
            if otherwise is None and differs(wrong, claim, evidence, around, ahead):
                otherwise = _quote(candidate, source)
    if reported:
        return _Finding(Verdict.REPORTED, reported, ranking)
    if otherwise and not unclear:
        return _Finding(Verdict.OTHERWISE, otherwise, ranking)
    return _Finding(Verdict.UNSAID, None, ranking)


def _text(source: Source, span: Span) -> str:
    return source.text[span.start : span.end]


def _ahead(candidate: RankedSentence, source: Source) -> str:
    """Give the sentence ahead of one in its passage, which it may go on from."""
    sentences = candidate.passage.sentences
    start = sentences[max(candidate.index - 1, 0)].start
    return source.text[start : candidate.span.start]


def _disputed(claim: str, found: _Finding, sources: Sources, language: Language) -> _Finding:
    """Look for another source with another figure or date, where one says it or reports it."""
    if found.quote is None or found.verdict is Verdict.OTHERWISE:
        return found
    for candidate in found.ranking.sentences[:_CANDIDATES]:
        source = sources.source(candidate.passage.source)
        if is_same_source(found.quote, source):
            continue
        around = around_of(source.title, candidate.passage, candidate.passage.text)
        if disputes(claim, language, Saying(candidate.text, around)):
            against = _quote(candidate, source)
            return replace(found, verdict=Verdict.DISPUTED, against=against)
    return found


def _whole(candidate: RankedSentence, source: Source) -> Span:
    return extent(source.text, candidate.passage, candidate.index)


def _quote(candidate: RankedSentence, source: Source) -> Quote:
    return Quote.of(source, _whole(candidate, source), candidate.passage)
