"""``/remove``: take a document away, or a channel's posts, once an admin has said yes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import Message

from bot.board import Board
from bot.confirmations import Pending
from bot.context import Context
from bot.excerpts import one_line
from bot.handlers.common import argument_of, reply_to, words
from bot.handlers.reloading import failure_parts, in_turn, refused_parts, reload_on
from bot.listings import confirmation
from bot.locales import Words
from bot.posts import posts_in
from bot.rendering import changes_parts, text_parts
from bot.replies import Deferred, Outcome, Reply
from retrieval import (
    Collection,
    RefusedError,
    Replaced,
    RetrievalError,
    SourceError,
    SourceSummary,
)

logger = logging.getLogger(__name__)


async def remove(message: Message, context: Context) -> Outcome:
    """Ask whether to take a document away: by its number in /sources, its name or its title."""
    said, wanted = words(message, context), argument_of(message)
    if not wanted:
        return reply_to(message, text_parts(said("remove-usage")))
    found = _find(await context.sources(), wanted)
    if not found and wanted.lower().startswith(("http://", "https://")):
        return await _remove_link(message, context, wanted)  # a feed's is no document's name
    if not found:
        return reply_to(message, text_parts(said("remove-unknown", name=one_line(wanted))))
    if len(found) > 1:
        names = "\n".join(f"• {one_line(summary.path)}" for summary in found[:20])
        return reply_to(message, text_parts(said("remove-several") + "\n" + names))
    [summary] = found
    if summary.path not in await asyncio.to_thread(context.library.collection.paths):
        return await _remove_link(message, context, summary.id)
    asked = Pending("remove", summary.path)
    user = message.from_user.id if message.from_user else 0
    id_ = await context.confirmations.ask(asked, chat=message.chat.id, user=user)
    text = said("remove-sure", title=one_line(summary.title), path=one_line(summary.path))
    return reply_to(message, (confirmation(text, id_, "remove-yes", said),))


async def _remove_link(message: Message, context: Context, link: str) -> Outcome:
    """Take a link out at once: nothing is deleted that can't be fetched again."""
    said = words(message, context)
    try:
        await asyncio.to_thread(context.library.links.remove, link)
    except RetrievalError as error:
        return reply_to(message, refused_parts(error, said))

    async def work() -> Reply:
        board = Board.at(message.get_bot(), reply_to(message, ()))
        try:
            changes = await reload_on(board, context, said)
            parts = changes_parts(changes, said, reasons=True)
        except RetrievalError as error:
            parts = failure_parts(error, said, reasons=True)
        return replace(reply_to(message, parts), edits=board.messages)

    return Deferred(work)


async def carry_out(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    """Take the document away and reload; put it back where that is refused.

    ``subject`` is its path, or the folder of a channel's posts, with ``/`` at the end.
    """
    async with in_turn(board, context, said):
        await _carry_out(board, context, said, subject, user, force=False)


async def carry_out_anyway(
    board: Board, context: Context, said: Words, subject: str, user: int
) -> None:
    """The same, whatever is lost by it."""
    async with in_turn(board, context, said):
        await _carry_out(board, context, said, subject, user, force=True)


async def _carry_out(
    board: Board, context: Context, said: Words, path: str, user: int, *, force: bool
) -> None:
    collection = context.library.collection
    logger.info("user %d removes %s", user, path)
    try:
        replaced = await asyncio.to_thread(_take_away, collection, path)
    except SourceError as error:
        await board.finish(refused_parts(error, said))
        return
    try:
        changes = await reload_on(board, context, said, force=force)
    except RetrievalError as error:
        await asyncio.to_thread(_put_back, collection, replaced)
        parts = failure_parts(error, said, reasons=True, way_out=False)
        if isinstance(error, RefusedError):
            asked = Pending("remove-anyway", path)
            id_ = await context.confirmations.ask(asked, chat=board.chat, user=user)
            left = said("remove-taken-back", path=one_line(path))
            await board.finish((*parts, confirmation(left, id_, "remove-anyway-yes", said)))
            return
        left = said("remove-failed", path=one_line(path))
        await board.finish((*parts, *text_parts(left)))
        return
    await board.finish(changes_parts(changes, said, reasons=True))


def _take_away(collection: Collection, path: str) -> list[Replaced]:
    """Remove a document, or all posts in a folder: all of them, or none."""
    if not path.endswith("/"):
        return [collection.remove(path)]
    taken: list[Replaced] = []
    try:
        for post in posts_in(path, collection.paths()):
            taken.append(collection.remove(post))  # noqa: PERF401 (what was taken is put back)
    except SourceError:
        _put_back(collection, taken)
        raise
    return taken


def _put_back(collection: Collection, taken: Sequence[Replaced]) -> None:
    for replaced in taken:
        collection.restore(replaced)


def _find(summaries: Sequence[SourceSummary], wanted: str) -> list[SourceSummary]:
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= len(summaries):
        return [summaries[int(wanted) - 1]]
    name = wanted.casefold()
    for exact in (True, False):
        found = [
            summary
            for summary in summaries
            if any(
                name == known if exact else name in known
                for known in (
                    summary.path.casefold(),
                    summary.id.casefold(),
                    summary.title.casefold(),
                )
            )
        ]
        if found:
            return found
    return []
