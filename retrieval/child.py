"""The other end of ``background``: reloads, and tells its parent in pickled messages."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from retrieval.background import Message
from retrieval.changes import Progress
from retrieval.errors import RetrievalError
from retrieval.reload import reload
from retrieval.settings import ModelSettings, Settings, WebSettings

_EVERY = 0.1  # seconds between two messages about the same step


def main() -> None:
    """Reload as the command line says: ``update`` or ``rebuild``, folders, what may be lost.

    The model's settings and the web's come in the environment, which other users can't see.
    """
    from retrieval.embedding import open_embedder

    # Ctrl-C reaches the whole group; the parent decides, and takes the child with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the messages
    threading.Thread(target=_end_with_parent, args=(sys.stdin.buffer,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(10)  # questions first
    send = _sender(stdout)
    mode, sources, store, max_loss, max_wipe, asked, accepted = sys.argv[1:]
    model = ModelSettings.from_environment(os.environ)
    web = WebSettings.from_environment(os.environ)
    limits = (float(max_loss), float(max_wipe))
    folders = (Path(sources), Path(store))
    settings = Settings(*folders, limits[0], model, web, limits[1], asked == "1", accepted)
    try:
        send(reload(settings, open_embedder(model), send, rebuild=mode == "rebuild"))
    except RetrievalError as error:
        send(error)


def _end_with_parent(stdin: IO[bytes]) -> None:
    stdin.read()
    os._exit(1)  # any moment will do: a reload survives kill -9 as well


def _sender(stdout: IO[bytes]) -> Callable[[Message], None]:
    last: tuple[object, float] = (None, 0.0)

    def send(message: Message) -> None:
        nonlocal last
        now = time.monotonic()
        if isinstance(message, Progress):
            finished = message.done == message.total
            if message.step == last[0] and now - last[1] < _EVERY and not finished:
                return
            last = (message.step, now)
        pickle.dump(message, stdout)
        stdout.flush()

    return send


if __name__ == "__main__":
    main()
