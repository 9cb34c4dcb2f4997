"""What is wrong is said in the language of whoever reads it, with the way out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.faults import fault_in_words
from bot.locales import LANGUAGES, words_in
from retrieval import Fault, Language
from retrieval.faults import VALUES
from tests.bot.test_locales import messages

ENGLISH = "Stream ended unexpectedly (pypdf): permission denied"
COUNTED = {"megabytes", "millions", "most", "count", "before", "share"}


def a_fault(code: str, *, depth: int = 0) -> Fault:
    """A fault of this code with all its values; its English is what nobody should meet."""
    values: dict[str, str | int | Fault] = {}
    for name in VALUES[code]:
        if name == "cause":
            values[name] = a_fault("entry" if not depth else "robots", depth=depth + 1)
        elif name == "day":
            values[name] = "2026-11-21"
        else:
            values[name] = 3 if name in COUNTED else "zzz"
    return Fault(code, ENGLISH, **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_that_say_exactly_its_values(language: Language) -> None:
    said = messages(language)
    worded = {key.removeprefix("fault-") for key in said if key.startswith("fault-")}
    assert worded == VALUES.keys()
    for code, values in VALUES.items():
        assert said[f"fault-{code}"] == values, code


@pytest.mark.parametrize("code", VALUES)
def test_no_english_shows_in_an_italian_chat_nor_anything_a_library_said(code: str) -> None:
    fault = a_fault(code)
    italian, english = (fault_in_words(fault, words_in(language)) for language in ("it", "en"))
    assert italian != english
    for text in (italian, english):
        assert ENGLISH not in text
        assert "pypdf" not in text
        assert text.endswith((".", "'passo[documents]'", "OPENAI_EMBEDDING_MODEL."))
        assert text[0].islower() or text.startswith(("I ", "«", "“"))
    words = set(re.findall(r"[a-z]+", italian.lower()))
    assert not words & {"the", "is", "it", "of", "and", "can", "be", "your", "with", "not", "save"}


SPEAKING = sorted(
    path
    for path in Path(bot.__file__).parent.rglob("*.py")
    if "sandbox" not in path.parts and path.name not in ("__main__.py", "console.py")
)


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_nobody_puts_an_error_into_what_is_said(path: Path) -> None:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("said", "words", "text_parts"):
            told = ast.unparse(call)
            assert not re.search(r"str\(error\)|\{error\b|\.english\b|\.why\b", told), told


def test_a_fault_that_led_to_another_and_a_day_are_in_that_language_too() -> None:
    cause = Fault("not-there", "it is not there (404): correct the link", status="404")
    kept = Fault("kept", f"{cause} (its text of 2026-11-21 stays)", cause=cause, day="2026-11-21")
    assert fault_in_words(kept, words_in("it")) == (
        "la pagina non c’è (404). Correggi il link, oppure toglilo. "
        "Per ora tengo il testo che ho (letto: 21 novembre 2026)."
    )
    assert fault_in_words(kept, words_in("en")).endswith("the text of 21 November 2026.")


def test_a_port_is_no_number_to_be_counted() -> None:
    fault = Fault("port", "the link leads to port 8080", port="8080")
    assert "porta 8080," in fault_in_words(fault, words_in("it"))


@given(st.text())
def test_whatever_a_document_is_called_what_is_wrong_stays_one_line_of_fair_length(
    name: str,
) -> None:
    text = fault_in_words(Fault("same-name", ENGLISH, other=name), words_in("it"))
    assert "\n" not in text
    assert len(text) < 250
    assert text.endswith("Cambiagli nome.")
