"""A reload as admins see it: one message tells how it goes, and in the end what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.board import Board
from bot.context import Context
from bot.delivery import keyboard_of
from bot.excerpts import one_line
from bot.faults import fault_in_words
from bot.handlers.stopping import STOP
from bot.locales import Words
from bot.rendering import regression_parts, text_parts, wipe_parts
from bot.replies import Button, Part
from bot.stopping import STOPPABLE, Stop, StoppedError
from retrieval import (
    Changes,
    Progress,
    RefusedError,
    RegressionError,
    RetrievalError,
    SourcesError,
    Step,
    StoreBusyError,
    WipeError,
)

logger = logging.getLogger(__name__)

# A reload with nothing to do is over by then, and needs no word about its progress.
_SILENT_SECONDS = 0.8
_NAMED = 3  # of the documents that have changed too


async def reload_on(
    board: Board,
    context: Context,
    said: Words,
    *,
    force: bool = False,
    accepted: str = "",
    stoppable: bool = True,
) -> Changes:
    """Reload, and show how it goes; whoever calls it is at work :func:`in_turn`.

    Where it has to put right what another has done, it is not ``stoppable``.

    Raises:
        RetrievalError: What the reload raises; what was there goes on answering.
    """
    loop = asyncio.get_running_loop()
    news = _News(stoppable)

    def on_progress(progress: Progress) -> None:
        # Called in the reload's thread.
        news.stop.heed(progress)
        loop.call_soon_threadsafe(setattr, news, "latest", progress)

    telling = asyncio.create_task(_tell(board, said, news, context))
    try:
        return await context.reload(on_progress, force=force, accepted=accepted)
    finally:
        news.over.set()
        await telling
        context.stops.forget(news.stop)


@asynccontextmanager
async def in_turn(board: Board, context: Context, said: Words) -> AsyncIterator[None]:
    """Wait until those who change the documents are done, and say so: files come by the dozen."""
    if context.changing.locked():
        await board.show(said("reload-waiting"))
    async with context.changing:
        yield


def failure_parts(
    error: RetrievalError, said: Words, *, reasons: bool, way_out: bool = True
) -> tuple[Part, ...]:
    """Why a reload changed nothing; ``reasons`` names what is wrong.

    ``way_out`` says how to have refused documents all the same, where they are still there.
    """
    if isinstance(error, StoppedError):
        return text_parts(said("reload-stopped"))
    logger.warning("the reload failed: %s", error)
    if isinstance(error, RegressionError):
        return regression_parts(error.regression, said, way_out=way_out)
    if isinstance(error, WipeError):
        return wipe_parts(error.wipe, said, way_out=way_out)
    key = _failure(error)
    text = said(key)
    if reasons and key != "reload-busy":
        text += " " + said("because", reason=fault_in_words(error.fault, said))
    return text_parts(text)


def refused_parts(error: RetrievalError, said: Words) -> tuple[Part, ...]:
    """Why what somebody wants of the documents can't be done."""
    logger.warning("refused: %s", error)
    return text_parts(said("documents-refused", reason=fault_in_words(error.fault, said)))


def others_parts(
    error: RetrievalError, name: str, said: Words, *, ids: Collection[str] | None = None
) -> tuple[Part, ...]:
    """Say that more has changed than the document or link ``name``, where that was refused.

    ``ids`` are the document's; a link, of which they aren't known, takes nothing away from others.
    """
    changes = error.changes if isinstance(error, RefusedError) else None
    if changes is None:
        return ()
    fresh = changes.added if ids is not None else ()
    others = [id_ for id_ in (*changes.removed, *changes.changed, *fresh) if id_ not in (ids or ())]
    if not others:
        return ()
    named = ", ".join(one_line(changes.name_of(id_)) for id_ in others[:_NAMED])
    more = ", …" if len(others) > _NAMED else ""
    return text_parts(said("add-others", name=one_line(name), others=named + more))


@dataclass(slots=True)
class _News:
    """What is known of a reload that runs."""

    stoppable: bool
    latest: Progress | None = None
    stop: Stop = field(default_factory=Stop)
    over: asyncio.Event = field(default_factory=asyncio.Event)


async def _tell(board: Board, said: Words, news: _News, context: Context) -> None:
    """Show how the reload goes until it is over, with a button that stops it while it can be."""
    if await _happens(news.over, _SILENT_SECONDS):
        return
    text = said("reload-start")
    await _show(board, text, said, news)
    if board.message_id is not None and news.stoppable:
        context.stops.note(board.chat, board.message_id, news.stop)
    while board.message_id is not None and not await _happens(news.over, context.progress_seconds):
        before, text = text, _progress(news.latest, said)
        if text != before:
            await _show(board, text, said, news)


async def _show(board: Board, text: str, said: Words, news: _News) -> None:
    stoppable = news.stoppable and (news.latest is None or news.latest.step in STOPPABLE)
    row = ((Button(said("reload-stop"), data=STOP),),)
    await board.show(text, keyboard=keyboard_of(Part(text, buttons=row if stoppable else ())))


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event for so long; whether it has happened."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def _progress(latest: Progress | None, said: Words) -> str:
    if latest is None:
        return said("reload-start")
    if latest.step is Step.SWAPPING:
        return said("reload-swapping")
    return said(f"reload-{latest.step}", done=latest.done, total=latest.total)


def _failure(error: RetrievalError) -> str:
    if isinstance(error, StoreBusyError):
        return "reload-busy"
    return "reload-no-sources" if isinstance(error, SourcesError) else "reload-failed"
