"""What single words mean: vectors that find «membri» when «members» is asked for.

They are kept with a generation, made anew only for words that the one before didn't have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import DamagedError
from retrieval.vectors import Halves, map_rows
from retrieval.words import FUNCTION_WORDS, fold, split

if TYPE_CHECKING:
    from retrieval.embedding import Embedder

WORDS = "words.json"
VECTORS = "words.npy"
_SHORTEST = 3
_BATCH = 4_096  # words embedded at a time


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words, folded, and what they mean: a row of length one each, at half precision."""

    words: Sequence[str] = ()
    rows: Halves = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float16))


def words_with_meaning(texts: Iterable[str]) -> dict[str, str]:
    """Find the words of texts that have a meaning to compare: folded, and as they are written.

    Neither grammar nor figures: all years mean about the same.
    """
    found = dict.fromkeys(word for text in texts for word in split(text))
    written: dict[str, str] = {}
    for word in found:
        if len(word) >= _SHORTEST and not word[0].isdigit():
            written.setdefault(fold(word), word.lower())
    return {word: written[word] for word in sorted(written.keys() - FUNCTION_WORDS)}


def embed_words(words: Mapping[str, str], known: WordVectors, embedder: Embedder) -> WordVectors:
    """Give every word its vector, by its folded form; from ``known`` where it is there."""
    numbers = {word: number for number, word in enumerate(known.words)}
    new = [place for place, word in enumerate(words) if word not in numbers]
    written = [words[word] for word in words if word not in numbers]
    parts = [written[start : start + _BATCH] for start in range(0, len(written), _BATCH)]
    found = [embedder.encode(part).astype(np.float16) for part in parts]
    # An embedder elsewhere shows how long its vectors are with the first it gives.
    rows = np.empty((len(words), (found[0] if found else known.rows).shape[1]), dtype=np.float16)
    if found:
        rows[new] = np.vstack(found)
    old = [(place, numbers[word]) for place, word in enumerate(words) if word in numbers]
    if old:
        places, kept = np.array(old).T
        rows[places] = known.rows[kept]
    return WordVectors(tuple(words), rows)


def write_words(folder: Path, vectors: WordVectors) -> None:
    """Keep words and vectors in a folder."""
    (folder / WORDS).write_text(json.dumps(list(vectors.words)), encoding="utf-8")
    np.save(folder / VECTORS, vectors.rows, allow_pickle=False)


def read_words(folder: Path) -> WordVectors:
    """Read what :func:`write_words` kept; the vectors are mapped into memory.

    Raises:
        DamagedError: it is missing or garbled.
    """
    try:
        words = tuple(json.loads((folder / WORDS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(f"{folder / WORDS} is damaged ({error})") from None
    return WordVectors(words, map_rows(folder / VECTORS, len(words)))
