"""The gate for claims that a model wrote. Pure.

A claim passes as it is written if its quotes stand in the passages it was shown and say what it
says (:mod:`retrieval.verification.support`). Where the quotes stand but don't say it, the source's
own words take the claim's place; where nothing stands, nothing is said. Each claim is judged alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.proposals import Citation, Proposal
from retrieval.types import Claim, Language, Passage, Quote, Source, Span
from retrieval.verification.outcomes import Judgement, Outcome, Reason, Verified, together
from retrieval.verification.quotes import (
    find,
    is_fragment,
    locate,
    plain,
    resembling,
    sentences,
    whole,
    with_sentences,
)
from retrieval.verification.support import LACKING, mismatch

LONGEST = 1_000
"""Characters of a claim. Nobody reads a longer one."""

_MARKER = re.compile(r"\s*(?:\[\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*\]|【[^】]*】|\[\d{0,3}$)")
_LINK = re.compile(
    r"(?:https?|ftp|tg|mailto|javascript|data):/{0,2}\S+|www\.\S+|\S+@\S+\.\S+|\b\w+(?:\.\w+)+/\S*|@[A-Za-z]\w{3,}"
    r"|\b[\w-]{2,}(?:\.[\w-]+)*\.(?:[a-z]{2,}|(?i:com|org|net|info|it|eu|io|me|co|uk|ru|ai|app|xyz))\b"
    r"(?:/\S*)?",
)
_TRAILING = ".,;:!?)»”\"'"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote stands: in which passage, with its sentences, of which source."""

    passage: Passage
    parted: Passage
    source: Source
    span: Span

    def text(self, span: Span) -> str:
        return self.source.text[span.start : span.end]

    def quote(self, span: Span) -> Quote:
        return Quote.of(self.source, span, self.passage)

    @property
    def sentences(self) -> Span:
        return sentences(self.span, self.parted)

    @property
    def whole(self) -> Span:
        """What is understood by itself, at the first place in the passage that reads so."""
        return _whole(self)


@lru_cache(maxsize=200)
def _whole(place: _Place) -> Span:
    text, passage = place.source.text, place.parted
    span = whole(place.span, text, passage)
    for _ in range(4):
        first = find(place.text(span), text, passage.start, passage.end)
        if first is None or Span(*first) == span:
            break
        span = whole(Span(*first), text, passage)
    return span


def verify_proposals(
    proposals: Sequence[Proposal],
    passages: Sequence[Passage],
    source: Callable[[str], Source | None],
    language: Language = "it",
) -> Verified:
    """Judge claims that a model wrote from numbered ``passages``; say each that passes once.

    ``source`` gives a source by its id, or None. The order of the proposals changes nothing but
    the order of the claims.
    """
    return together(judge(proposal, passages, source, language) for proposal in proposals)


def judge(
    proposal: Proposal,
    passages: Sequence[Passage],
    source: Callable[[str], Source | None],
    language: Language = "it",
) -> Judgement:
    """Judge one claim, as :func:`verify_proposals` judges each of many."""
    reasons: list[Reason] = []
    places = tuple(_places(proposal, passages, source, reasons))
    text = " ".join(proposal.text.split())
    for place in places:
        whole = find(text, place.source.text, place.passage.start, place.passage.end)
        if whole is not None and Span(*whole) == place.whole:
            return _own_words(place, proposal, reasons)
    text = " ".join(_MARKER.sub("", text).split())
    worthless = _worthless(text, places)
    if worthless:
        return Judgement(Outcome.DROPPED, None, (*reasons, worthless))
    if len(text) > LONGEST:
        return _mended(places, text, (*reasons, Reason.TOO_LONG))
    if Reason.QUOTE_ALTERED in reasons:
        return _mended(places, text, tuple(reasons))
    return _checked(text, places, reasons, language)


def _worthless(text: str, places: tuple[_Place, ...]) -> Reason | None:
    """Say why nothing can be made of a claim, if so."""
    if not any(c.isalnum() for c in text):
        return Reason.EMPTY
    if not places:
        return Reason.NO_QUOTE
    return None if _links_are_known(text, places) else Reason.FOREIGN_LINK


def _checked(
    text: str, places: tuple[_Place, ...], reasons: list[Reason], language: Language
) -> Judgement:
    around = "\n".join(dict.fromkeys(f"{p.source.title}\n{p.source.text}" for p in places))
    topic = "\n".join(dict.fromkeys(f"{p.source.title}.\n{p.passage.heading}." for p in places))
    as_quoted = tuple(place.span for place in places)
    as_sentences = tuple(place.sentences for place in places)
    first: Reason | None = None
    for reach in ("sentences", "whole"):
        spans = as_sentences if reach == "sentences" else tuple(place.whole for place in places)
        evidence = "\n".join(p.text(s) for p, s in zip(places, spans, strict=True))
        wrong = mismatch(text, evidence, around, topic, language)
        if wrong is None:
            quoted = "\n".join(p.text(s) for p, s in zip(places, as_quoted, strict=True))
            enough = (
                spans == as_sentences and mismatch(text, quoted, around, topic, language) is None
            )
            fragment = any(is_fragment(p.span, p.source.text) for p in places)
            shown = as_quoted if enough and not fragment else spans
            return _kept(text, places, shown, reasons, changed=shown != as_quoted)
        first = first or Reason(wrong.value)
        if wrong not in LACKING:
            break  # more of the source may add what is missing, not excuse what is wrong
    assert first is not None
    return _mended(places, text, (*reasons, first))


def _kept(
    text: str,
    places: tuple[_Place, ...],
    spans: tuple[Span, ...],
    reasons: list[Reason],
    *,
    changed: bool,
) -> Judgement:
    quotes = dict.fromkeys(p.quote(s) for p, s in zip(places, spans, strict=True))
    moved = {Reason.OTHER_PASSAGE, Reason.NO_SUCH_PASSAGE} & set(reasons)
    outcome = Outcome.QUOTE_MENDED if changed or reasons else Outcome.KEPT
    if moved and Reason.QUOTE_NOT_FOUND not in reasons:
        outcome = Outcome.CITATION_MENDED
    return Judgement(outcome, Claim(text, tuple(quotes)), tuple(reasons))


def _mended(places: tuple[_Place, ...], text: str, reasons: tuple[Reason, ...]) -> Judgement:
    """Let the source speak for itself: the quote that comes nearest to the claim."""
    said = set(plain(text).split())

    def near(place: _Place) -> tuple[int, int]:
        shared = len(said & set(plain(place.text(place.whole)).split()))
        return -shared, place.whole.start

    place = min(places, key=near)
    quote = place.quote(place.whole)
    return Judgement(Outcome.CLAIM_MENDED, Claim(quote.text, (quote,)), reasons)


def _own_words(place: _Place, proposal: Proposal, reasons: list[Reason]) -> Judgement:
    """Keep a claim that says what its quote says, word for word."""
    quote = place.quote(place.whole)
    kept = any(find(c.quote, quote.text) == (0, len(quote.text)) for c in proposal.citations)
    outcome = Outcome.KEPT if kept and not reasons else Outcome.QUOTE_MENDED
    return Judgement(outcome, Claim(quote.text, (quote,)), tuple(reasons))


def _places(
    proposal: Proposal,
    passages: Sequence[Passage],
    source: Callable[[str], Source | None],
    reasons: list[Reason],
) -> Iterator[_Place]:
    for citation in proposal.citations:
        cited = passages[citation.passage - 1] if 0 < citation.passage <= len(passages) else None
        found = _find(citation, cited, passages, source)
        if cited is None:
            reasons.append(Reason.NO_SUCH_PASSAGE)
        if found is None:
            reasons.append(Reason.QUOTE_NOT_FOUND)
            continue
        place, altered = found
        if cited is not None and place.passage is not cited:
            reasons.append(Reason.OTHER_PASSAGE)
        if altered:
            reasons.append(Reason.QUOTE_ALTERED)
        yield place


def _find(
    citation: Citation,
    cited: Passage | None,
    passages: Sequence[Passage],
    source: Callable[[str], Source | None],
) -> tuple[_Place, bool] | None:
    """Find a quote: in the passage cited, in the others, or as one that was altered."""
    usable = [
        (passage, text)
        for passage in dict.fromkeys((*([cited] if cited else ()), *passages))
        if (text := source(passage.source)) is not None
        and text.text[passage.start : passage.end] == passage.text
    ]
    for passage, origin in usable:
        span = locate(citation.quote, origin.text, passage)
        if span is None or (passage is not cited and len(citation.quote.split()) < 3):
            continue
        return _Place(passage, with_sentences(origin.text, passage), origin, span), False
    for passage, origin in usable:
        span = resembling(citation.quote, origin.text, passage)
        if span is not None:
            parted = with_sentences(origin.text, passage)
            return _Place(passage, parted, origin, sentences(span, parted)), True
    return None


def _links_are_known(text: str, places: tuple[_Place, ...]) -> bool:
    texts = [place.source.text.casefold() for place in places]
    return all(
        any(link.casefold().rstrip(_TRAILING) in known for known in texts)
        for link in _LINK.findall(text)
    )
