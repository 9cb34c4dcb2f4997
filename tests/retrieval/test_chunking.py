"""Passages are the source's own text, cut where its meaning is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given

from retrieval.chunking import LONGEST_PASSAGE, chunk
from retrieval.sentences import LONGEST
from retrieval.sources import text as text_reader
from retrieval.types import Passage, Source
from retrieval.words import split
from tests.retrieval.texts import source_of, texts

_NUMBERED = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]+(?=\S)", re.MULTILINE)


def passages(text: str) -> tuple[Passage, ...]:
    return chunk(source_of(text))


def cut(text: str) -> list[list[str]]:
    """The sentences of a text, passage by passage."""
    return [list(passage.sentence_texts()) for passage in passages(text)]


def flat(text: str) -> list[str]:
    return [sentence for found in cut(text) for sentence in found]


@given(texts)
def test_a_passage_is_the_text_at_its_offsets(text: str) -> None:
    for passage in passages(text):
        assert passage.text == text[passage.start : passage.end]
        assert passage.source == "a"


@given(texts)
def test_passages_and_their_sentences_are_in_order_and_never_overlap(text: str) -> None:
    position = 0
    for passage in passages(text):
        assert passage.start >= position
        assert passage.sentences
        inside = passage.start
        for span in passage.sentences:
            assert span.start >= inside
            inside = span.end
        assert inside == passage.end
        position = passage.end


def letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalnum()]


@given(texts)
def test_every_word_of_a_source_is_in_exactly_one_passage(text: str) -> None:
    # Where white space is too far away, a word may be cut, but no letter is lost.
    words_stay_whole = all(len(run) < LONGEST / 2 for run in text.split())
    parts = split if words_stay_whole else letters
    held = [part for passage in passages(text) for part in parts(passage.text)]
    # The number of a list's item may fall between two passages.
    assert len(parts(_NUMBERED.sub("", text))) <= len(held) <= len(parts(text))
    remaining = iter(parts(text))
    assert all(part in remaining for part in held), "in the order of the text"


@given(texts)
def test_a_text_with_a_word_in_it_has_a_passage(text: str) -> None:
    assert bool(passages(text)) or not split(text)


@given(texts)
def test_chunking_the_same_text_twice_gives_the_same(text: str) -> None:
    assert passages(text) == passages(text)


def test_a_passage_holds_about_as_much_as_fits() -> None:
    text = "\n\n".join("Questa è una frase di prova, né lunga né corta. " * 5 for _ in range(30))
    found = passages(text)
    assert all(len(passage.text) <= LONGEST_PASSAGE for passage in found)
    assert all(len(passage.text) > LONGEST_PASSAGE / 2 for passage in found)


def test_a_passage_ends_where_a_paragraph_does() -> None:
    text = "\n\n".join("Questa è una frase di prova, né lunga né corta. " * 5 for _ in range(30))
    ends = [text[passage.end :][:3] for passage in passages(text)]
    assert all(end in (" \n\n", " ", "") for end in ends)


def test_headings_part_passages_and_name_them() -> None:
    text = "# Titolo\n\nUno.\n\n## Sezione prima ##\n\nDue. Tre.\n\n## Sezione seconda\nQuattro."
    assert [passage.heading for passage in passages(text)] == [
        "Titolo",
        "Sezione prima",
        "Sezione seconda",
    ]
    assert cut(text) == [["Uno."], ["Due.", "Tre."], ["Quattro."]]
    assert passages(text)[1].text.startswith("## Sezione prima")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_labels_below_the_title_of_a_plain_text_are_nothing_to_quote(gap: str) -> None:
    text = (
        f"Verbale di maggio{gap}Data: 12 marzo 2024\nFonte: la segreteria\n\nPiove. Data: oggi.\n"
    )
    title = text_reader.read(text.encode()).title
    [passage] = chunk(Source("a", "a.txt", title, text))
    assert title == "Verbale di maggio"
    assert passage.text == text.rstrip()
    assert passage.sentence_texts() == ("Piove.", "Data: oggi.")
    assert passage.paragraph == 1


def test_a_label_below_a_sentence_is_a_sentence() -> None:
    assert flat("La gita è riuscita.\n\nData: 12 marzo 2024\n") == [
        "La gita è riuscita.",
        "Data: 12 marzo 2024",
    ]


def test_a_document_of_headings_alone_is_not_lost() -> None:
    [passage] = passages("# Roma\n\n## Capitale d'Italia\n")
    assert "Roma" in passage.text
    assert "Capitale" in passage.text


def test_a_hash_without_a_space_is_no_heading() -> None:
    [passage] = passages("#hashtag del giorno.")
    assert passage.heading == ""


@pytest.mark.parametrize("mark", ["-", "*", "+", "•", "–", "1.", "2)", "   -"])
def test_the_items_of_a_list_are_sentences_of_their_own(mark: str) -> None:
    text = f"I paesi sono questi:\n{mark} Georgia\n{mark} Ucraina e Moldavia\n{mark} Kuwait"
    assert flat(text) == ["I paesi sono questi:", "Georgia", "Ucraina e Moldavia", "Kuwait"]


def test_an_item_goes_on_in_the_next_line() -> None:
    text = (
        "- Il primo punto, che è lungo e continua ancora\n  nella riga dopo.\n- Il secondo punto."
    )
    assert flat(text) == [
        "Il primo punto, che è lungo e continua ancora\n  nella riga dopo.",
        "Il secondo punto.",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "La NATO progetta di aprire in Giappone il suo primo\n"
        "ufficio in Asia. Lo ha riferito mercoledì il giornale\n"
        "giapponese Nikkei Asia, che cita più fonti."
    )
    assert [len(found) for found in cut(text)] == [2]
    assert flat(text)[0].endswith("primo\nufficio in Asia.")


def test_a_short_line_without_a_stop_stands_alone() -> None:
    text = "Il nuovo ufficio\nLa NATO apre a Tokyo. Il Giappone è d'accordo."
    assert flat(text)[0] == "Il nuovo ufficio"


def test_no_sentence_runs_over_an_empty_line() -> None:
    assert flat("Una riga senza punto ma abbastanza lunga\n\nUn'altra.") == [
        "Una riga senza punto ma abbastanza lunga",
        "Un'altra.",
    ]


def test_one_line_a_paragraph_is_understood() -> None:
    long = "Questa è una frase di un paragrafo su una riga sola. " * 5
    assert flat(f"{long}\nBreve riga.\nAltra riga.")[-2:] == ["Breve riga.", "Altra riga."]


def test_the_rows_of_a_table_do_not_run_together() -> None:
    text = "| Paese | Città |\n|---|---|\n| Austria | Vienna |"
    assert flat(text)[-1] == "| Austria | Vienna |"


def test_a_rule_is_nothing_to_quote() -> None:
    assert flat("Uno.\n\n---\n\nDue.\n\n* * *\n\nTre.") == ["Uno.", "Due.", "Tre."]


def test_paragraphs_are_counted_from_one() -> None:
    text = "# Titolo\n\nUno.\n\nDue.\n\n## Altro\n\nTre.\n\n## Ancora\n\nQuattro."
    assert [passage.paragraph for passage in passages(text)] == [1, 3, 4]


@pytest.mark.parametrize("text", ["", " \n\t\u00a0 ", "---\n***\n"])
def test_where_there_is_nothing_there_are_no_passages(text: str) -> None:
    assert passages(text) == ()


@pytest.mark.parametrize("line", ["# a{}b", "- {}x", "a{}.", "{}|", "- " * 50_000 + "x{}"])
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0"])
def test_endless_white_space_does_not_hold_things_up(line: str, space: str) -> None:
    began = time.perf_counter()
    passages(line.format(space * 50_000))
    assert time.perf_counter() - began < 5
