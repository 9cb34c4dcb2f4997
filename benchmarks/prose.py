"""Italian-looking text without end, for measuring size: many words, few of them common.

Word frequencies follow Zipf and Mandelbrot, set so that new words turn up about as often as in
Italian encyclopedia articles (7,000 different ones among 36,000 words, 18,000 among 137,000).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.int64]

PARAGRAPHS = 20
"""In a document."""

_COMMON = """di e la il che in un a del per è della una i le con nel si dei da al come non gli alla
sono più delle ha o l anche dal dalla fu lo tra nella su ed se degli essere questo stato ai era
suo loro ma cui quando prima molto""".split()
_OPENINGS = [a + v for a in "b c d f g l m n p r s t v z st tr gr pr".split() for v in "aeiou"]
_ENDINGS = [a + v for a in "n r t l s v nt rr ll st zi gli".split() for v in "aeio"]
_KNOWN = 1_000_000  # words there are
_SHARE, _FLAT = 1.35, 10.0  # exponent and offset
_QUESTIONS = ("Che cosa", "Chi", "In quale modo", "Quando", "Perché", "Quanti")


@dataclass(frozen=True, slots=True)
class Document:
    """A text, and a question on each of its paragraphs, of words from one of its sentences."""

    name: str
    text: str
    questions: tuple[str, ...]


def documents(paragraphs: int, seed: int = 1) -> Iterator[Document]:
    """Make up documents with so many paragraphs in all, each too long to share a passage."""
    chance = np.random.default_rng(seed)
    shares = 1 / (np.arange(_KNOWN) + 1 + _FLAT) ** _SHARE
    heights = np.cumsum(shares / shares.sum())
    for number, first in enumerate(range(0, paragraphs, PARAGRAPHS)):
        texts, questions = [], []
        for _ in range(min(PARAGRAPHS, paragraphs - first)):
            lengths = chance.integers(16, 36, 7)
            ranks = np.searchsorted(heights, chance.random(int(lengths.sum())))
            sentences = np.split(np.minimum(ranks, _KNOWN - 1), np.cumsum(lengths)[:-1])
            texts.append(" ".join(_sentence(ranks) for ranks in sentences))
            questions.append(_question(sentences[int(chance.integers(len(sentences)))], chance))
        yield Document(f"{number:05}", "\n\n".join(texts) + "\n", tuple(questions))


def word(rank: int) -> str:
    """Give the word of a rank, from 0: a common Italian one, or one made of syllables."""
    if rank < len(_COMMON):
        return _COMMON[rank]
    number, syllables, capacity = rank - len(_COMMON), 1, len(_ENDINGS) * len(_OPENINGS)
    while number >= capacity:
        number, syllables, capacity = number - capacity, syllables + 1, capacity * len(_OPENINGS)
    # Neighbours in rank are no look-alikes: stepping by a prime visits every number once.
    rest, ending = divmod(number * 7919 % capacity, len(_ENDINGS))
    parts = [_ENDINGS[ending]]
    for _ in range(syllables):
        rest, opening = divmod(rest, len(_OPENINGS))
        parts.append(_OPENINGS[opening])
    found = "".join(reversed(parts))
    return found.capitalize() if rank % 9 == 8 else found


def _sentence(ranks: Ranks) -> str:
    words = [word(int(rank)) for rank in ranks]
    if ranks[-1] % 4 == 0:
        words[len(words) // 2] = str(1000 + int(ranks.max()) % 1000)  # a year
    if len(words) > 20:
        words[len(words) // 3] += ","
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def _question(ranks: Ranks, chance: np.random.Generator) -> str:
    """Ask with some eight words of a sentence, in order, at least half of them uncommon."""
    rare = chance.choice(np.argsort(-ranks, kind="stable")[:10], 5, replace=False)
    places = np.union1d(rare, chance.choice(len(ranks), 4, replace=False))
    opening = _QUESTIONS[int(chance.integers(len(_QUESTIONS)))]
    return f"{opening} {' '.join(word(int(ranks[place])) for place in places)}?"
