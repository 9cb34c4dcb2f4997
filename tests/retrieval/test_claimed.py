"""Questions that ask whether something is true, told from all others."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.claimed import claimed_in
from tests.retrieval.texts import texts


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("È vero che la NATO ha 31 membri?", "la NATO ha 31 membri"),
        ("ma è vero che  piove", "piove"),
        ("La NATO ha 31 membri, vero?", "La NATO ha 31 membri"),
        ("Is it true that NATO has 31 members?", "NATO has 31 members"),
        ("NATO has 31 members, right??", "NATO has 31 members"),
    ],
)
def test_a_claim_is_taken_out_of_its_question(question: str, claim: str) -> None:
    assert claimed_in(question) == claim


@pytest.mark.parametrize(
    "question", ["Quanti membri ha la NATO?", "È vero?", "Chi ha detto che è vero?", "vero", ""]
)
def test_other_questions_claim_nothing(question: str) -> None:
    assert claimed_in(question) == ""


@given(texts)
def test_any_text_can_be_asked(text: str) -> None:
    assert len(claimed_in(text)) <= len(text)
