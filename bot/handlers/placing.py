"""Putting a document that an admin gives in its place among the others."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.board import Board
from bot.context import Context
from bot.excerpts import one_line
from bot.faults import fault_in_words
from bot.handlers.reloading import failure_parts, others_parts, reload_on
from bot.locales import Words
from bot.rendering import changes_parts, text_parts
from bot.replies import Part
from retrieval import (
    Changes,
    Collection,
    Fault,
    RefusedError,
    Replaced,
    RetrievalError,
    SourceError,
)

logger = logging.getLogger(__name__)


async def put(
    board: Board,
    context: Context,
    said: Words,
    path: str,
    data: bytes,
    *,
    accepted: str = "",
    ask: Callable[[RefusedError], Awaitable[Part]] | None = None,
) -> tuple[Part, ...]:
    """Put a document in its place and reload; take it away again where that is refused.

    Where nothing else has changed, ``ask`` has the last word of a refusal.
    """
    collection = context.library.collection
    try:
        replaced = await asyncio.to_thread(collection.add, path, data, on_trial=True)
    except SourceError as error:
        return text_parts(refused(path, error.fault, said))
    path = replaced.path  # as its file has it
    if replaced.data == data and path not in {one.path for one in await context.sources()}:
        replaced = replace(replaced, data=None)  # an earlier run put it there, and was stopped
    try:
        changes = await reload_on(board, context, said, accepted=accepted)
    except RetrievalError as error:
        left = await _put_back(collection, replaced, said)
        id_ = unicodedata.normalize("NFC", path)
        rest = others_parts(error, path, said, ids=(id_, id_.rpartition(".")[0]))
        if ask and not rest and isinstance(error, RefusedError):
            rest = (await ask(error),)
        return (*failure_parts(error, said, reasons=True, way_out=False), *left, *rest)
    if fault := fault_of(changes, path):
        left = await _put_back(collection, replaced, said)
        left_out = text_parts(refused(path, fault, said))
        if replaced.data is not None:
            try:
                # Those without it answer by now.
                await reload_on(board, context, said, stoppable=False)
            except RetrievalError as error:
                unread = text_parts(said("add-not-read", name=one_line(path)))
                return (*left_out, *left, *failure_parts(error, said, reasons=True), *unread)
        return (*left_out, *left)
    await asyncio.to_thread(collection.keep, replaced)
    return changes_parts(changes, said, reasons=True)


async def _put_back(collection: Collection, replaced: Replaced, said: Words) -> tuple[Part, ...]:
    """Have the documents be as they were, and say so; or why they aren't."""
    name, is_new = one_line(replaced.path), replaced.data is None
    try:
        await asyncio.to_thread(collection.restore, replaced)
    except SourceError as error:
        logger.error("%s can't be put back: %s", replaced.path, error)
        key, reason = "add-stays" if is_new else "add-not-back", fault_in_words(error.fault, said)
        return text_parts(said(key, name=name, reason=reason))
    return text_parts(said("add-taken-back" if is_new else "add-put-back", name=name))


def fault_of(changes: Changes, path: str) -> Fault | None:
    """Why a document was left out, if it was."""
    return next((skipped.fault for skipped in changes.skipped if skipped.path == path), None)


def refused(name: str, fault: Fault, said: Words) -> str:
    """Say why a document can't be added."""
    return said("add-refused", name=one_line(name), reason=fault_in_words(fault, said))
