"""Whether what holds only under a condition, or with an exception, is told with it. Pure."""

from __future__ import annotations

import re

from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import Segment, segments

_IF = re.compile(
    r"(?<!even\s)(?<!as\s)(?<!ask\s)(?<!asked\s)(?<!know\s)\bif\b|\bprovided\b|\bproviding\b|\bas\slong\sas\b"
    r"|\bunless\b|\bin\scase\sof\b|\bonly\swhen\b"
    r"|(?<!anche\s)(?<!come\s)(?<!chiede\s)(?<!chiesto\s)(?<!sa\s)\bse\b(?!\s(?:ne\b|stess\w+|st[eé]\b))"
    r"|\bqualora\b|\bpurch[eé]\b|\ba\scondizione\b|\ba\spatto\b|\bin\scaso\b|\bsalvo\b|\ba\smeno\sche\b|\bsempre\sche\b"
    r"|\b(?:without\s(?:it|them|one)|senza)(?=,)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:except|excepting|unless|other\sthan|apart\sfrom|aside\sfrom|but\snot|anyone\sbut|excluding"
    r"|tranne|eccetto|salvo|fuorch[eé]|a\smeno\sche|esclus[oaie]|ad\seccezione|all['’]infuori)\b",
    re.IGNORECASE,
)
_SAYS_IF = re.compile(
    rf"{_IF.pattern}|\b(?:when|quando|without|senza|only|solo|soltanto|requires?|richiede|serve|needs?|con\sil\sconsenso)\b",
    re.IGNORECASE,
)
_SAYS_EXCEPT = re.compile(
    rf"{_EXCEPT.pattern}|\b(?:not|non|exception|eccezione|without|senza|only|solo|if|se|but|ma|nobody|requires?|richiede)\b|n['’]t\b",
    re.IGNORECASE,
)


def keeps_conditions(pairing: Pairing) -> bool:
    """Tell whether a claim keeps the conditions of what it draws on, and adds none."""
    claim, evidence = pairing.claim.text, pairing.evidence.text
    for cue, says in ((_IF, _SAYS_IF), (_EXCEPT, _SAYS_EXCEPT)):
        if says.search(claim):
            continue
        for match in cue.finditer(evidence):
            if _draws_on_what_hangs(pairing, match.start()):
                return False
    return True


def _draws_on_what_hangs(pairing: Pairing, at: int) -> bool:
    """Tell whether a claim says what holds under the condition that stands ``at`` a place."""
    tokens = pairing.evidence.tokens
    cue = next((n for n, token in enumerate(tokens) if token.start >= at), None)
    if cue is None:
        return False
    parts = segments(pairing.evidence)
    own = next(k for k, part in enumerate(parts) if part.start <= cue < part.end)
    hanging = _hanging(pairing.evidence, parts, own, cue)
    under = range(cue, _clause_end(pairing.evidence, cue))
    return any(
        content and sum(map(pairing.draws_on, content)) >= share * len(content)
        for words, share in ((hanging, 0.5), (under, 0.7))
        if (content := [n for n in pairing.evidence.content if n in words]) is not None
    )


def _clause_end(evidence: Prose, n: int) -> int:
    clause = evidence.tokens[n].clause
    return next(
        (m for m in range(n, len(evidence.tokens)) if evidence.tokens[m].clause != clause),
        len(evidence.tokens),
    )


def _hanging(evidence: Prose, parts: tuple[Segment, ...], own: int, cue: int) -> range:
    """Give the words that a condition is said of: those before it, or after it where it opens."""
    part = parts[own]
    before = [n for n in range(part.start, cue) if evidence.tokens[n].is_content]
    if before:
        clause = evidence.tokens[before[-1]].clause
        return range(next(n for n in before if evidence.tokens[n].clause == clause), cue)
    clause = evidence.tokens[cue].clause
    for n in range(cue, part.end):
        if evidence.tokens[n].clause > clause:
            return range(n, _clause_end(evidence, n))
    return range(parts[own + 1].start, parts[own + 1].end) if own + 1 < len(parts) else range(0)
