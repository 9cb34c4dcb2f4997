"""The bot at work: connects to Telegram, opens the library, answers until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Protocol

from bot.answers import Answers
from bot.chats import Chats
from bot.confirmations import Confirmations
from bot.context import Context
from bot.context import Library as LibraryForHandlers
from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.journal import Journal
from bot.members import Members
from bot.misses import Misses
from bot.model import Model
from bot.moving import Moving
from bot.posts import Posts
from bot.preferences import Preferences
from bot.replies import Outbox
from bot.resync import start_resync
from bot.settings import Settings
from bot.spending import Spending
from bot.state import State
from bot.statistics import Statistics
from bot.threads import in_own_thread
from bot.watching import Library as WatchedLibrary
from bot.watching import watch
from retrieval import Usage

if TYPE_CHECKING:
    from bot.budget import RateBudget

logger = logging.getLogger(__name__)

_ANSWERING_THREADS = 2
_TIDY_SECONDS = 300.0
_DAY = 24 * 3600.0


class Library(LibraryForHandlers, WatchedLibrary, Protocol):
    """A library as the service keeps it: it is watched, and closed at the end."""

    def close(self) -> None:
        """Let go of all files."""


class _Kept(Protocol):
    async def forget_old(self) -> None: ...


async def serve(
    settings: Settings,
    open_library: Callable[[], Library],
    *,
    stop: asyncio.Event,
    on_ready: Callable[[str], None] | None = None,
    model: Model | None = None,
    budget: RateBudget | None = None,
) -> None:
    """Answer the bot's messages until ``stop`` is set. Needs ``settings.token``.

    With ``model``, it writes the answers; without, they are the library's. All it sends has one
    ``budget``, by default that of Telegram's limits.

    ``open_library`` blocks, for minutes where the sources have to be read first; ``on_ready`` is
    called with the bot's username when messages are about to be answered. What is being answered
    at the end is finished; what waits stays on disk for the next run.

    Raises:
        TokenError: Telegram doesn't accept the token.
        StateError: The state can't be opened.
        RetrievalError: The library can't be opened.
    """
    # Slow to import, and not needed to say that a setting is wrong.
    from bot.application import create_application, queue_is_full, wants
    from bot.connection import connect, create_bot
    from bot.delivery import Delivery
    from bot.inbox import Inbox
    from bot.menus import set_descriptions, set_menus
    from bot.notices import Notices, language_of
    from bot.polling import kinds_of_updates, poll
    from bot.streaming import Streams

    async with AsyncExitStack() as stack:
        state = await State.open(settings.state_url)
        stack.push_async_callback(state.close)

        bot = create_bot(settings, budget)
        stack.push_async_callback(bot.shutdown)
        if not await _unless(stop, connect(bot)):
            return

        library = await _unless(stop, in_own_thread(open_library))
        if library is None:
            return
        stack.callback(library.close)

        answering = ThreadPoolExecutor(_ANSWERING_THREADS, thread_name_prefix="answering")
        stack.callback(answering.shutdown, cancel_futures=True)
        conversations = Conversations(
            state.engine, bot.id, settings.session_minutes * 60, time.time
        )
        answers = Answers(state.engine, bot.id, settings.keep_days * _DAY, time.time)
        feedback = Feedback(state.engine, bot.id, settings.keep_days * _DAY, time.time)
        journal = Journal(state.engine, bot.id, time.time)
        confirmations = Confirmations(state.engine, bot.id, time.time)
        statistics = Statistics(state.engine, bot.id, time.time)
        chats = await Chats.open(state.engine, bot.id, settings.allowed_chats)
        preferences = await Preferences.open(state.engine, bot.id)
        moving = Moving(state.engine, bot.id, (answers, chats, preferences))
        notices = Notices(bot, settings.admins, language_of=language_of(bot, preferences))
        spending = writer = None
        if model:
            spending = _spending(settings, model, state, bot.id)
            writer = model.open_writer(
                library,
                executor=answering,
                on_outage=notices.outage,
                on_recovery=notices.recovery,
            )
            stack.push_async_callback(writer.aclose)
        context = Context(
            library=library,
            conversations=conversations,
            answers=answers,
            preferences=preferences,
            journal=journal,
            feedback=feedback,
            misses=Misses(state.engine, bot.id, time.time),
            confirmations=confirmations,
            members=Members(bot, time.monotonic),
            statistics=statistics,
            chats=chats,
            moving=moving,
            notices=notices,
            posts=Posts(
                lambda: library.collection,
                lambda: context.refresh(),  # noqa: PLW0108 (there is no context yet)
                lambda _: notices.tell("posts-refused"),
                pending=any(chat.is_source for chat in chats.known()),
            ),
            writer=writer,
            spending=spending,
            bot_id=bot.id,
            username=bot.username,
            admins=settings.admins,
            answering=answering,
            clock=time.time,
            session_minutes=settings.session_minutes,
            keep_days=settings.keep_days,
            started_at=time.time(),
            guest_mode=settings.guest_mode,
        )
        outbox = Outbox()
        application = create_application(bot, context, outbox)
        await application.initialize()
        stack.push_async_callback(application.shutdown)

        inbox = Inbox(
            bot=bot,
            journal=journal,
            processor=application,
            outbox=outbox,
            delivery=Delivery(bot, journal, answers, on_moved=moving.move),
            streams=Streams(bot, journal),
            wanted=lambda update: wants(application, update),
            full=lambda update: queue_is_full(update, context),
            clock=time.time,
        )
        stack.push_async_callback(inbox.stop)
        await inbox.resume()

        background = [
            *start_resync(settings, context, notices),
            asyncio.create_task(watch(library, notices)),
            asyncio.create_task(
                _tidy(journal, conversations, answers, feedback, confirmations, statistics)
            ),
            asyncio.create_task(notices.run()),
            asyncio.create_task(context.posts.run()),
            asyncio.create_task(set_menus(bot, settings.admins)),
            asyncio.create_task(set_descriptions(bot)),
        ]
        stack.push_async_callback(_cancel, background)
        logger.info("@%s is answering", bot.username)
        if on_ready:
            on_ready(bot.username)
        await _unless(
            stop, poll(bot, inbox.receive, kinds=kinds_of_updates(guests=settings.guest_mode))
        )
        logger.info("stopping")


def _spending(settings: Settings, model: Model, state: State, bot_id: int) -> Spending:
    return Spending(
        state.engine,
        bot_id,
        model=model.name,
        price=model.price,
        user_calls=settings.budget_user_calls,
        total=settings.budget_total,
        largest_call=Usage.largest_call(),
        clock=time.time,
    )


async def _tidy(*kept: _Kept) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    while True:
        try:
            for keeper in kept:
                await keeper.forget_old()
        except SQLAlchemyError as error:
            logger.warning("what is old can't be dropped: %s", error)
        await asyncio.sleep(_TIDY_SECONDS)


async def _unless(stop: asyncio.Event, work: Any) -> Any:
    """The work's result, or ``None`` if ``stop`` comes first; then the work is cancelled."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        await _cancel([working, stopping])


async def _cancel(tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
