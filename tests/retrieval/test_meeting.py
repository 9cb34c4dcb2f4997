"""A question meets its candidates word by word, and passages and neighbours share what is met."""

from __future__ import annotations

import numpy as np

from retrieval.meeting import SAME
from tests.retrieval.meetings import meeting_of
from tests.retrieval.texts import passage_of

NATO = passage_of(
    "Ecco la NATO. Conta 31 membri. Aiuta Tokyo.",
    "Ecco la NATO.",
    "Conta 31 membri.",
    "Aiuta Tokyo.",
    name="nato",
)
BREAD = passage_of("Pane per tutti.", name="bread")


def test_a_word_is_met_where_it_stands_in_any_form_and_nowhere_else() -> None:
    met = meeting_of("NATO membro pane", NATO, BREAD).alike
    assert (met >= SAME).tolist() == [
        [True, False, False, False],
        [False, True, False, False],
        [False, False, False, True],
    ]


def test_a_passage_has_what_the_best_of_its_sentences_has() -> None:
    meeting = meeting_of("membri", NATO, BREAD)
    assert meeting.by_passage(np.array([[1, 3, 2, 4]])).tolist() == [[3, 4]]


def test_a_sentence_shares_what_its_neighbours_have_but_not_those_of_another_passage() -> None:
    meeting = meeting_of("membri", NATO, BREAD)
    rows = np.array([[1, 0, 5, 0]], dtype=np.float32)
    assert meeting.with_previous(rows).tolist() == [[1, 1, 5, 0]]
    assert meeting.with_following(rows).tolist() == [[1, 5, 5, 0]]


def test_a_token_follows_the_one_before_it_in_its_sentence() -> None:
    follows = meeting_of("membri", BREAD, passage_of("Due parole.", name="two")).follows()
    assert follows.tolist() == [False, True, True, False, True]


def test_what_stands_in_no_document_is_unseen() -> None:
    assert meeting_of("NATO zxcv", NATO).unseen.tolist() == [False, True]


def test_a_question_in_a_language_no_document_has_is_foreign() -> None:
    assert meeting_of("How many members does it have?", NATO).foreign
    assert not meeting_of("Quanti membri ha?", NATO).foreign
