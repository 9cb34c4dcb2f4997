"""The answer that people get, once a model has written one, or hasn't. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering import Found
from retrieval.reasons import Fallback, Refusal
from retrieval.types import Answer, Claim, Status
from retrieval.wording import quoted, wording


def written(found: Found, claims: Sequence[Claim], *, left_out: bool) -> Answer:
    """Say claims, a line each, with their markers; ``left_out`` says that there were more."""
    lines, number = [], 0
    for claim in claims:
        markers = range(number + 1, number + 1 + len(claim.quotes))
        number += len(claim.quotes)
        lines.append(f"{_said(claim)} {''.join(f'[{marker}]' for marker in markers)}")
    text = "\n".join(lines)
    if left_out:
        text += f"\n\n{wording(found.answer.language).left_out}"
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
    )


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
    )


def instead(found: Found, reason: Fallback) -> Answer:
    """Give the sources' own words, and say why at the end, where no highlight is moved by it."""
    given = found.answer
    note = wording(given.language).fallback(reason)
    return replace(given, text=f"{given.text}\n\n{note}", fallback=reason)


def _said(claim: Claim) -> str:
    """Put a claim that is a quote itself in quotation marks."""
    verbatim = any(claim.text == quote.text for quote in claim.quotes)
    return quoted(claim.text) if verbatim else claim.text
