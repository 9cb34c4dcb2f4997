"""Keeps the documents fresh by itself: every so often, and whenever the folder changes.

It goes the way of ``/reload``, through the same gate, and admins hear of it where there is news.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.faults import fault_in_words
from bot.locales import Words
from bot.settings import Settings
from retrieval import Changes, RefusedError, RetrievalError, Skipped, StoreBusyError

if TYPE_CHECKING:
    from bot.context import Context
    from bot.notices import Notices

logger = logging.getLogger(__name__)

_NAMED = 3  # documents or links in one line of a notice
_QUIET = 1_000  # milliseconds without a change, before a folder is read
_LONGEST_WAIT = 5_000  # milliseconds of changes, after which it is read all the same
_BUSY = 10.0  # seconds until somebody else's reload is looked at again
_AGAIN = 60.0  # seconds until a folder that can't be watched is tried again

Notice = Callable[[Words], str]
"""Says something in a language."""


def start_resync(
    settings: Settings, context: Context, notices: Notices
) -> list[asyncio.Task[None]]:
    """Start what the settings ask for, if anything."""
    resync = Resync(context.refresh, notices.say)
    work = []
    if settings.resync_seconds:
        work.append(resync.every(settings.resync_seconds))
    if settings.watch_sources:
        work.append(resync.watch(context.library.collection.folder))
    return [asyncio.create_task(each) for each in work]


class Resync:
    """Reloads now and then. ``reload`` is what ``/reload`` does; ``say`` sends admins a notice.

    What fails is told once, until it is well again or fails otherwise.
    """

    def __init__(
        self,
        reload: Callable[[], Awaitable[Changes]],
        say: Callable[[Notice], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reload = reload
        self._say = say
        self._sleep = sleep
        self._running = asyncio.Lock()
        self._failure = ""
        self._troubled: frozenset[str] = frozenset()

    async def every(self, seconds: float) -> None:
        """Reload every so many seconds, until cancelled."""
        while True:
            await self._sleep(seconds)
            await self.once()

    async def watch(
        self, folder: Path, changes: Callable[[Path], AsyncIterator[object]] | None = None
    ) -> None:
        """Reload whenever something in a folder changes, until cancelled."""
        while True:
            try:
                async for _ in (changes or _changes)(folder):
                    while not await self.once():
                        await self._sleep(_BUSY)  # it may not be this change that is being read
            except (OSError, RuntimeError) as error:
                logger.warning("%s can't be watched: %s", folder, error)
            await self._sleep(_AGAIN)

    async def once(self) -> bool:
        """Reload, and tell what is new. Whatever goes wrong, what was there goes on answering.

        False if somebody else was at it.
        """
        async with self._running:
            try:
                changes = await self._reload()
            except StoreBusyError:
                logger.info("somebody else is reading the documents")
                return False
            except RetrievalError as error:
                self._fail(error)
            except Exception:
                logger.exception("the documents can't be read again")
            else:
                self._succeed(changes)
            return True

    def _fail(self, error: RetrievalError) -> None:
        logger.warning("the documents are not taken over: %s", error)
        if str(error) == self._failure:
            return
        self._failure = str(error)
        key = "resync-refused" if isinstance(error, RefusedError) else "resync-failed"
        self._say(lambda said: said(key, reason=fault_in_words(error.fault, said)))

    def _succeed(self, changes: Changes) -> None:
        self._failure = ""
        troubles = (*changes.skipped, *changes.stale)
        new = [trouble for trouble in troubles if trouble.path not in self._troubled]
        self._troubled = frozenset(trouble.path for trouble in troubles)
        if not (changes.swapped or new):
            return
        logger.info(
            "read again: %d added, %d changed, %d removed, %d in trouble",
            len(changes.added),
            len(changes.changed),
            len(changes.removed),
            len(new),
        )
        self._say(lambda said: _news(changes, new, said))


def require_watcher(settings: Settings) -> None:
    """See to it that a folder can be watched, where that is wanted.

    Raises:
        SettingsError: what it takes is not installed.
    """
    if settings.watch_sources and find_spec("watchfiles") is None:
        raise SettingsError(
            "WATCH_SOURCES needs watchfiles, which is not installed: run `pip install "
            "'passo[watch]'`, or set WATCH_SOURCES=no."
        )


def _news(changes: Changes, troubles: Iterable[Skipped], said: Words) -> str:
    lines = [said("resync-done") if changes.swapped else said("resync-trouble")]
    if changes.swapped:
        for key, names in (
            ("reload-added", changes.added),
            ("reload-updated", changes.changed),
            ("reload-removed", changes.removed),
        ):
            if names:
                shown = tuple(changes.name_of(name) for name in names)
                lines.append(f"{said(key, count=len(names))}: {_named(shown)}")
    stale = {trouble.path for trouble in changes.stale}
    found = [trouble.path for trouble in troubles]
    for key, names in (
        ("reload-skipped", tuple(path for path in found if path not in stale)),
        ("reload-stale", tuple(path for path in found if path in stale)),
    ):
        if names:
            lines.append(f"{said(key, count=len(names))}: {_named(names)}")
    return "\n".join(lines)


def _named(names: tuple[str, ...]) -> str:
    shown = [_short(name, 100) for name in names[:_NAMED]]
    return ", ".join(shown) + (", …" if len(names) > _NAMED else "")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


async def _changes(folder: Path) -> AsyncIterator[object]:
    from watchfiles import awatch

    async for changes in awatch(
        folder,
        watch_filter=lambda _, path: is_document(Path(path), folder),
        debounce=_LONGEST_WAIT,
        step=_QUIET,
    ):
        yield changes


def is_document(path: Path, folder: Path) -> bool:
    """Tell whether a change of this path may matter: not of what is hidden or half written."""
    root = folder.resolve()
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
    return not any(part.startswith(".") or part.endswith("~") for part in parts)
