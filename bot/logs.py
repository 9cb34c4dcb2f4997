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
_HIDDEN = "<token>"


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, traceback included, then hides ``token`` and all that look like one.

    Working on the finished line is what makes this complete: arguments, exception texts and
    source lines of a traceback all end up there.
    """

    def __init__(self, token: Secret) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, with nothing secret in it."""
        return redact(super().format(record), self._token)


def redact(text: str, token: Secret) -> str:
    """``text`` with ``token``, and all that look like one, replaced by ``<token>``."""
    if token:
        text = text.replace(token.reveal(), _HIDDEN)
        text = text.replace(token.reveal().replace(":", "%3A"), _HIDDEN)
    return _TOKEN_SHAPE.sub(_HIDDEN, text)


def configure(level: str, token: Secret) -> None:
    """Send all logs at ``level`` and above to standard error, without ``token``.

    Exceptions that nobody catches go the same way.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(token))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # httpx tells every request's URL, which holds the token; the others tell much and say little.
    for name in ("httpx", "httpcore", "telegram", "alembic", "aiosqlite", "chromadb"):
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
