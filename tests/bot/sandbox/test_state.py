from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot.sandbox
from bot.sandbox import DEFAULT_TOKEN, ControlError, Sandbox


def test_the_default_token_has_a_tokens_shape_and_is_plainly_fake() -> None:
    assert re.fullmatch(r"\d+:[\w-]{35}", DEFAULT_TOKEN)
    assert "not-a-real-token" in DEFAULT_TOKEN
    assert Sandbox().bot.id == 42


def test_a_malformed_token_is_refused_without_repeating_it() -> None:
    with pytest.raises(ControlError) as caught:
        Sandbox(token="42:short")
    assert "short" not in str(caught.value)


def test_the_public_names_are_sorted_and_there() -> None:
    names = [name for name in bot.sandbox.__all__ if not name.isupper()]
    assert names == sorted(names)
    assert all(hasattr(bot.sandbox, name) for name in bot.sandbox.__all__)


def test_it_imports_nothing_of_the_bot_nor_of_telegram() -> None:
    folder = Path(bot.sandbox.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            modules = []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            for module in modules:
                assert not module.startswith("telegram"), file
                if module.startswith("bot"):
                    assert module.startswith("bot.sandbox"), file
