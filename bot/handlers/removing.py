"""``/remove``: take a document, a link or a channel's posts away, once an admin has said yes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from telegram import Message

from bot.board import Board
from bot.confirmations import Pending, Refused
from bot.context import Context, Library, Links
from bot.excerpts import one_line
from bot.faults import fault_in_words
from bot.handlers.common import argument_of, reply_to, words
from bot.handlers.reloading import failure_parts, in_turn, refused_parts, reload_on
from bot.listings import confirmation
from bot.locales import Words
from bot.posts import posts_in
from bot.rendering import changes_parts, text_parts
from bot.replies import Part, Reply
from retrieval import (
    Collection,
    RefusedError,
    Replaced,
    RetrievalError,
    SourceError,
    SourceSummary,
)

logger = logging.getLogger(__name__)


async def remove(message: Message, context: Context) -> Reply:
    """Ask whether to take a document away: by its number in /sources, its name or its title."""
    said, wanted = words(message, context), argument_of(message)
    if not wanted:
        return reply_to(message, text_parts(said("remove-usage")))
    found = _find(await context.sources(), wanted)
    if not found and _is_link(wanted):
        return await _ask_about_link(message, context, wanted)  # a feed's is no document's name
    if not found:
        return reply_to(message, text_parts(said("remove-unknown", name=one_line(wanted))))
    if len(found) > 1:
        names = "\n".join(f"• {one_line(summary.path)}" for summary in found[:20])
        return reply_to(message, text_parts(said("remove-several") + "\n" + names))
    [summary] = found
    if summary.path not in await asyncio.to_thread(context.library.collection.paths):
        return await _ask_about_link(message, context, summary.id)
    text = said("remove-sure", title=one_line(summary.title), path=one_line(summary.path))
    return reply_to(message, (await _question(message, context, said, summary.path, text),))


async def _ask_about_link(message: Message, context: Context, link: str) -> Reply:
    said = words(message, context)
    try:
        url = await asyncio.to_thread(context.library.links.find, link)
    except RetrievalError as error:
        return reply_to(message, refused_parts(error, said))
    text = said("remove-link-sure", link=one_line(url))
    return reply_to(message, (await _question(message, context, said, url, text),))


async def _question(
    message: Message, context: Context, said: Words, subject: str, text: str
) -> Part:
    user = message.from_user.id if message.from_user else 0
    asked = Pending("remove", subject)
    id_ = await context.confirmations.ask(asked, chat=message.chat.id, user=user)
    return confirmation(text, id_, "remove-yes", said)


async def carry_out(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    """Take a document, or what a link leads to, away and reload; put it back where that is refused.

    ``subject`` is its path, or the link, or the folder of a channel's posts, with ``/`` at the end.
    """
    async with in_turn(board, context, said):
        await _carry_out(board, context, said, subject, user)


async def carry_out_anyway(
    board: Board, context: Context, said: Words, subject: str, user: int
) -> None:
    """The same, whatever is lost by it, if all else is as it was when that was refused."""
    refused = Refused.from_json(subject)
    async with in_turn(board, context, said):
        await _carry_out(board, context, said, refused.subject, user, accepted=refused.documents)


async def _carry_out(
    board: Board, context: Context, said: Words, subject: str, user: int, *, accepted: str = ""
) -> None:
    logger.info("user %d removes %s", user, subject)
    try:
        put_back = await asyncio.to_thread(_take_away, context.library, subject)
    except RetrievalError as error:
        await board.finish(refused_parts(error, said))
        return
    try:
        changes = await reload_on(board, context, said, accepted=accepted)
    except RetrievalError as error:
        parts = failure_parts(error, said, reasons=True, way_out=False)
        try:
            await asyncio.to_thread(put_back)
        except RetrievalError as failure:
            logger.error("%s can't be put back: %s", subject, failure)
            reason = fault_in_words(failure.fault, said)
            lost = said("remove-lost", path=one_line(subject), reason=reason)
            await board.finish((*parts, *text_parts(lost)))
            return
        if isinstance(error, RefusedError):
            asked = Pending("remove-anyway", Refused(subject, error.documents).to_json())
            id_ = await context.confirmations.ask(asked, chat=board.chat, user=user)
            left = said("remove-taken-back", path=one_line(subject))
            await board.finish((*parts, confirmation(left, id_, "remove-anyway-yes", said)))
            return
        left = said("remove-failed", path=one_line(subject))
        await board.finish((*parts, *text_parts(left)))
        return
    await board.finish(changes_parts(changes, said, reasons=True))


def _take_away(library: Library, subject: str) -> Callable[[], None]:
    """Remove a document, a link, or all posts in a folder: all of them, or none.

    Returns what puts it back.
    """
    if _is_link(subject):
        url = library.links.remove(subject)
        return partial(_put_back_link, library.links, url)
    collection = library.collection
    if not subject.endswith("/"):
        return partial(_put_back, collection, [collection.remove(subject)])
    taken: list[Replaced] = []
    try:
        for post in posts_in(subject, collection.paths()):
            taken.append(collection.remove(post))  # noqa: PERF401 (what was taken is put back)
    except SourceError:
        _put_back(collection, taken)
        raise
    return partial(_put_back, collection, taken)


def _put_back(collection: Collection, taken: Sequence[Replaced]) -> None:
    failures: list[SourceError] = []
    for replaced in taken:
        try:
            collection.restore(replaced)
        except SourceError as error:  # the others are put back all the same
            failures.append(error)
    if failures:
        raise failures[0]


def _put_back_link(links: Links, url: str) -> None:
    links.keep(links.add(url))


def _is_link(subject: str) -> bool:
    return subject.lower().startswith(("http://", "https://"))  # no path has two slashes


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
