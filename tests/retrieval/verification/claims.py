"""Sources, and claims about them that may or must not be said: read from ``material``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retrieval.chunking import chunk
from retrieval.proposals import Citation, Proposal
from retrieval.types import Passage, Source
from retrieval.verification import Judgement, judge

_HERE = Path(__file__).parent
_SAMPLE = _HERE.parents[2] / "docs_store" / "sources" / "nato-ufficio-tokyo.md"
_DENIES = re.compile(
    r"\b(?:non|nessun\w*|not?|never|senza|without|né|nobody|none|cannot|neither)\b|n['’]t\b",
    re.IGNORECASE,
)
_VERBS = (
    (r"\b(ha|hanno|è|sono|sarà|saranno|aveva|fu|furono|avrà|vuole|vogliono|può) ", r"non \1 "),
    (r"\b(is|are|was|were|has|have|will|can|could|may|must) ", r"\1 not "),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim about a quote of a source, and whether it may be said.

    ``also`` are further quotes that it cites.
    """

    source: Source
    passages: tuple[Passage, ...]
    quote: str
    claim: str
    is_good: bool
    also: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Which passage holds the quote, counted from 1."""
        return next(n for n, p in enumerate(self.passages, 1) if self.quote in p.text)

    def judge(self, claim: str = "", quote: str = "", number: int | None = None) -> Judgement:
        """Judge the claim, or another one, or one with another citation."""
        cited = self.number if number is None else number
        quotes = (*self.also, quote or self.quote)
        proposal = Proposal(claim or self.claim, tuple(Citation(cited, text) for text in quotes))
        return judge(proposal, self.passages, {self.source.id: self.source}.get)


@cache
def cases(within: str = "") -> tuple[Case, ...]:
    """Read all that is in ``material``, or in a folder in it."""
    folder = _HERE / "material" / within
    return tuple(case for path in sorted(folder.glob("*.txt")) for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    """Read a file: «##» opens a source, «>» is its next sentence, and claims about it follow.

    «++» and «--» are claims that cite the sentence before, too.
    """
    written: list[tuple[str, list[tuple[str, str]]]] = []
    for line in path.read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "##":
            written.append((rest, []))
        elif mark in ("+", "-", ">", "++", "--"):
            if not written:
                written.append(("", []))
            written[-1][1].append((mark, rest))
    for title, lines in written:
        source = _source(title, [text for mark, text in lines if mark == ">"])
        passages, before, quote = chunk(source), "", ""
        for mark, text in lines:
            if mark == ">":
                before, quote = quote, text
            else:
                also = (before,) if len(mark) > 1 else ()
                yield Case(source, passages, quote, text, mark[0] == "+", also)


def _source(title: str, sentences: list[str]) -> Source:
    if not title:  # the sentences are the sample's
        text = _SAMPLE.read_text("utf-8")
        return Source("sample", "sample.md", text.splitlines()[0].lstrip("# "), text)
    return Source(title, f"{title}.md", title, f"# {title}\n\n{' '.join(sentences)}")


def good() -> tuple[Case, ...]:
    """Give the cases that may be said."""
    return tuple(case for case in cases() if case.is_good)


def bad() -> tuple[Case, ...]:
    """Give the cases that must not be said."""
    return tuple(case for case in cases() if not case.is_good)


def spoilt(claim: str) -> Iterator[str]:
    """Make bad claims of a good one: one with each figure changed, each name, and denied."""
    for match in re.finditer(r"\d+", claim):
        yield f"{claim[: match.start()]}{int(match.group()) + 1}{claim[match.end() :]}"
    for match in re.finditer(r"(?<=[a-zàèé,] )[A-Z][a-zà-ù]{3,}", claim):
        yield f"{claim[: match.start()]}Zanardi{claim[match.end() :]}"
    if _DENIES.search(claim):
        return
    for verb, denied in _VERBS:
        if re.search(verb, claim):
            yield re.sub(verb, denied, claim, count=1)


def is_shown(judgement: Judgement, claim: str) -> bool:
    """Tell whether a claim is shown in its own words."""
    return judgement.claim is not None and judgement.claim.text == claim
