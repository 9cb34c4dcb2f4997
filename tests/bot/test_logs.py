"""Logs tell everything but secrets."""

from __future__ import annotations

import logging
import sys
from urllib.parse import quote

from bot.logs import RedactingFormatter, configure, redact
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


def test_every_secret_and_whatever_looks_like_a_key_is_hidden() -> None:
    own, other = "a-key-of-ones-own-server", "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
    record = logging.LogRecord("bot", logging.INFO, "f.py", 1, f"{own} {other} {TOKEN}", (), None)
    line = RedactingFormatter(Secret(TOKEN), Secret(own)).format(record)
    assert line.endswith("<token> <token> <token>")
    assert redact(f"{own} {other}", Secret(own)) == "<token> <token>"


def test_what_would_tell_every_prompt_is_quiet_at_any_level() -> None:
    root = logging.getLogger()
    before, level, hook = root.handlers[:], root.level, sys.excepthook
    try:
        configure("DEBUG", Secret(TOKEN))
        for name in ("httpx2", "httpcore2", "openai", "openai._base_client", "langchain_openai"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        sys.excepthook = hook
        logging.captureWarnings(capture=False)


def test_of_a_link_what_may_be_a_key_to_it_is_hidden() -> None:
    link = "https://example.org/feed.xml?key=hush&n=1#hush"
    line = formatted("user %d removes %s", 7, link)
    assert line.endswith("user 7 removes https://example.org/feed.xml?<hidden>")
    error = ValueError(f"{link} is there already (a.links, line 1), as '{link}'")
    line = formatted("refused", error=error)
    assert "feed.xml?<hidden> is there already (a.links, line 1), as 'https" in line
    assert "hush" not in line
    assert formatted("why? see https://example.org/a").endswith("why? see https://example.org/a")
