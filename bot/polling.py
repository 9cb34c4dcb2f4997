"""Asks Telegram for updates, and for the next ones only once these are safely on disk."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NoReturn

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.budget import seconds_to_wait
from bot.errors import TokenError

logger = logging.getLogger(__name__)

GUEST_MESSAGE = "guest_message"
"""What to ask for besides, where chats the bot isn't in may ask it."""

# What the handlers look at; Telegram doesn't send the rest.
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "message_reaction",
]

_LONG_POLL = 30  # seconds that Telegram may wait for something to happen
_SHORTEST_ROUND = 0.2
_LONGEST_PAUSE = 30.0
_CONFLICT_PAUSE = 10.0


def kinds_of_updates(*, guests: bool) -> list[str]:
    """What Telegram is asked for; with ``guests``, messages of chats the bot isn't in, too."""
    return [*ALLOWED_UPDATES, *([GUEST_MESSAGE] if guests else [])]


class UpdatesRequest(HTTPXRequest):
    """Asks for updates, and lets none that can't be read hold up those behind it.

    An update that isn't what the library expects is reduced to its id, which no handler takes.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The server's answer, each unreadable update in it reduced to its id."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [
                update if _is_readable(update) else {"update_id": update["update_id"]}
                for update in answer["result"]
                if isinstance(update, dict) and isinstance(update.get("update_id"), int)
            ]
        return answer


async def poll(
    bot: Bot,
    receive: Callable[[Sequence[Update]], Awaitable[None]],
    *,
    kinds: Sequence[str] = ALLOWED_UPDATES,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    jitter: Callable[[], float] = random.random,
) -> NoReturn:
    """Hand updates of these ``kinds`` to ``receive`` for as long as the task lives.

    What goes wrong is tried again, with pauses that grow to half a minute, or as long as Telegram
    asks for; ``jitter`` (0 to 1) spreads them.

    Raises:
        TokenError: Telegram doesn't accept the token any more.
    """
    offset: int | None = None
    failures = 0
    while True:
        began = clock()
        try:
            updates = await bot.get_updates(
                offset=offset, timeout=_LONG_POLL, allowed_updates=kinds
            )
            await receive(updates)
        except InvalidToken:
            raise token_error() from None
        except (TelegramError, SQLAlchemyError, OSError) as error:
            failures += 1
            pause = _pause(error, failures, jitter())
            logger.warning("%s; asking again in %.1f s", _explain(error), pause)
            await sleep(pause)
        else:
            failures = 0
            if updates:
                offset = max(update.update_id for update in updates) + 1
            elif (early := _SHORTEST_ROUND - (clock() - began)) > 0:
                # A server that doesn't hold the line would have us ask in circles.
                await sleep(early)


def token_error() -> TokenError:
    """What to say where Telegram doesn't accept the token."""
    return TokenError(
        "Telegram does not accept the token in TELEGRAM_BOT_TOKEN. Copy it again from @BotFather "
        "(/mybots), or leave it empty to use the sandbox."
    )


def _pause(error: Exception, failures: int, spread: float) -> float:
    if isinstance(error, Conflict):
        return _CONFLICT_PAUSE * (0.5 + spread / 2)
    pause = float(min(0.5 * 2 ** min(failures, 10), _LONGEST_PAUSE) * (0.5 + spread / 2))
    return max(pause, seconds_to_wait(error)) if isinstance(error, RetryAfter) else pause


def _explain(error: Exception) -> str:
    if isinstance(error, Conflict):
        return (
            "another program asks Telegram for this bot's updates (or has set a webhook): "
            f"stop it, only one can ({error})"
        )
    if isinstance(error, TelegramError):
        return f"Telegram can't be asked for updates ({error})"
    return f"updates can't be written to the state ({error})"


def _is_readable(update: dict[str, Any]) -> bool:
    try:
        # Reading it again is what the journal's copy will have to stand.
        Update.de_json(json.loads(Update.de_json(dict(update), None).to_json()), None)
    except Exception:
        logger.exception("update %s can't be read and is left out", update["update_id"])
        return False
    return True
