"""The lexicon knows which words of a question stand where."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.embedding import Vectors
from retrieval.lexical import Floats, Lexicon
from retrieval.lexical import best as highest
from retrieval.question import Question, parse
from retrieval.types import Passage
from retrieval.vocabulary import WordVectors
from tests.retrieval.texts import passage_of, source_of, texts

OFFICE = passage_of(
    "Apre un ufficio a Tokyo. Ci lavora una persona.",
    "Apre un ufficio a Tokyo.",
    "Ci lavora una persona.",
    name="office",
)
SUMMIT = passage_of("Il vertice è in Lituania.", name="summit")
BREAD = passage_of("Il pane si fa con la farina.", name="bread")


def lexicon(
    *passages: Passage,
    titles: Mapping[str, str] | None = None,
    vectors: Mapping[str, Vectors] | None = None,
) -> Lexicon:
    known = None
    if vectors:
        rows = np.array(list(vectors.values()), dtype=np.float16)
        known = WordVectors(tuple(vectors), rows)
    return Lexicon(passages or (OFFICE, SUMMIT, BREAD), titles or {}, known)


def bm25(found: Lexicon, question: Question) -> Floats:
    """Score passages by words alone."""
    return found.bm25(question, np.zeros((len(question.terms), 8), dtype=np.float32))


def best(found: Lexicon, question: str) -> int:
    return int(bm25(found, parse(question)).argmax())


def test_the_passage_with_the_words_is_found() -> None:
    assert best(lexicon(), "Dov'è il vertice?") == 1
    assert best(lexicon(), "farina") == 2


def test_forms_of_a_word_are_one() -> None:
    assert best(lexicon(), "uffici") == 0
    assert bm25(lexicon(), parse("uffici")).max() > 0


def test_titles_and_headings_help_to_find_but_are_no_sentences() -> None:
    found = lexicon(titles={"bread": "Ricetta di Altamura"})
    assert best(found, "Altamura") == 2
    matches = found.matches(parse("Altamura"), np.arange(4, dtype=np.int32))
    assert not matches.similarity.any()


def test_a_typing_error_finds_what_was_meant() -> None:
    assert best(lexicon(), "vertize") == 1


def test_a_word_of_another_language_is_stood_in_for_by_its_nearest_in_meaning() -> None:
    bread, flour, office = np.eye(3, dtype=np.float32)
    found = lexicon(vectors={"pane": bread, "farina": flour, "ufficio": office})
    question = parse("flour")
    assert int(found.bm25(question, flour[np.newaxis]).argmax()) == 2
    assert not found.bm25(question, np.zeros((1, 3), dtype=np.float32)).any()


def test_irregular_forms_of_a_verb_are_one() -> None:
    born = passage_of("Dante nacque a Firenze.", name="dante")
    died = passage_of("Dante morì a Ravenna.", name="death")
    assert best(lexicon(died, born), "Dove è nato Dante?") == 1
    assert best(lexicon(born, died), "dove e' morto") == 1


def test_unknown_words_find_nothing() -> None:
    assert not bm25(lexicon(), parse("xyzzy")).any()


def test_matches_line_up_with_the_words_of_the_sentences() -> None:
    found = lexicon()
    matches = found.matches(parse("Tokyo"), np.array([2, 0], dtype=np.int32))
    assert matches.starts.tolist() == [0, 5]  # "Il vertice è in Lituania", then "Apre un …"
    assert matches.similarity.argmax(axis=1).tolist() == [5 + 4]
    assert matches.similarity.shape == (1, len(matches.tokens)) == (1, 10)


def test_typing_errors_and_cognates_are_look_alikes() -> None:
    found = lexicon()
    matches = found.matches(parse("Lithuania perssona xyzzy"), np.arange(4, dtype=np.int32))
    known = [found.known_types()[word] for word in found.types[matches.tokens]]
    assert 0.3 < matches.similarity[0, known.index("lituania")] < 1
    assert 0.3 < matches.similarity[1, known.index("persona")] < 1
    assert not matches.similarity[2].any()


def test_rare_words_weigh_more_than_common_ones_and_grammar_hardly_anything() -> None:
    texts = [passage_of(f"Roma e la {1000 + n}.", name=str(n)) for n in range(20)]
    weights = lexicon(*texts).weights(parse("la Roma 1007 xyzzy"))
    grammar, common, rare, unseen = weights.tolist()
    assert grammar < common < rare < unseen


def test_meanings_are_cosines_and_zero_where_there_is_no_vector() -> None:
    unit = np.eye(4, dtype=np.float32)
    found = lexicon(vectors={"ufficio": unit[0], "persona": unit[1]})
    matches = found.matches(parse("sede"), np.array([0], dtype=np.int32))
    cosines = found.meanings(unit[:1], matches)
    assert cosines.tolist() == [[0, 0, 1, 0, 0]]


def test_without_word_vectors_meanings_are_nothing() -> None:
    found = lexicon()
    matches = found.matches(parse("sede"), np.array([0], dtype=np.int32))
    assert not found.meanings(np.ones((1, 4), np.float32), matches).any()


def test_it_knows_the_languages_of_its_sources() -> None:
    english = passage_of("The summit will be held in July.", name="english")
    assert lexicon(OFFICE).languages == {"it"}
    assert lexicon(OFFICE, english).languages == {"it", "en"}


def test_a_sentence_without_words_has_its_place_all_the_same() -> None:
    found = lexicon(passage_of("… !!!", "…", "!!!"), OFFICE)
    assert len(found.starts) == 5
    assert (np.diff(found.starts) > 0).all()
    assert best(found, "Tokyo") == 1


@given(st.lists(texts, max_size=3), st.one_of(texts, st.text()))
def test_any_texts_and_any_question_can_be_matched(documents: list[str], asked: str) -> None:
    passages = [
        passage
        for number, text in enumerate(documents)
        for passage in chunk(source_of(text, str(number)))
    ]
    found, question = Lexicon(passages, {}), parse(asked)
    scores = bm25(found, question)
    assert scores.shape == (len(passages),)
    assert np.isfinite(scores).all()
    matches = found.matches(question, np.arange(len(found.starts) - 1, dtype=np.int32))
    assert matches.similarity.shape == (len(question.terms), len(found.types))
    assert (matches.similarity >= 0).all()
    assert (matches.similarity <= 1).all()
    weights = found.weights(question)
    assert (weights > 0).all()


@given(st.lists(st.integers(-3, 3), max_size=30), st.integers(1, 12))
def test_the_highest_come_best_first_and_of_equal_ones_the_first(
    values: list[int], count: int
) -> None:
    scores = np.array(values, dtype=np.float32)
    expected = sorted(range(len(values)), key=lambda n: (-values[n], n))[:count]
    assert highest(scores, count).tolist() == expected
