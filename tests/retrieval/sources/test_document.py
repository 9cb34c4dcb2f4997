"""How a file becomes text, and what its first lines say."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources import markdown, text
from retrieval.sources.document import LONGEST_TITLE, decode, read_labels, title_from_name

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")).filter(
    str.strip
)


@given(TEXTS)
def test_text_comes_back_as_written_with_or_without_a_byte_order_mark(words: str) -> None:
    assert decode(words.encode()) == words
    assert decode(words.encode("utf-8-sig")) == words


@given(TEXTS, st.sampled_from(["\r\n", "\r"]))
def test_every_line_end_is_one_character(words: str, line_end: str) -> None:
    assert decode(words.replace("\n", line_end).encode()) == words


@given(TEXTS)
def test_any_text_is_a_document_and_is_kept_whole(words: str) -> None:
    for reader in (text.read, markdown.read):
        document = reader(words.encode())
        assert document.text == words
        assert len(document.title) <= LONGEST_TITLE
        assert "\n" not in document.title + document.origin + document.date


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Fonte: Nikkei Asia", {"origin": "Nikkei Asia"}),
        ("**Fonte:** *Nikkei Asia*", {"origin": "Nikkei Asia"}),
        ("> _Source_: Reuters", {"origin": "Reuters"}),
        ("- Data: 3 maggio 2023", {"date": "3 maggio 2023"}),
        ("DATE : 2023-05-03  ", {"date": "2023-05-03"}),
        ('title: "A title"', {"title": "A title"}),
        ("Titolo: Prima: dopo", {"title": "Prima: dopo"}),
        ("La fonte: un torrente", {}),
        ("Database: grande", {}),
        ("Data:", {}),
        ("Fonte: " + "parola " * 50, {}),
    ],
)
def test_lines_near_the_top_say_where_a_document_is_from(line: str, found: dict[str, str]) -> None:
    assert read_labels(["# Qualcosa", "", line, "Altro."]) == found


@pytest.mark.parametrize("line", ["# " + "[" * 50_000, "Titolo: a" + "*" * 50_000 + "b"])
def test_no_line_takes_long_to_look_at_however_it_is_made(line: str) -> None:
    started = time.process_time()
    for reader in (text.read, markdown.read):
        assert reader(f"{line}\n\nAltro.\n".encode()).text.startswith(line)
    assert time.process_time() - started < 1


def test_the_first_label_of_a_kind_counts_and_far_down_none_does() -> None:
    assert read_labels(["Fonte: prima", "Fonte: seconda"]) == {"origin": "prima"}
    assert read_labels(["testo"] * 20 + ["Fonte: tarda"]) == {}


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("# Uno\n# Due\n", "Uno"),
        ("Testo.\n\n# **Uno** #\n", "Uno"),
        ("## Non questo\n\n# Questo\n", "Questo"),
        ("# [Un nome](https://example.org)\n", "Un nome"),
        ("```sh\n# un commento\n```\n\n# Il titolo\n", "Il titolo"),
        ("~~~\n```\n# un commento\n", ""),
        ("---\ntitle: Nel preambolo\n---\nTesto.", "Nel preambolo"),
        ("#hashtag\n", ""),
        ("Solo testo.\n", ""),
    ],
)
def test_a_markdown_title_is_its_first_heading_of_the_first_level(content: str, title: str) -> None:
    assert markdown.read(content.encode()).title == title


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Un titolo\n\nTesto.", "Un titolo"),
        ("\n\n  Un titolo  \n \nTesto.", "Un titolo"),
        ("Una frase intera.\n\nTesto.", ""),
        ("Un verso\nun altro verso\n\nTesto.", ""),
        ("parola " * 40 + "\n\nTesto.", ""),
        ("Una riga sola", ""),
        ("Fonte: ANSA\n\nTesto.", ""),
        ("Titolo: Il vero\n\nTesto.", "Il vero"),
    ],
)
def test_a_text_title_is_a_short_first_line_that_stands_alone(content: str, title: str) -> None:
    assert text.read(content.encode()).title == title


def test_a_title_of_any_length_is_cut_to_a_fair_one() -> None:
    title = markdown.read(b"# " + b"parola " * 100).title
    assert len(title) <= LONGEST_TITLE
    assert title.endswith("parola…")


@pytest.mark.parametrize(
    ("stem", "title"),
    [("nato-tokyo", "Nato tokyo"), ("a__b", "A b"), ("---", "---"), ("2023-05-03", "2023-05-03")],
)
def test_a_file_name_becomes_readable(stem: str, title: str) -> None:
    assert title_from_name(stem) == title
