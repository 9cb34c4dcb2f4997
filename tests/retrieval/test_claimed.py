"""Questions that ask whether something is true, told from all others."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.claimed import claimed_in, names_its_subject
from tests.retrieval.texts import texts


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("È vero che la NATO ha 31 membri?", "la NATO ha 31 membri"),
        ("ma è vero che  piove", "piove"),
        ("La NATO ha 31 membri, vero?", "La NATO ha 31 membri"),
        ("Is it true that NATO has 31 members?", "NATO has 31 members"),
        ("NATO has 31 members, right??", "NATO has 31 members"),
        ("Quindi la NATO ha 31 membri, giusto?", "la NATO ha 31 membri"),
        ("So, NATO has 31 members, correct?", "NATO has 31 members"),
        # What is said around it isn't a part of it.
        ("Buongiorno, è vero che la NATO ha 31 membri?", "la NATO ha 31 membri"),
        ("Scusa, ma è vero che piove? Grazie!", "piove"),
        ("Vorrei sapere se è vero che piove, grazie", "piove"),
        ("Ciao, la NATO ha 31 membri, vero? Grazie mille", "la NATO ha 31 membri"),
        ("Can you tell me if it is true that it rains?", ""),
        ("Hello, is it true that it rains, please?", "it rains"),
    ],
)
def test_a_claim_is_taken_out_of_its_question(question: str, claim: str) -> None:
    assert claimed_in(question) == claim


@pytest.mark.parametrize(
    "question", ["Quanti membri ha la NATO?", "È vero?", "Chi ha detto che è vero?", "vero", ""]
)
def test_other_questions_claim_nothing(question: str) -> None:
    assert claimed_in(question) == ""


@pytest.mark.parametrize(
    "claim", ["la NATO ha 31 membri", "NATO has 31 members", "il ponte è chiuso"]
)
def test_what_says_whom_it_is_about_stands_alone(claim: str) -> None:
    assert names_its_subject(claim)


@pytest.mark.parametrize(
    "claim",
    ["ha 31 membri", "è nata nel 1993", "it has 31 members", "la sua sede è a Bruxelles", "", "31"],
)
def test_what_leaves_that_to_the_conversation_does_not(claim: str) -> None:
    assert not names_its_subject(claim)


@given(texts)
def test_any_text_can_be_asked(text: str) -> None:
    assert len(claimed_in(text)) <= len(text)
