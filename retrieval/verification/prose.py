"""A text word by word, in clauses: what the checks of a claim look at. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from retrieval.verification.concepts import is_content, same
from retrieval.words import words

_PARTING = re.compile(r"[.;:,()—–«»\"“”!?\n]")
_STAYING = frozenset(
    """
    rimane rimangono rimasto rimasta rimasti rimaste resta restano restato restata diventa
    remain remains remained stay stays stayed become becomes became
    """.split()
)
_JOINING = frozenset(
    """
    ma pero mentre perche poiche siccome che quando se dove anche sebbene benche cui quindi
    but while because although though that when where if which who whom whose whereas unless so
    """.split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, folded or with its accents, its place, and its clause's number.

    ``is_content`` tells words that say something from grammar.
    """

    folded: str
    word: str
    text: str
    start: int
    end: int
    clause: int
    is_content: bool


@dataclass(frozen=True, slots=True)
class Prose:
    """A text and its words."""

    text: str
    tokens: tuple[Token, ...] = field(compare=False)  # they follow from the text: quick to hash

    @property
    def content(self) -> tuple[int, ...]:
        """Which words say something."""
        return tuple(n for n, token in enumerate(self.tokens) if token.is_content)

    def folded(self, n: int) -> str:
        """Give word ``n`` folded, "" where there is none."""
        return self.tokens[n].folded if 0 <= n < len(self.tokens) else ""

    def target(self, n: int, reach: int = 6) -> int | None:
        """Give the first word that says something after word ``n`` in its clause."""
        for other in range(n + 1, min(n + 1 + reach, len(self.tokens))):
            if self.tokens[other].clause != self.tokens[n].clause:
                break
            if self.tokens[other].is_content and self.tokens[other].folded not in _STAYING:
                return other
        return None


@lru_cache(maxsize=2_000)
def read(text: str) -> Prose:
    """Read a text."""
    tokens: list[Token] = []
    clause, position = 0, 0
    for word in words(text):
        if _PARTING.search(text, position, word.start) or (
            word.folded in _JOINING and tokens and tokens[-1].clause == clause
        ):
            clause += 1
        position = word.end
        says = is_content(word.folded) and not word.folded[0].isdigit()
        tokens.append(
            Token(word.folded, word.text.lower(), word.text, word.start, word.end, clause, says)
        )
    return Prose(text, tuple(tokens))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which words of a claim say the same as which of the evidence: indices, both ways."""

    claim: Prose
    evidence: Prose
    found: dict[int, tuple[int, ...]]
    used: frozenset[int]

    def draws_on(self, n: int) -> bool:
        """Tell whether the claim says word ``n`` of the evidence, and cannot mean another."""
        clause = self.evidence.tokens[n].clause
        return any(
            n in matches and all(self.evidence.tokens[m].clause == clause for m in matches)
            for matches in self.found.values()
        )


def pair(claim: Prose, evidence: Prose, equals: Sequence[tuple[int, int]] = ()) -> Pairing:
    """Find the words of the evidence that say the same as those of a claim.

    ``equals`` are pairs known beforehand, such as names in two languages.
    """
    found: dict[int, list[int]] = {}
    for n, m in equals:
        found.setdefault(n, []).append(m)
    at: dict[str, list[int]] = {}
    for m in evidence.content:
        at.setdefault(evidence.tokens[m].word, []).append(m)
    known: dict[str, list[int]] = {}  # a word is compared once, however often it stands there
    for n in claim.content:
        word = claim.tokens[n].word
        if word not in known:
            known[word] = sorted(m for other in at if same(word, other) for m in at[other])
        if known[word]:
            found.setdefault(n, []).extend(known[word])
    used = frozenset(m for matches in found.values() for m in matches)
    return Pairing(claim, evidence, {n: tuple(dict.fromkeys(ms)) for n, ms in found.items()}, used)
