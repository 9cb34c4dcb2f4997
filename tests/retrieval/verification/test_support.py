"""Whether evidence supports a claim: the rest of what is checked."""

from __future__ import annotations

from hypothesis import given

from retrieval.verification.support import Mismatch, mismatch
from tests.retrieval.texts import texts


def test_a_claim_of_other_words_is_not_supported() -> None:
    evidence = "L'ufficio avrà sede a Tokyo."
    assert mismatch("I pinguini mangiano pesce.", evidence) is Mismatch.WORDS
    assert mismatch("The penguins eat fish.", evidence) is Mismatch.WORDS


def test_a_word_put_in_anothers_place_is_not_supported() -> None:
    evidence = "Ha promesso tariffe ridotte per gli studenti di ogni scuola."
    claim = "Ha promesso tariffe ridotte per gli calciatori di ogni scuola."
    assert mismatch(claim, evidence) is Mismatch.WORDS


@given(texts, texts)
def test_no_text_confuses_it(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) in (None, *Mismatch)


def test_what_would_take_long_to_compare_is_not_supported() -> None:
    for claim, evidence in (
        ("5 " * 300, "5 " * 300),
        ("no " * 400, "no " * 400),
        ("5 " * 21, "5 " * 20),
    ):
        assert mismatch(claim, evidence) in (Mismatch.FIGURE, Mismatch.WORDS)
    assert mismatch("Sono 5.", "a " * 4_000) is Mismatch.WORDS
