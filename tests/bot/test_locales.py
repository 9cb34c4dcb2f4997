"""Both languages say everything, and nothing is said anywhere else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor

import bot
from bot.locales import FOLDER, LANGUAGES, words_for, words_in


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - fluent's
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """The keys of a language, and the values each needs."""
    found = {}
    for entry in FluentParser().parse((FOLDER / f"{language}.ftl").read_text("utf-8")).body:
        if isinstance(entry, Message):
            variables = _Variables()
            variables.visit(entry)
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            found[entry.id.name] = variables.names
        else:
            assert not isinstance(entry, Junk), f"{language}.ftl: {entry.content}"
    return found


def test_both_languages_have_the_same_words_with_the_same_values() -> None:
    assert messages("it") == messages("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_can_be_said(language: str) -> None:
    words = words_in("it" if language == "it" else "en")
    for key, names in messages(language).items():
        numbers = {"count", "number", "done", "total", "passages", "seconds", "id"}
        numbers |= {"passed", "before", "answered", "refused", "fallbacks", "input", "output"}
        numbers |= {"dollars", "left"}
        for value in (1, 2):
            text = words(key, **{name: value if name in numbers else "x" for name in names})
            assert text
            assert "{" not in text
            assert "}" not in text
            assert not re.search("[\u2066-\u2069]", text)


def test_every_key_is_used() -> None:
    root = Path(bot.__file__).parent
    code = "".join(
        file.read_text("utf-8") for file in root.rglob("*.py") if "sandbox" not in file.parts
    )
    for key in messages("it"):
        # The few that are put together: a step of a reload, an entry of a menu.
        stem = key.split("-")[0] + "-{"
        assert f'"{key}"' in code or stem in code, f"nobody says {key!r}"


SAYING = {"text_parts", "Part", "Button", "answer", "add", "send_message", "edit_message_text"}
"""What is called to say something to people, and to put it together."""


def _callee(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _literals(*nodes: ast.AST) -> list[str]:
    return [
        found.value
        for node in nodes
        for found in ast.walk(node)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    ]


def _speakers() -> list[Path]:
    """The modules that say something to people, or put together what is said."""
    root = Path(bot.__file__).parent
    theirs = re.compile(
        r"^from bot\.(locales|entities|replies|rendering|notices) import", re.MULTILINE
    )
    outside = ("sandbox", "migrations")
    return [
        file
        for file in sorted(root.rglob("*.py"))
        if not set(outside) & set(file.parts) and theirs.search(file.read_text("utf-8"))
    ]


def test_nobody_who_speaks_to_people_holds_words() -> None:
    assert {"asking.py", "listings.py", "welcome.py"} <= {file.name for file in _speakers()}
    for file in _speakers():
        tree = ast.parse(file.read_text("utf-8"))
        # Documentation, log lines and what Telegram's own words are compared with.
        spared: set[str] = set()
        for node in ast.walk(tree):
            alone = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            logged = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("logger.")
            if alone or logged or isinstance(node, ast.Compare | ast.Raise | ast.Assert):
                spared |= set(_literals(node))
        for text in _literals(tree):
            assert text in spared or not re.search(r"\w \w", text), f"{file.name}: {text!r}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _callee(node) in SAYING:
                for argument in node.args[:1]:
                    said = argument.value if isinstance(argument, ast.Constant) else ""
                    assert not re.search(r"[^\W\d]", str(said)), f"{file.name}: {said!r}"


@pytest.mark.parametrize(
    ("code", "language"),
    [("it", "it"), ("it-IT", "it"), (None, "it"), ("", "it"), ("en", "en"), ("de", "en")],
)
def test_the_language_follows_the_user(code: str | None, language: str) -> None:
    assert words_for(code).language == language


def test_a_missing_word_or_value_is_an_error() -> None:
    with pytest.raises(LookupError, match="no message 'nothing'"):
        words_in("it")("nothing")
    with pytest.raises(LookupError, match="paragraph"):
        words_in("it")("paragraph")


def test_no_italian_article_stands_before_a_day_which_might_be_the_eighth() -> None:
    """«il 8 novembre» and «del 11 novembre» are wrong, and a value's words aren't known before."""
    days = r"\{ \$(?:day|at|now|then) \}"
    found = re.findall(rf"\b(?:il|al|del|dal|nel) {days}", (FOLDER / "it.ftl").read_text("utf-8"))
    assert found == []
