"""Starts the bot: ``python -m bot``. Read this first; it goes from top to bottom."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import retrieval
from bot import logs
from bot.errors import BotError, SettingsError, TokenError
from bot.ownership import owning
from bot.resync import require_watcher
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.model import Model

logger = logging.getLogger("bot")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bot until it is stopped; returns the exit code.

    0 is a clean stop, 1 something in the way (such as another bot on the same state), 2 a setting
    or a token that can't be used. What is wrong is said in one line on standard error.
    """
    argparse.ArgumentParser(
        prog="python -m bot",
        description="Serve Telegram, or the sandbox if there is no token. "
        "Settings are read from the environment and from .env; see .env.example.",
    ).parse_args(arguments)
    token = retrieval.Secret()
    try:
        environment = retrieval.read_environment()
        settings = Settings.from_environment(environment)
        token = settings.token
        documents = retrieval.Settings.from_environment(environment)
        logs.configure(settings.log_level, settings.token, documents.model.key)
        require_watcher(settings)
        model = _model(settings, documents)
        # Before anything slow: a second bot hears at once that there is a first.
        with owning(settings.state_url):
            if not settings.token:
                from bot import console

                return console.run(settings, lambda: _open_library(documents), model)
            asyncio.run(_serve(settings, documents, model))
    except (SettingsError, TokenError, retrieval.SettingsError) as error:
        # A token pasted into the wrong setting is quoted by the error about it.
        print(logs.redact(str(error), token), file=sys.stderr)
        return 2
    except (BotError, retrieval.RetrievalError) as error:
        print(logs.redact(str(error), token), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _model(settings: Settings, documents: retrieval.Settings) -> Model | None:
    """The model that writes answers, if there is one; a budget that can't be kept is told here."""
    if not documents.model.writes:
        return None
    from bot.model import Model, price_in

    def open_writer(library: retrieval.Library, **hooks: Any) -> retrieval.Writer:
        writer = retrieval.Writer.open(documents, library, **hooks)
        assert writer
        return writer

    name = documents.model.chat
    return Model(name, price_in(settings, name), open_writer)


async def _serve(settings: Settings, documents: retrieval.Settings, model: Model | None) -> None:
    from bot.service import serve

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)

    await serve(settings, lambda: _open_library(documents), stop=stop, model=model)


def _open_library(documents: retrieval.Settings) -> retrieval.Library:
    return retrieval.Library.open(documents, on_progress=_log_progress(), in_background=True)


def _log_progress() -> retrieval.OnProgress:
    """Tell in the log how a first reading goes: each step, and then at most every few seconds."""
    last: tuple[retrieval.Step | None, float] = (None, 0.0)

    def on_progress(progress: retrieval.Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if progress.step is not last[0] or now - last[1] > 5:
            last = (progress.step, now)
            logger.info("%s: %d of %d", progress.step, progress.done, progress.total)

    return on_progress


if __name__ == "__main__":
    sys.exit(main())
