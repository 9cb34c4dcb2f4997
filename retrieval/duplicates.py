"""Documents that say the same: word for word, or for the most part. Pure.

Both are told by what is at hand after cutting: whole texts, and sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from retrieval.source import Source
from retrieval.types import Passage

_SHORTEST = 20  # characters; a shorter sentence is a heading or a signature
_COMMON = 50  # documents; a sentence in more of them is a matter of form
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents (by id) that share so much of their sentences' letters: from 0.5 to 1."""

    first: str
    second: str
    share: float


def stand_ins(sources: Iterable[Source]) -> dict[str, str]:
    """Tell which documents have the text of one before them, and of which: ids to ids."""
    first: dict[str, str] = {}
    return {
        source.id: stands
        for source in sources
        if (stands := first.setdefault(source.content_hash, source.id)) != source.id
    }


def alike(passages: Iterable[Passage], fresh: Collection[str]) -> tuple[Alike, ...]:
    """Find the documents that share half of their text, where one of them is among ``fresh`` (ids).

    Takes time in proportion to the text. The most alike come first.
    """
    holders: dict[int, list[str]] = {}
    sizes: Counter[str] = Counter()
    for passage in passages:
        for text in passage.sentence_texts():
            if len(text) >= _SHORTEST:
                holders.setdefault(hash(text), []).append(passage.source)
                sizes[passage.source] += 1
    shared: Counter[tuple[str, str]] = Counter()
    for held in holders.values():
        if 1 < len(held) <= _COMMON:
            count_pairs(shared, held, fresh)
    found = [
        Alike(one, other, round(share, 3))
        for (one, other), count in shared.items()
        if (share := count / (sizes[one] + sizes[other] - count)) >= _ALIKE
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))


def count_pairs(
    shared: Counter[tuple[str, str]], held: Sequence[str], fresh: Collection[str]
) -> None:
    """Count one sentence for each two documents that hold it."""
    different = sorted(set(held))
    new = [name for name in different if name in fresh]
    pairs = {(min(one, other), max(one, other)) for one in new for other in different}
    shared.update(pair for pair in pairs if pair[0] != pair[1])
