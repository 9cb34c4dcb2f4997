"""Logging: one line an event on standard error, and never a token in it."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from types import TracebackType

from retrieval import Secret

# What a Telegram token looks like, also where its colon is escaped for a URL.
_TOKEN_SHAPE = re.compile(r"(?<![0-9])[0-9]{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
# What OpenAI's keys, and those of many who offer the same protocol, look like.
_KEY_SHAPE = re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,}")
# What follows in a link, which may be a key to it.
_QUERY = re.compile(r"""(https?://[^\s?#"'<>]*\?)[^\s"'<>]+""", re.IGNORECASE)
_HIDDEN = "<token>"
_LOUD = (
    *("httpx", "httpcore", "httpx2", "httpcore2", "openai", "langchain_openai"),
    *("telegram", "alembic", "aiosqlite", "chromadb"),
)


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, traceback included, then hides ``secrets`` and what looks like one.

    Working on the finished line is what makes this complete: arguments, exception texts and
    source lines of a traceback all end up there.
    """

    def __init__(self, *secrets: Secret) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, with nothing secret in it."""
        return redact(super().format(record), *self._secrets)


def redact(text: str, *secrets: Secret) -> str:
    """``text`` without ``secrets``, what looks like a token or key, and the queries of links."""
    for secret in filter(None, secrets):
        text = text.replace(secret.reveal(), _HIDDEN)
        text = text.replace(secret.reveal().replace(":", "%3A"), _HIDDEN)
    text = _KEY_SHAPE.sub(_HIDDEN, _TOKEN_SHAPE.sub(_HIDDEN, text))
    return _QUERY.sub(r"\1<hidden>", text)


def configure(level: str, *secrets: Secret) -> None:
    """Send all logs at ``level`` and above to standard error, without ``secrets``.

    Exceptions that nobody catches go the same way.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(*secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # httpx tells every request's URL, which holds the token, and openai what was asked, word by
    # word; the others tell much and say little.
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    # python-telegram-bot warns at every 429 that its type will change; both types are handled.
    warnings.filterwarnings("ignore", message=".*attribute `retry_after` will be")
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, traceback))
