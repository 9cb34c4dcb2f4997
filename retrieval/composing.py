"""The answer that people get, once a model has written one, or hasn't. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering import Found
from retrieval.disagreement import Dispute, find_dispute
from retrieval.question import parse
from retrieval.reasons import Fallback, Refusal
from retrieval.types import Answer, Claim, Language, Quote, Status
from retrieval.wording import quoted, wording


def written(found: Found, claims: Sequence[Claim], *, left_out: bool) -> Answer:
    """Say claims, a line each, with their markers; ``left_out`` says that there were more."""
    lines, number, language = [], 0, found.answer.language
    for claim in claims:
        markers = range(number + 1, number + 1 + len(claim.quotes))
        number += len(claim.quotes)
        lines.append(f"{_said(claim, language)} {''.join(f'[{marker}]' for marker in markers)}")
    text = "\n".join(lines)
    dispute = _dispute(found, claims)
    said = [quote for quote in dispute.quotes if _is_said(quote, claims)]
    numbers = list[int]()
    if dispute.quotes:
        text += f"\n\n{_opening(dispute, len(said), language)}"
        given = [quote for claim in claims for quote in claim.quotes]
        notes = dispute.notes(wording(language))
        for claim, note in zip(dispute.claims(), notes, strict=True):
            [quote] = claim.quotes
            number = next((n for n, other in enumerate(given, 1) if _share(quote, other)), 0)
            if not number:
                claims = (*claims, claim)
                given.append(quote)
            numbers.append(number or len(given))
            if quote not in said:
                text += f"\n{quoted(quote.text, language)} [{numbers[-1]}]{note and f' {note}'}"
    if left_out:
        text += f"\n\n{wording(language).left_out}"
    return replace(
        found.answer,
        status=Status.PARTIAL if left_out else Status.ANSWERED,
        text=text,
        claims=tuple(claims),
        closest=None,
        suggestion="",
        refusal=None,
        highlights=(),
        written=True,
        left_out=left_out,
        disagreement=tuple(numbers),
    )


def _is_said(quote: Quote, claims: Sequence[Claim]) -> bool:
    """Tell whether a claim says a quote in its very words, so that nobody has to read it twice."""
    words = _bare(quote.text)
    return any(
        words in _bare(claim.text)
        for claim in claims
        if any(_share(quote, other) for other in claim.quotes)
    )


def _bare(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return f" {words} "


def _opening(dispute: Dispute, said: int, language: Language) -> str:
    words = wording(language)
    if not said:
        return dispute.opening(words)
    return words.disagree_so if said == len(dispute.quotes) else words.disagree_with_this


def _share(one: Quote, other: Quote) -> bool:
    """Tell whether two quotes have words of a source in common."""
    return one.source == other.source and one.start < other.end and other.start < one.end


def _dispute(found: Found, claims: Sequence[Claim]) -> Dispute:
    """Look for sources that say otherwise than a claim, among those it was written from."""
    known = {source.id: source for source in found.sources}
    sentences = tuple(s for s in found.ranking.sentences if s.passage.source in known)
    asked = parse(found.answer.searched or found.answer.question, found.answer.language)
    ranking = replace(found.ranking, sentences=sentences)
    return find_dispute(asked, claims, ranking, known.__getitem__)


def refused(found: Found) -> Answer:
    """Say that the passages don't answer, now that a model has read them."""
    given = found.answer
    if not given.claims:
        return replace(given, written=True)  # nor did it seem so before
    return replace(
        given,
        status=Status.NOT_IN_SOURCES,
        text=wording(given.language).not_in_sources,
        claims=(),
        closest=given.quotes[0],
        refusal=Refusal.NEAR_MISS,
        highlights=(),
        written=True,
        disagreement=(),
    )


def instead(found: Found, reason: Fallback) -> Answer:
    """Give the sources' own words, and say why at the end, where no highlight is moved by it."""
    given = found.answer
    note = wording(given.language).fallback(reason)
    return replace(given, text=f"{given.text}\n\n{note}", fallback=reason)


def _said(claim: Claim, language: Language) -> str:
    """Put a claim that is a quote itself in quotation marks."""
    verbatim = any(claim.text == quote.text for quote in claim.quotes)
    return quoted(claim.text, language) if verbatim else claim.text
