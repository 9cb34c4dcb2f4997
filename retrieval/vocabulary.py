"""What single words mean: vectors that find «membri» when «members» is asked for.

They are kept with a generation, made anew only for words that the one before didn't have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from retrieval.errors import StoreError
from retrieval.words import FUNCTION_WORDS, fold, split

if TYPE_CHECKING:
    from retrieval.embedding import Embedder, Vectors

FILE = "words.npz"
_SHORTEST = 3


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


def embed_words(
    words: Mapping[str, str], known: Mapping[str, Vectors], embedder: Embedder
) -> dict[str, Vectors]:
    """Give every word its vector, by its folded form; from ``known`` where it is there."""
    new = [word for word in words if word not in known]
    made = dict(zip(new, embedder.encode([words[word] for word in new]), strict=True))
    return {word: known[word] if word in known else made[word] for word in words}


def write_words(folder: Path, vectors: Mapping[str, Vectors]) -> None:
    """Keep words and vectors in a folder, at half precision: they are compared, not added up."""
    rows = np.array(list(vectors.values()), dtype=np.float16)
    np.savez(folder / FILE, words=np.array(list(vectors), dtype=np.str_), vectors=rows)


def read_words(folder: Path) -> dict[str, Vectors]:
    """Read what :func:`write_words` kept.

    Raises:
        StoreError: it is missing or garbled.
    """
    try:
        # Opened here, because NumPy forgets to close what it finds damaged.
        with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            words, rows = kept["words"].tolist(), kept["vectors"].astype(np.float32)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise StoreError(f"{folder / FILE} is damaged ({error})") from None
    return dict(zip(words, rows, strict=True))
