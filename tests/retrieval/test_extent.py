"""A quote reaches as far as it must to be understood, and no farther."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.extent import LONGEST, LONGEST_LIST, extent
from retrieval.question import parse
from tests.retrieval.texts import source_of, texts

THING = "Che cosa vende Anna?"


def quoted(text: str, sentence: str, question: str = THING) -> str:
    """What is quoted of a text for the sentence that begins so."""
    [passage] = chunk(source_of(text))
    starts = [s.startswith(sentence) for s in passage.sentence_texts()]
    span = extent(text, passage, starts.index(True), parse(question))
    return text[span.start : span.end]


def test_a_sentence_that_stands_alone_comes_alone() -> None:
    assert quoted("Anna vende mele. Ugo vende pere. Ada riposa.", "Ugo") == "Ugo vende pere."


def test_what_leans_brings_what_it_leans_on_and_that_in_turn() -> None:
    text = "Piove. Anna vende mele. Ha anche pere. Questo piace a Ugo. Fine."
    assert quoted(text, "Ha") == "Anna vende mele. Ha anche pere."
    assert quoted(text, "Questo") == "Anna vende mele. Ha anche pere. Questo piace a Ugo."


def test_no_more_than_two_sentences_are_brought_along() -> None:
    text = "Anna vende mele. Ha anche pere. Ha anche uva. Ha anche kiwi."
    assert quoted(text, "Ha anche uva") == "Anna vende mele. Ha anche pere. Ha anche uva."
    assert quoted(text, "Ha anche kiwi") == "Ha anche pere. Ha anche uva. Ha anche kiwi."


def test_what_leans_on_too_much_comes_alone() -> None:
    text = f"Anna vende {'mele, ' * 120}e pere. Ha anche uva."
    assert quoted(text, "Ha") == "Ha anche uva."


ITEMS = "- mele rosse\n- pere\n- uva di Ugo."
LIST = f"Il mercato è vecchio.\n\nAnna vende queste cose:\n\n{ITEMS}\n\nFine."


@pytest.mark.parametrize("sentence", ["Anna vende", "mele", "pere", "uva"])
def test_a_question_for_a_list_gets_all_of_it_with_the_line_that_opens_it(sentence: str) -> None:
    whole = f"Anna vende queste cose:\n\n{ITEMS}"
    assert quoted(LIST, sentence, "Quali cose vende Anna?") == whole
    numbered = LIST.replace("- mele", "1. mele").replace("- pere", "2. pere").replace("- u", "3. u")
    assert quoted(numbered, sentence, "List all.").count("\n") == 4


def test_a_line_that_opens_a_list_never_comes_without_it() -> None:
    assert quoted(LIST, "Anna vende").endswith("uva di Ugo.")


def test_a_short_item_brings_what_tells_what_it_is_and_a_long_one_doesnt() -> None:
    assert quoted(LIST, "pere") == "Anna vende queste cose:\n\n- mele rosse\n- pere"
    long = LIST.replace("- pere", "- Dal 1990 Ugo alleva pecore.\n")
    assert quoted(long, "Dal 1990") == "Dal 1990 Ugo alleva pecore."


def test_a_list_that_is_too_long_isnt_quoted_whole() -> None:
    items = "\n".join(f"- La cosa numero {n} che Anna vende al mercato" for n in range(25))
    text = f"Anna vende:\n\n{items}"
    [passage] = chunk(source_of(text))
    span = extent(text, passage, 3, parse("Quali cose vende Anna?"))
    assert text[span.start : span.end] == "La cosa numero 2 che Anna vende al mercato"


def test_a_list_that_goes_on_in_the_next_sentence_is_one_list() -> None:
    text = "Anna è qui. Il club ha sedi a Bari e a Lima. Altre sedi del club sono in Perù. Piove."
    both = "Il club ha sedi a Bari e a Lima. Altre sedi del club sono in Perù."
    question = "In quali città il club ha sedi?"
    assert quoted(text, "Il club", question) == both
    assert quoted(text, "Altre", question) == both
    assert (
        quoted(text, "Il club", "Quando il club ha aperto?") == "Il club ha sedi a Bari e a Lima."
    )


def test_words_in_a_quotation_bring_who_says_them() -> None:
    filler = "Nessuno di noi lo avrebbe mai creduto possibile prima di quella notte. " * 6
    text = f"Piove. «Il ponte reggerà. {filler}Ne sono certa», ha detto Anna Ricci. Fine."
    found = quoted(text, "Ne sono")
    assert found.endswith("ha detto Anna Ricci.")
    assert len(found) <= LONGEST
    text = "Anna Ricci ha detto: “Il ponte reggerà.” Piove."
    assert quoted(text, "Anna") == "Anna Ricci ha detto: “Il ponte reggerà.”"


def test_a_quotation_alone_brings_the_sentence_that_says_whose_it_is() -> None:
    text = "Piove. «Il ponte reggerà.» Lo ha detto Anna Ricci. Fine."
    both = "«Il ponte reggerà.» Lo ha detto Anna Ricci."
    assert quoted(text, "«Il ponte") == both
    text = "Piove. Ecco che cosa ha detto Anna:\n«Il ponte reggerà.»\n\nFine."
    assert quoted(text, "«Il ponte").startswith("Ecco che cosa ha detto Anna:")


def test_who_asks_who_says_it_is_told() -> None:
    text = "Il ponte reggerà alla piena. Lo ha detto Anna Ricci. Fine."
    both = "Il ponte reggerà alla piena. Lo ha detto Anna Ricci."
    assert quoted(text, "Il ponte", "Chi ha detto che il ponte reggerà?") == both
    assert quoted(text, "Il ponte", "Che cosa reggerà?") == "Il ponte reggerà alla piena."


def test_without_a_question_only_what_is_needed_comes_along() -> None:
    text = "Anna vende mele. Ha anche pere."
    [passage] = chunk(source_of(text))
    assert extent(text, passage, 0).end == len("Anna vende mele.")
    assert extent(text, passage, 1).start == 0


@given(texts, st.sampled_from(["Quali paesi?", "Chi ha detto che cosa?", "Quando?", "a"]))
def test_a_quote_of_any_text_is_a_run_of_sentences_around_its_own(text: str, question: str) -> None:
    for passage in chunk(source_of(text)):
        for index, own in enumerate(passage.sentences):
            span = extent(text, passage, index, parse(question))
            assert span.start <= own.start < own.end <= span.end
            assert span.start in [sentence.start for sentence in passage.sentences]
            assert span.end in [sentence.end for sentence in passage.sentences]
            assert span.end - span.start <= max(LONGEST_LIST, own.end - own.start)
