"""A channel's own posts as documents: written as they come, and read again at most once a minute.

Telegram doesn't tell bots of posts that are deleted, nor of those from before the bot came.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress

from telegram import Message

from bot.texts import gist, text_of
from retrieval import Collection, RefusedError, RetrievalError, SourceError, StoreBusyError

logger = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between two readings of the documents."""

_POST = re.compile(r"[0-9]+\.txt")


def path_of(post: Message) -> str:
    """Where a post's document lies, below the sources folder."""
    return f"{_folder(post.chat.username or _bare(post.chat.id))}{post.message_id}.txt"


def folders_of(chat: int, *usernames: str) -> tuple[str, ...]:
    """Where a channel's documents lie, also those from before it had a name; each ends in ``/``.

    ``usernames`` are its own and those it had.
    """
    return tuple(dict.fromkeys(_folder(name) for name in (*usernames, _bare(chat)) if name))


def posts_in(folder: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The documents among these that are posts kept in a folder of :func:`folders_of`."""
    return tuple(
        path
        for path in paths
        if path.startswith(folder) and _POST.fullmatch(path.removeprefix(folder))
    )


def link_of(post: Message) -> str:
    """The address of a post; a private channel's opens for its subscribers alone."""
    place = post.chat.username or f"c/{_bare(post.chat.id)}"
    return f"https://t.me/{place}/{post.message_id}"


def document_of(post: Message) -> str:
    """A post as a document, whose first lines say from where it is.

    It is called by its channel, as its readers do; whatever shows that shows the date beside it.
    """
    text, channel = text_of(post), gist(post.chat.title or str(post.chat.id))
    labels = (
        ("Title", channel),
        ("Source", channel),
        ("Date", f"{post.date:%Y-%m-%d}"),
        ("Link", link_of(post)),
    )
    head = "\n".join(f"{name}: {value}" for name, value in labels)
    return f"{head}\n\n{text}\n"


class Posts:
    """Keeps posts in ``collection`` and has them read by ``reload``.

    ``refused`` hears when the documents couldn't be read, the first time it fails in a row. With
    ``pending``, an earlier run may have left something unread.
    """

    def __init__(
        self,
        collection: Callable[[], Collection],
        reload: Callable[[], Awaitable[object]],
        refused: Callable[[RetrievalError], None],
        *,
        pending: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._collection = collection
        self._reload = reload
        self._refused = refused
        self._sleep = sleep
        self._news = asyncio.Event()
        self._fails = False
        if pending:
            self._news.set()

    async def keep(self, post: Message, earlier: Sequence[str] = ()) -> None:
        """Write a new or edited post; one that says nothing any more is taken away.

        An edited one that lies in a folder of one of its channel's ``earlier`` names leaves that.
        """
        path, collection = path_of(post), self._collection()
        folders = folders_of(post.chat.id, *earlier)
        elsewhere = {path, *(f"{folder}{post.message_id}.txt" for folder in folders)}
        if text_of(post).strip():
            data = document_of(post).encode("utf-8", "replace")
            try:
                await asyncio.to_thread(collection.add, path, data)
            except SourceError as error:
                logger.info("a post of channel %d is left out: %s", post.chat.id, error)
                return
            elsewhere -= await asyncio.to_thread(_just_written, collection, path, elsewhere)
            self._news.set()
        for place in elsewhere:
            with suppress(SourceError):  # most likely there is none
                await asyncio.to_thread(collection.remove, place)
                self._news.set()

    async def run(self) -> None:
        """Read the documents when there is something new, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._reload()
                self._fails = False
            except StoreBusyError:
                self._news.set()  # somebody else is reading them, perhaps without the newest
            except RetrievalError as error:
                kind = "are refused" if isinstance(error, RefusedError) else "can't be read"
                logger.warning("the posts of channels %s: %s", kind, error)
                if not self._fails:
                    self._refused(error)
                self._fails = True
            await self._sleep(PAUSE)


def _just_written(collection: Collection, path: str, places: Iterable[str]) -> set[str]:
    """Those of ``places`` that are the file at ``path``.

    Where a disk makes no difference of capitals, a folder “News” is “news” too.
    """
    written, same = collection.folder / path, {path}
    for place in places:
        with suppress(OSError):  # most likely there is none
            if written.samefile(collection.folder / place):
                same.add(place)
    return same


def _folder(name: str) -> str:
    return f"channels/{name}/"


def _bare(chat: int) -> str:
    """The id of a channel as its links have it."""
    return str(chat).removeprefix("-100").removeprefix("-")
