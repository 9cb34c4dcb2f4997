"""Logs tell everything but the token."""

from __future__ import annotations

import logging
from urllib.parse import quote

from bot.logs import RedactingFormatter
from retrieval import Secret

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz-_12345"
OTHER = "987654321:BBabcdefghijklmnopqrstuvwxyz-_12345"


def formatted(message: str, *arguments: object, error: BaseException | None = None) -> str:
    raised = (type(error), error, None) if error else None
    record = logging.LogRecord("bot", logging.INFO, "f.py", 1, message, arguments, raised)
    return RedactingFormatter(Secret(TOKEN)).format(record)


def test_a_token_is_hidden_in_messages_and_arguments() -> None:
    for text in (TOKEN, OTHER, quote(TOKEN), f"https://api.telegram.org/bot{TOKEN}/getMe"):
        line = formatted("asking %s: " + text.replace("%", "%%"), text)
        assert TOKEN not in line
        assert quote(TOKEN) not in line
        assert OTHER not in line
        assert line.count("<token>") == 2


def test_a_token_is_hidden_in_tracebacks() -> None:
    try:
        try:
            raise ValueError(f"bad token {TOKEN}")
        except ValueError as cause:
            raise RuntimeError(f"bot{OTHER}") from cause
    except RuntimeError as error:
        line = formatted("oh", error=error)
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert TOKEN not in line
    assert OTHER not in line


def test_times_and_numbers_are_left_alone() -> None:
    assert "at 12:30:45, 32 members, a:b" in formatted("at 12:30:45, 32 members, a:b")


def test_without_a_token_nothing_is_replaced() -> None:
    record = logging.LogRecord("bot", logging.INFO, "f.py", 1, "ciao", (), None)
    assert RedactingFormatter(Secret()).format(record).endswith("INFO bot: ciao")
