"""Questions that found no answer, or a bad one, with those that ask the same put together.

What is asked and not answered tells an owner which document is missing.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.locales import Words

_WORD = re.compile(r"\w+")
_COLUMNS = ("question", "refused", "unhappy", "first", "last", "reasons")
_ALIKE = 0.6  # words in common of all words, for two questions to be one


@dataclass(frozen=True, slots=True)
class Miss:
    """One question that was refused, or whose answer somebody was unhappy with.

    ``asked_at`` is in seconds since 1970; ``reason`` says why, if it was told.
    """

    question: str
    asked_at: int
    refused: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same, in the words of the latest: how often, and when."""

    question: str
    refused: int
    unhappy: int
    first: int
    last: int
    reasons: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        """How often it was asked in vain."""
        return self.refused + self.unhappy


def group(misses: Iterable[Miss]) -> tuple[Gap, ...]:
    """Put questions together that are the same but for a few words; the most frequent first."""
    groups: list[tuple[frozenset[str], list[Miss]]] = []
    by_words: dict[frozenset[str], list[Miss]] = {}
    for miss in sorted(misses, key=lambda miss: -miss.asked_at):
        words = _words(miss.question)
        together = by_words.get(words)
        if together is None:
            alike = (others for known, others in groups if _are_alike(known, words))
            together = next(alike, None)
        if together is None:
            together = []
            groups.append((words, together))
        by_words[words] = together
        together.append(miss)
    gaps = [_gap(together) for _, together in groups]
    return tuple(sorted(gaps, key=lambda gap: (-gap.times, -gap.last)))


def to_csv(gaps: Sequence[Gap], words: Words) -> str:
    """The gaps as a table for a spreadsheet, with a header.

    Days are in UTC and written as every spreadsheet knows them for days, whatever its language.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([words(f"column-{column}") for column in _COLUMNS])
    for gap in gaps:
        days = [datetime.fromtimestamp(at, UTC).date().isoformat() for at in (gap.first, gap.last)]
        reasons = "; ".join(words(f"vote-{reason}") for reason in gap.reasons)
        table.writerow([_harmless(gap.question), gap.refused, gap.unhappy, *days, reasons])
    return out.getvalue()


def _gap(misses: Sequence[Miss]) -> Gap:
    refused = sum(miss.refused for miss in misses)
    return Gap(
        question=misses[0].question,
        refused=refused,
        unhappy=len(misses) - refused,
        first=min(miss.asked_at for miss in misses),
        last=max(miss.asked_at for miss in misses),
        reasons=tuple(dict.fromkeys(miss.reason for miss in misses if miss.reason)),
    )


def _words(question: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", question.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    words = _WORD.findall(bare)
    # Short words join the others; a question of nothing else is told by them.
    return frozenset(word for word in words if len(word) > 3) or frozenset(words)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _harmless(text: str) -> str:
    line = " ".join(text.split())
    # A spreadsheet would take it for a formula.
    return f"'{line}" if line[:1] in tuple("=+-@") else line
