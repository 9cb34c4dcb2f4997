"""The bot as python-telegram-bot knows it: where it asks, how patiently, and what it may send."""

from __future__ import annotations

import asyncio
import logging
import random
from functools import cache
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.budget import RateBudget, RateLimitArgs
from bot.polling import UpdatesRequest, token_error
from bot.settings import Settings

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 30.0


def create_bot(settings: Settings, budget: RateBudget | None = None) -> ExtBot[RateLimitArgs]:
    """The bot at ``settings.api_url``, with one send budget for all it sends."""
    # A proxy in the environment is for the world outside, not for a server on this machine.
    own = {"trust_env": not _is_loopback(settings.api_url), "verify": _certificates()}
    return ExtBot(
        settings.token.reveal(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        # Patient: what times out may have landed, and would be sent twice.
        request=HTTPXRequest(
            read_timeout=20, write_timeout=20, connect_timeout=10, pool_timeout=60, httpx_kwargs=own
        ),
        get_updates_request=UpdatesRequest(
            connection_pool_size=1, read_timeout=10, connect_timeout=10, httpx_kwargs=own
        ),
        rate_limiter=budget or RateBudget(),
    )


@cache
def _certificates() -> SSLContext:
    """Whom to trust. Reading them takes longer than connecting, so a process does it once."""
    from httpx import create_ssl_context

    return create_ssl_context()


async def connect(bot: ExtBot[Any]) -> bool:
    """Learn who the bot is, and have its updates kept for polling; tries until it works."""
    pause = 1.0
    while True:
        try:
            await bot.initialize()
            break
        except InvalidToken:
            raise token_error() from None
        except TelegramError as error:
            wait = pause * (0.5 + random.random() / 2)  # noqa: S311 - spreads tries, hides nothing
            logger.warning("Telegram can't be reached (%s); trying again in %.1f s", error, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        logger.info("the webhook can't be deleted (%s), if there is one", error)
    return True


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
